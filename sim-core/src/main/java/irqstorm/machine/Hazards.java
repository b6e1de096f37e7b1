// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.apic.IoApicProfile;
import irqstorm.kvm.EoiSlotCheck;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * What a machine has to live through.
 *
 * @param slotCheck what KVM makes of a {@code pending_ioapic_eoi} that holds no vector
 * @param steps what happens, at most {@link #MAX_STEPS}
 */
public record Hazards(EoiSlotCheck slotCheck, List<Hazard> steps) {
    /** Nothing ever happens. */
    public static final Hazards NONE = new Hazards(EoiSlotCheck.AS_TODAY, List.of());

    /** The most steps. */
    public static final int MAX_STEPS = 32;

    /** Keeps its own copy and checks their number. */
    public Hazards {
        steps = List.copyOf(steps);
        if (steps.size() > MAX_STEPS) {
            throw new IllegalArgumentException(steps.size() + " hazards are more than " + MAX_STEPS);
        }
    }

    /** The vectors that hazards give to pins, as pins programmed like those of {@code pins} that they replace. */
    List<Pin> laterPins(List<Pin> pins) {
        return steps.stream()
                .map(Hazard::deed)
                .filter(Hazard.Deed.ChangeVector.class::isInstance)
                .map(Hazard.Deed.ChangeVector.class::cast)
                .flatMap(change -> pins.stream()
                        .filter(pin -> pin.gsi() == change.gsi())
                        .map(pin -> pin.withVector(change.vector())))
                .toList();
    }

    /** The same hazards with each I/O APIC that the VM may move to changed. */
    Hazards withIoApics(UnaryOperator<IoApicProfile> change) {
        return new Hazards(
                slotCheck, steps.stream().map(step -> step.withIoApic(change)).toList());
    }

    /** The VMMs that the VM may move to. */
    List<VmmProfile> otherVmms() {
        return steps.stream()
                .map(Hazard::deed)
                .filter(Hazard.Deed.Migrate.class::isInstance)
                .map(deed -> ((Hazard.Deed.Migrate) deed).destination().vmm())
                .filter(Objects::nonNull)
                .toList();
    }
}
