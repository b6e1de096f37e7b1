// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

/** {@code irqstorm completion}: a script that completes commands and options. */
@Command(
        name = "completion",
        description = "Print a script for bash and zsh that completes commands, options and bundled scenarios.",
        footer = {"%nExample:", "  source <(irqstorm completion)"})
final class CompletionCommand implements Callable<Integer> {
    private final Console console;

    CompletionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.out().print(AutoComplete.bash(RootCommand.NAME, Commands.all(console)));
        return ExitCode.OK;
    }
}
