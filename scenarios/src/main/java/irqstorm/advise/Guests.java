// SPDX-License-Identifier: Apache-2.0
package irqstorm.advise;

import irqstorm.apic.IoApicProfile.LevelTriggered;
import irqstorm.apic.LocalApic;
import irqstorm.guest.GuestStart;
import irqstorm.kvm.IrqchipMode;
import irqstorm.machine.VmmProfile;
import irqstorm.scenario.Scenario;
import irqstorm.scenario.json.BundledFiles;
import irqstorm.scenario.json.JsonDocument;
import irqstorm.scenario.json.ScenarioReader;
import irqstorm.vmm.LapicModel;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The guests that a VMM is advised for: the configurations of a bundled scenario. */
final class Guests {
    private final Collection<Scenario> onLevelLine;
    private final Collection<Scenario> onEdgeLine;

    private Guests(JsonDocument level, JsonDocument edge) {
        this.onLevelLine = ScenarioReader.read(level).configurations().values();
        this.onEdgeLine = ScenarioReader.read(edge).configurations().values();
    }

    /** Reads them. */
    static Guests bundled() {
        JsonDocument level = BundledFiles.adviceGuests();
        return new Guests(level, level.patched(level.source() + ", edge", BundledFiles.adviceEdgeLine()));
    }

    /**
     * The guests that {@code profile} can have in an irqchip mode. Where the I/O APIC has no level interrupts, their device's line is
     * edge-triggered; where SPIV bit 12 cannot be set, no guest was saved with it.
     */
    List<Scenario> on(VmmProfile profile, IrqchipMode irqchip) {
        boolean level = profile.ioApic().levelTriggered() == LevelTriggered.SUPPORTED;
        boolean hasBit = irqchip != IrqchipMode.NONE || keepsSuppressBit(profile.lapic());
        return (level ? onLevelLine : onEdgeLine)
                .stream()
                        .filter(scenario -> hasBit || !resumesWithSuppressBit(scenario))
                        .toList();
    }

    private static boolean keepsSuppressBit(@Nullable LapicModel lapic) {
        return lapic != null && lapic.suppression() != LapicModel.Suppression.NOT_ADVERTISED;
    }

    private static boolean resumesWithSuppressBit(Scenario scenario) {
        return scenario.machine().guest().start() instanceof GuestStart.Resumed resumed
                && (resumed.spiv() & LocalApic.SPIV_SUPPRESS_EOI_BROADCAST) != 0;
    }
}
