// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.apic.IoApicProfile;
import irqstorm.kvm.UapiRevision;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Something that happens once to a running machine from outside the usual order of things.
 *
 * @param atNanos when it happens at the earliest, nanoseconds of simulated time
 * @param when what it waits for from then on
 * @param deed what happens
 */
public record Hazard(long atNanos, When when, Deed deed) {
    /** Checks that it does not happen before time starts. */
    public Hazard {
        if (atNanos < 0) {
            throw new IllegalArgumentException("a hazard at " + atNanos + " ns");
        }
    }

    /** The same hazard with the I/O APIC that the VM moves to, if it moves to another, changed. */
    Hazard withIoApic(UnaryOperator<IoApicProfile> change) {
        if (!(deed instanceof Deed.Migrate migrate) || migrate.destination().vmm() == null) {
            return this;
        }
        Destination there = migrate.destination();
        VmmProfile vmm = Objects.requireNonNull(there.vmm());
        VmmProfile changed = vmm.withIoApic(change.apply(vmm.ioApic()));
        return new Hazard(
                atNanos,
                when,
                new Deed.Migrate(new Destination(there.uapi(), there.args0(), there.goesOnIfRefused(), changed)));
    }

    /** What a hazard waits for. */
    public sealed interface When {
        /** Nothing. */
        record AtOnce() implements When {}

        /** Remote IRR of the pin is set: its interrupt is in service. */
        record InService(int gsi) implements When {}

        /** The I/O APIC's throttle timer is running. */
        record Throttled() implements When {}
    }

    /** What happens. */
    public sealed interface Deed {
        /** The VMM calls KVM_ENABLE_CAP(KVM_CAP_X2APIC_API) again; KVM does not look whether there are vCPUs. */
        record ChangeFlags(long args0) implements Deed {}

        /** The next EOI exit that is requested finds another value in {@code pending_ioapic_eoi}. */
        record CorruptEoiSlot(SlotValue value) implements Deed {}

        /**
         * From now on each EOI exit that is requested finds another value in {@code pending_ioapic_eoi} with some probability.
         *
         * @param value the value
         * @param perBillion the probability times 10<sup>9</sup>, from 1 to 10<sup>9</sup>
         */
        record CorruptEoiSlots(SlotValue value, int perBillion) implements Deed {
            /** Certainty. */
            public static final int CERTAIN = 1_000_000_000;

            /** Checks the probability. */
            public CorruptEoiSlots {
                if (perBillion < 1 || perBillion > CERTAIN) {
                    throw new IllegalArgumentException("a probability of " + perBillion + " in 10^9");
                }
            }
        }

        /** The guest writes the low half of a redirection entry. */
        record RewriteEntry(int gsi, EntryRewrite rewrite) implements Deed {}

        /** The guest gives a pin another vector. */
        record ChangeVector(int gsi, int vector) implements Deed {}

        /** The VM is saved, and goes on where it is restored; what was under way arrives. */
        record Migrate(Destination destination) implements Deed {}

        /** The VM is destroyed. */
        record DestroyVm() implements Deed {}
    }

    /** How the guest writes an entry. */
    public enum EntryRewrite {
        /** As it reads. */
        AS_READ,
        /** Masked, and then as before. */
        MASK_AND_BACK,
        /** Masked and edge-triggered, and then as before: what Linux and Xen do to end an interrupt without an EOI register. */
        EDGE_AND_BACK
    }

    /** What a corrupted slot holds. */
    public sealed interface SlotValue {
        /** This value. */
        record Fixed(int value) implements SlotValue {}

        /** Any int that is not from 0 to 255, each with the same probability. */
        record AnyInvalid() implements SlotValue {}
    }

    /**
     * The host that a VM moves to.
     *
     * @param uapi its kernel's generation of the flags
     * @param args0 the flags that the VMM sets there; 0 stands for no call
     * @param goesOnIfRefused whether the VMM goes on if the kernel refuses them; otherwise the VM stays where it is
     * @param vmm the VMM's I/O APIC there, or null if it is the same
     */
    public record Destination(
            UapiRevision uapi,
            long args0,
            boolean goesOnIfRefused,
            @Nullable VmmProfile vmm) {}
}
