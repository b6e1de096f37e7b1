// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import irqstorm.report.text.ScenarioListText;
import irqstorm.scenario.ScenarioLibrary;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code irqstorm list}: the bundled scenarios. */
@Command(
        name = "list",
        description = "List the bundled scenarios.",
        footer = {"%nExample:", "  irqstorm list"})
final class ListCommand implements Callable<Integer> {
    private final Console console;

    ListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.print(ScenarioListText.lines(
                ScenarioLibrary.names().stream().map(ScenarioLibrary::open).toList()));
        return ExitCode.OK;
    }
}
