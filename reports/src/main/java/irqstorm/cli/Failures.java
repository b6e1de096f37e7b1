// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import irqstorm.scenario.ScenarioFormatException;
import java.io.PrintWriter;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says on standard error what went wrong, and with which code the program ends. */
final class Failures {
    /** Set to anything to see the stack trace of an internal error. */
    static final String DEBUG_VARIABLE = "IRQSTORM_DEBUG";

    private final PrintWriter err;
    private final boolean debug;

    Failures(PrintWriter err, boolean debug) {
        this.err = err;
        this.debug = debug;
    }

    /** For mistakes in the command line itself. */
    IParameterExceptionHandler ofParameters() {
        return (failure, args) -> usage(failure);
    }

    /** For what a command throws. */
    IExecutionExceptionHandler ofExecution() {
        return (failure, commandLine, parsed) -> of(failure);
    }

    private int usage(ParameterException failure) {
        say(message(failure));
        UnmatchedArgumentException.printSuggestions(failure, err);
        err.println("Try '" + failure.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.BAD_INPUT;
    }

    private static @Nullable String message(ParameterException failure) {
        if (failure instanceof UnmatchedArgumentException extra && !extra.isUnknownOption()) {
            String argument = "'" + extra.getUnmatched().get(0) + "'";
            Set<String> commands = extra.getCommandLine().getSubcommands().keySet();
            return commands.isEmpty()
                    ? "found " + argument + ", expected no more arguments"
                    : "there is no command " + argument + "; there are " + String.join(", ", commands);
        }
        return failure.getMessage();
    }

    /** The exit code for {@code failure}, about which it says what the user needs to know. */
    int of(Throwable failure) {
        if (failure instanceof StandardOutput.Failed output) {
            if (output.isBrokenPipe()) {
                return ExitCode.BROKEN_PIPE;
            }
            say("cannot write standard output: " + output.getMessage());
            return ExitCode.BAD_INPUT;
        }
        if (failure instanceof ScenarioFormatException) {
            err.println(failure.getMessage());
            return ExitCode.BAD_INPUT;
        }
        if (failure instanceof BadInput) {
            say(failure.getMessage());
            return ExitCode.BAD_INPUT;
        }
        say("internal error: " + failure.toString().replace('\n', ' '));
        if (debug) {
            failure.printStackTrace(err);
        } else {
            say("please report this with the command, the scenario and the output under " + DEBUG_VARIABLE + "=1");
        }
        return ExitCode.INTERNAL_ERROR;
    }

    private void say(@Nullable String message) {
        err.println(RootCommand.NAME + ": " + message);
    }
}
