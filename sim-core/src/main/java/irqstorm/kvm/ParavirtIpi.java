// SPDX-License-Identifier: Apache-2.0
package irqstorm.kvm;

import irqstorm.apic.ApicBus;
import irqstorm.apic.DeliveryMode;
import irqstorm.apic.InterruptMessage;

/** KVM_HC_SEND_IPI: one hypercall sends an interrupt to up to 128 vCPUs (kernel {@code kvm_pv_send_ipi}). */
public final class ParavirtIpi {
    /** The hypercall's number. */
    public static final int NUMBER = 10;

    private static final long NOT_A_VECTOR_OR_MODE = ~0x7FFL;
    private static final long UNSIGNED = 0xFFFF_FFFFL;

    private final ApicBus bus;
    private final int maxApicId;

    /** The hypercall of a VM whose vCPUs have APIC IDs from 0 to {@code maxApicId}. */
    public ParavirtIpi(ApicBus bus, int maxApicId) {
        this.bus = bus;
        this.maxApicId = maxApicId;
    }

    /**
     * Sends to the APIC IDs {@code first} + n for every bit n of {@code low}, and {@code first} + 64 + n for every bit n of {@code high}.
     *
     * @param icr vector and delivery mode, as in the ICR
     * @return how many vCPUs accepted it, or −22 (EINVAL)
     */
    public long send(long low, long high, int first, long icr) {
        if ((icr & NOT_A_VECTOR_OR_MODE) != 0) {
            return -22;
        }
        return cluster(low, first & UNSIGNED, icr) + cluster(high, first + Long.SIZE & UNSIGNED, icr);
    }

    private long cluster(long bits, long first, long icr) {
        long accepted = 0;
        for (long id = first; id <= maxApicId && id < first + Long.SIZE; id++) {
            if ((bits >>> id - first & 1) != 0) {
                DeliveryMode mode = DeliveryMode.of((int) icr >>> 8 & 7);
                accepted += bus.send(InterruptMessage.of((int) icr & 0xFF, mode, false, false, (int) id)) ? 1 : 0;
            }
        }
        return accepted;
    }
}
