// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import irqstorm.profile.ProfileRecord;
import irqstorm.report.text.ProfileText;
import irqstorm.scenario.ProfileLibrary;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code irqstorm profiles}: the I/O APICs that ship with irqstorm. */
@Command(
        name = "profiles",
        description = "List the I/O APIC profiles, show one with its provenance, or say where two differ.",
        footer = {
            "%nThe tokens of a behaviour, one for each step of a sequence:",
            "  0, 1...   how many messages the I/O APIC sent",
            "  T         its throttle is armed",
            "  S         the device was asked for its level, after the line was forced low",
            "  K         a source of events was told of the EOI",
            "  b         Remote IRR was set before a message that was refused",
            "  R, -      Remote IRR of each pin that is watched: set, clear",
            "  !         the VMM stops",
            "  @a1       a message with the vector that the entry had before",
            "%nExamples:",
            "  irqstorm profiles list",
            "  irqstorm profiles show crosvm",
            "  irqstorm profiles diff qemu-ioapic-0x20 qemu-ioapic-0x11"
        })
final class ProfilesCommand implements Callable<Integer> {
    private final Console console;

    ProfilesCommand(Console console) {
        this.console = console;
    }

    /** Without a subcommand there is nothing to do. */
    @Override
    public Integer call() {
        throw new BadInput("profiles: say what to do: list, show NAME or diff NAME NAME");
    }

    @Command(name = "list", description = "List the profiles; equal fingerprints behave alike.")
    int list() {
        console.print(ProfileText.list(
                ProfileLibrary.all().stream().map(ProfileRecord::of).toList(), console.paint()));
        return ExitCode.OK;
    }

    @Command(name = "show", description = "Show a profile: its fields, how sure each is, and its fingerprint.")
    int show(@Parameters(paramLabel = "NAME", description = "A profile, or who runs with it.") String name) {
        console.print(ProfileText.show(find(name)));
        return ExitCode.OK;
    }

    @Command(name = "diff", description = "Say in which fields and in which behaviour two profiles differ.")
    int diff(
            @Parameters(paramLabel = "NAME", description = "A profile, or who runs with it.") String one,
            @Parameters(paramLabel = "NAME", description = "Another.") String other) {
        console.print(ProfileText.diff(find(one), find(other)));
        return ExitCode.OK;
    }

    private static ProfileRecord find(String name) {
        return ProfileLibrary.find(name)
                .map(ProfileRecord::of)
                .orElseThrow(() -> BadInput.unknown("profile", name, ProfileLibrary.names()));
    }
}
