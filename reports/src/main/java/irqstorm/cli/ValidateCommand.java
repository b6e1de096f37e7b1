// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import irqstorm.report.Figures;
import irqstorm.scenario.ScenarioFile;
import irqstorm.scenario.ScenarioFormatException;
import irqstorm.scenario.ScenarioLibrary;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code irqstorm validate}: checks scenario files without running them. */
@Command(
        name = "validate",
        description = "Check scenario files: one line for each that is right, every problem of the others.",
        footer = {"%nExample:", "  irqstorm validate my-scenario.json"})
final class ValidateCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Scenario files.")
    private List<String> files = List.of();

    ValidateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        boolean valid = true;
        for (String name : files) {
            valid &= isValid(name);
        }
        return valid ? ExitCode.OK : ExitCode.BAD_INPUT;
    }

    private boolean isValid(String name) {
        try {
            ScenarioFile file = ScenarioLibrary.openForExploring(name).file();
            console.out()
                    .println("ok  " + name + "  (" + file.name() + ", "
                            + Figures.counted(file.configurations().size(), "configuration") + ")");
            return true;
        } catch (ScenarioFormatException e) {
            console.out().flush();
            console.err().println(e.getMessage());
            return false;
        }
    }
}
