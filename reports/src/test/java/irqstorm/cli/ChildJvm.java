// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A JVM of its own, for what a test cannot ask of the one that it runs in. */
final class ChildJvm {
    private final Path directory;

    /** One whose output goes to a file in {@code directory}. */
    ChildJvm(Path directory) {
        this.directory = directory;
    }

    /**
     * What became of it.
     *
     * @param code its exit code
     * @param said what it wrote on standard output and standard error
     */
    record Ended(int code, String said) {}

    /** The command line of irqstorm with {@code args} in a JVM with {@code options}. */
    static List<String> command(List<String> options, List<String> args) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName()));
        command.addAll(args);
        return command;
    }

    /** Runs irqstorm with {@code args} in a JVM with {@code options}. */
    Ended irqstorm(List<String> options, List<String> args) throws IOException, InterruptedException {
        return run(new ProcessBuilder(command(options, args)));
    }

    /** Runs irqstorm on a terminal, with standard error there too; {@code ci} is the variable of that name, set if not empty. */
    Ended onTerminal(String ci, List<String> args) throws IOException, InterruptedException {
        String words = Stream.concat(
                        Stream.of("exec"), command(List.of(), args).stream().map(ShellWord::quote))
                .reduce((left, right) -> left + " " + right)
                .orElseThrow();
        ProcessBuilder terminal = new ProcessBuilder("script", "-qec", words, "/dev/null");
        terminal.environment().put("TERM", "xterm");
        terminal.environment().remove("NO_COLOR");
        terminal.environment().remove("CI");
        if (!ci.isEmpty()) {
            terminal.environment().put("CI", ci);
        }
        return run(terminal);
    }

    private Ended run(ProcessBuilder builder) throws IOException, InterruptedException {
        Path said = directory.resolve("said");
        Process process = builder.redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(said.toFile())
                .start();
        return new Ended(process.waitFor(), Files.readString(said));
    }
}
