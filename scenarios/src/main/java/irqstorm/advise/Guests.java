// SPDX-License-Identifier: Apache-2.0
package irqstorm.advise;

import irqstorm.apic.IoApicProfile;
import irqstorm.apic.IoApicProfile.LevelTriggered;
import irqstorm.apic.IoApicProfile.OnEoiAsserted;
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
    private final Collection<Scenario> onThrottledLine;
    private final Collection<Scenario> onEdgeLine;

    /** Reads the guests of a scenario with a level-triggered line. */
    Guests(JsonDocument level) {
        this.onLevelLine = guests(level);
        this.onThrottledLine = guests(patched(level, BundledFiles.adviceThrottled()));
        this.onEdgeLine = guests(patched(level, BundledFiles.adviceEdgeLine()));
    }

    /** Reads those that ship with irqstorm. */
    static Guests bundled() {
        return new Guests(BundledFiles.adviceGuests());
    }

    private static JsonDocument patched(JsonDocument document, JsonDocument patch) {
        return document.patched(document.source() + " patched by " + patch.source(), patch);
    }

    private static Collection<Scenario> guests(JsonDocument document) {
        return ScenarioReader.read(document).configurations().values();
    }

    /**
     * The guests that {@code profile} can have in an irqchip mode. Where the I/O APIC has no level interrupts, their device's line is
     * edge-triggered; where it throttles, they run until that shows; where SPIV bit 12 cannot be set, no guest was saved with it.
     */
    List<Scenario> on(VmmProfile profile, IrqchipMode irqchip) {
        boolean hasBit = irqchip != IrqchipMode.NONE || keepsSuppressBit(profile.lapic());
        return on(profile.ioApic()).stream()
                .filter(scenario -> hasBit || !resumesWithSuppressBit(scenario))
                .toList();
    }

    private Collection<Scenario> on(IoApicProfile ioApic) {
        if (ioApic.levelTriggered() != LevelTriggered.SUPPORTED) {
            return onEdgeLine;
        }
        return ioApic.onEoiAsserted() instanceof OnEoiAsserted.Throttled ? onThrottledLine : onLevelLine;
    }

    private static boolean keepsSuppressBit(@Nullable LapicModel lapic) {
        return lapic != null && lapic.suppression() != LapicModel.Suppression.NOT_ADVERTISED;
    }

    private static boolean resumesWithSuppressBit(Scenario scenario) {
        return scenario.machine().guest().start() instanceof GuestStart.Resumed resumed
                && (resumed.spiv() & LocalApic.SPIV_SUPPRESS_EOI_BROADCAST) != 0;
    }
}
