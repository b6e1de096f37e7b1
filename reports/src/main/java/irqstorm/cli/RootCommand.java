// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code irqstorm} itself. */
@Command(
        name = RootCommand.NAME,
        description =
                "Simulates interrupts through the I/O APIC, the local APIC, KVM and a VMM, to show which configuration "
                        + "storms, which one leaves a pin stuck, and which one is right.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:everything ran and was as the scenario expects",
            "1:an expectation of the scenario was not met, or a configuration asked about is unsafe",
            "2:bad input or usage",
            "3:a limit ended a run before it was finished",
            "70:internal error"
        },
        footer = {
            "%nExamples:",
            "  irqstorm compare credential-guard",
            "  irqstorm run credential-guard --config 6 --timeline",
            "  irqstorm run --help"
        })
final class RootCommand implements Callable<Integer> {
    static final String NAME = "irqstorm";

    @Override
    public Integer call() {
        throw new BadInput("missing command; try '" + NAME + " --help'");
    }
}
