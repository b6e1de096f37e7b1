// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import irqstorm.report.text.Paint;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The program. */
public final class Main {
    /** Set by continuous integration, some of which runs commands on a terminal. */
    private static final String CI_VARIABLE = "CI";

    private Main() {}

    /** Runs irqstorm with {@code args} and ends the JVM. */
    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(new BufferedWriter(new OutputStreamWriter(
                new StandardOutput(new FileOutputStream(FileDescriptor.out)), StandardCharsets.UTF_8)));
        PrintWriter err = new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true);
        System.exit(run(args, out, err, true));
    }

    /** Runs irqstorm with {@code args}, writing plain text to {@code out} and {@code err}, and returns the exit code. */
    public static int run(String[] args, PrintWriter out, PrintWriter err) {
        return run(args, out, err, false);
    }

    private static int run(String[] args, PrintWriter out, PrintWriter err, boolean colourIfTerminal) {
        Failures failures = new Failures(err, System.getenv(Failures.DEBUG_VARIABLE) != null);
        try {
            int code = ExitCode.OK;
            if (args.length == 1 && isVersionOption(args[0])) {
                out.println(Version.line());
            } else {
                code = execute(args, out, err, colourIfTerminal, failures);
            }
            out.flush();
            return code;
        } catch (StackOverflowError | OutOfMemoryError | RuntimeException e) {
            return failures.of(e);
        }
    }

    /** A method of its own, so that picocli is not loaded for less. */
    private static int execute(
            String[] args, PrintWriter out, PrintWriter err, boolean colourIfTerminal, Failures failures) {
        boolean colour = colourIfTerminal && Ansi.AUTO.enabled();
        Console console = new Console(
                out, err, colour ? Paint.COLOUR : Paint.PLAIN, colour && System.getenv(CI_VARIABLE) == null);
        return Commands.of(args, console)
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler(failures.ofParameters())
                .setExecutionExceptionHandler(failures.ofExecution())
                .setColorScheme(CommandLine.Help.defaultColorScheme(colour ? Ansi.ON : Ansi.OFF))
                .execute(args);
    }

    private static boolean isVersionOption(String argument) {
        return argument.equals("--version") || argument.equals("-V");
    }
}
