// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

import irqstorm.apic.IoApicProfile.Broadcast;
import irqstorm.apic.IoApicProfile.Edge;
import irqstorm.apic.IoApicProfile.EoiMatch;
import irqstorm.apic.IoApicProfile.EoiRegister;
import irqstorm.apic.IoApicProfile.EventSources;
import irqstorm.apic.IoApicProfile.Level;
import irqstorm.apic.IoApicProfile.LevelTriggered;
import irqstorm.apic.IoApicProfile.LineModel;
import irqstorm.apic.IoApicProfile.MaskedEdge;
import irqstorm.apic.IoApicProfile.MaskedLevel;
import irqstorm.apic.IoApicProfile.OnEoiAsserted;
import irqstorm.apic.IoApicProfile.Polarity;
import irqstorm.apic.IoApicProfile.PowerOnEntry;
import irqstorm.apic.IoApicProfile.RemoteIrrGates;
import irqstorm.apic.IoApicProfile.RemoteIrrSet;
import irqstorm.apic.IoApicProfile.RteWrite;
import irqstorm.apic.IoApicProfile.Save;
import irqstorm.apic.IoApicProfile.Service;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** The three I/O APICs that tests start from, written out, so that a change of the bundled data files cannot change what a test means. */
public final class Profiles {
    /** How many successive EOIs QEMU and KVM let pass before they pause. */
    public static final int THROTTLE_LIMIT = 10_000;

    /** How long QEMU and KVM pause, nanoseconds. */
    public static final long THROTTLE_DELAY_NANOS = 10_000_000;

    private Profiles() {}

    /** QEMU's I/O APIC as machine types since 2.8 have it: with an EOI register. */
    public static IoApicProfile qemu20() {
        return qemu("qemu-ioapic-0x20", 0x20, EoiRegister.DWORD_ONLY);
    }

    /** QEMU's I/O APIC with version 0x11: without an EOI register. */
    public static IoApicProfile qemu11() {
        return qemu("qemu-ioapic-0x11", 0x11, EoiRegister.NONE);
    }

    private static IoApicProfile qemu(String name, int version, EoiRegister eoiRegister) {
        return new IoApicProfile(
                name,
                version,
                24,
                PowerOnEntry.MASKED,
                eoiRegister,
                new EoiMatch(true, true, false, EoiMatch.Scope.ALL_PINS),
                Broadcast.HONOURED,
                new OnEoiAsserted.Throttled(THROTTLE_LIMIT, THROTTLE_DELAY_NANOS, true, false),
                new EventSources(EventSources.Told.LEVEL, false, true),
                RemoteIrrSet.BEFORE_DELIVERY,
                RemoteIrrGates.ALWAYS,
                new RteWrite(RteWrite.RemoteIrrOnWrite.PRESERVE, true, RteWrite.ReEvaluate.LEVEL, false),
                Service.ALL_PINS,
                LevelTriggered.SUPPORTED,
                MaskedLevel.KEPT,
                MaskedEdge.LOST,
                Level.PER_CALL,
                Edge.PER_CALL,
                Polarity.IGNORED,
                LineModel.LEVEL_OR,
                new Save(true, true, false));
    }

    /** KVM's I/O APIC. */
    public static IoApicProfile kvmInKernel() {
        return new IoApicProfile(
                "kvm-inkernel",
                0x11,
                24,
                PowerOnEntry.MASKED,
                EoiRegister.NONE,
                new EoiMatch(false, false, true, EoiMatch.Scope.ALL_PINS),
                Broadcast.HONOURED,
                new OnEoiAsserted.Throttled(THROTTLE_LIMIT, THROTTLE_DELAY_NANOS, false, true),
                new EventSources(EventSources.Told.VECTOR, false, false),
                RemoteIrrSet.IF_ACCEPTED,
                RemoteIrrGates.ALWAYS,
                new RteWrite(RteWrite.RemoteIrrOnWrite.PRESERVE, true, RteWrite.ReEvaluate.LEVEL, false),
                Service.ONE_PIN,
                LevelTriggered.SUPPORTED,
                MaskedLevel.KEPT,
                MaskedEdge.KEPT_NOT_REPLAYED,
                Level.PER_CALL,
                Edge.RISING_ONLY,
                Polarity.IGNORED,
                LineModel.LEVEL_OR,
                new Save(true, true, true));
    }

    /** {@code profile} with other values on some axes; the type of a value says which axis it belongs to. */
    public static IoApicProfile with(IoApicProfile profile, Object... values) {
        return rebuilt(profile, axis -> {
            Class<?> type = axis.getType() == boolean.class ? Boolean.class : axis.getType();
            return Arrays.stream(values).filter(type::isInstance).findFirst();
        });
    }

    /** {@code profile} with another number of pins. */
    public static IoApicProfile withPins(IoApicProfile profile, int pins) {
        return rebuilt(profile, axis -> axis.getName().equals("pins") ? Optional.of(pins) : Optional.empty());
    }

    private static IoApicProfile rebuilt(
            IoApicProfile profile, Function<RecordComponent, Optional<? extends Object>> replacement) {
        RecordComponent[] axes = IoApicProfile.class.getRecordComponents();
        Class<?>[] types = Arrays.stream(axes).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] arguments = new Object[axes.length];
        try {
            for (int i = 0; i < axes.length; i++) {
                Optional<? extends Object> other = replacement.apply(axes[i]);
                arguments[i] =
                        other.isPresent() ? other.get() : axes[i].getAccessor().invoke(profile);
            }
            return IoApicProfile.class.getDeclaredConstructor(types).newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
