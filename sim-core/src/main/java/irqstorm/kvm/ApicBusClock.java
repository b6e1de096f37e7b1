// SPDX-License-Identifier: Apache-2.0
package irqstorm.kvm;

import irqstorm.state.StateStore;
import java.util.Optional;

/** The bus clock that the local APIC timers of a VM count (KVM_CAP_X86_APIC_BUS_CYCLES_NS; kernel {@code kvm_vm_ioctl_enable_cap}). */
public final class ApicBusClock {
    /** One cycle takes a nanosecond unless the VMM says otherwise. */
    public static final long DEFAULT_CYCLE_NANOS = 1;

    private static final int CYCLE = 0;
    private static final int VCPUS = 1;
    private static final int WORDS = 2;

    private final StateStore store;
    private final int base;

    /** The default clock, of a VM without vCPUs. */
    public ApicBusClock(StateStore store) {
        this.store = store;
        this.base = store.reserve(WORDS);
        store.set(base + CYCLE, DEFAULT_CYCLE_NANOS);
    }

    /** How long a cycle takes, nanoseconds. */
    public long cycleNanos() {
        return store.get(base + CYCLE);
    }

    /** KVM_CREATE_VCPU. */
    public void vcpuCreated() {
        store.add(base + VCPUS, 1);
    }

    /** KVM_ENABLE_CAP on a VM whose irqchip is {@code irqchip}; empty on success. It is too late once there is a vCPU. */
    public Optional<Errno> setCycle(long nanos, IrqchipMode irqchip) {
        if (nanos <= 0) {
            return Optional.of(Errno.EINVAL);
        }
        if (irqchip == IrqchipMode.NONE) {
            return Optional.of(Errno.ENXIO);
        }
        if (store.get(base + VCPUS) != 0) {
            return Optional.of(Errno.EINVAL);
        }
        store.set(base + CYCLE, nanos);
        return Optional.empty();
    }
}
