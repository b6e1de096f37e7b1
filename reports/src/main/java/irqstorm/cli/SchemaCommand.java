// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import irqstorm.scenario.ScenarioLibrary;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code irqstorm schema}: the JSON Schema of scenario files. */
@Command(
        name = "schema",
        description = "Print the JSON Schema of scenario files.",
        footer = {"%nExample:", "  irqstorm schema > scenario.schema.json"})
final class SchemaCommand implements Callable<Integer> {
    private final Console console;

    SchemaCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.out().println(ScenarioLibrary.schema().stripTrailing());
        return ExitCode.OK;
    }
}
