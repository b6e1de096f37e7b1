// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import irqstorm.device.DeviceRecord;
import irqstorm.report.text.DeviceText;
import irqstorm.scenario.DeviceLibrary;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code irqstorm devices}: the kinds of devices that ship with irqstorm. */
@Command(
        name = "devices",
        description = "List the kinds of devices, or show one with its provenance.",
        footer = {"%nExamples:", "  irqstorm devices list", "  irqstorm devices show vfio-intx-irqfd"})
final class DevicesCommand implements Callable<Integer> {
    private final Console console;

    DevicesCommand(Console console) {
        this.console = console;
    }

    /** Without a subcommand there is nothing to do. */
    @Override
    public Integer call() {
        throw new BadInput("devices: say what to do: list or show NAME");
    }

    @Command(name = "list", description = "List the kinds, with the line model of each.")
    int list() {
        console.print(DeviceText.list(
                DeviceLibrary.all().stream().map(DeviceRecord::of).toList(), console.paint()));
        return ExitCode.OK;
    }

    @Command(name = "show", description = "Show a kind: its fields and how sure each is.")
    int show(@Parameters(paramLabel = "NAME", description = "A kind of device.") String name) {
        console.print(DeviceText.show(DeviceLibrary.find(name)
                .map(DeviceRecord::of)
                .orElseThrow(() -> BadInput.unknown("kind of device", name, DeviceLibrary.names()))));
        return ExitCode.OK;
    }
}
