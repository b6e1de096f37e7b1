// SPDX-License-Identifier: Apache-2.0
package irqstorm.vmm;

import irqstorm.apic.LocalApic;
import irqstorm.apic.Pic;
import irqstorm.apic.VectorSet;

/**
 * How a VMM that emulates the interrupt controllers gets interrupts into a vCPU: it asks for an exit when the vCPU can take one (the
 * interrupt window), and injects it then (KVM_INTERRUPT).
 */
public final class InterruptInjection {
    private final LocalApic[] apics;
    private final Pic pic;

    /** The injection into vCPU 0, 1, …, whose local APICs these are; the PIC's output leads to vCPU 0. */
    public InterruptInjection(LocalApic[] apics, Pic pic) {
        this.apics = apics.clone();
        this.pic = pic;
    }

    /** Whether an interrupt waits for {@code vcpu}, so that the VMM has to know when it can take one. */
    public boolean wantsWindow(int vcpu) {
        return isFromPic(vcpu) || apics[vcpu].deliverable() != VectorSet.NONE;
    }

    /**
     * Injects the interrupt that waits for {@code vcpu}, if {@code ready}: RFLAGS.IF is set and nothing blocks it.
     *
     * @return the vector, or {@link VectorSet#NONE}
     */
    public int inject(int vcpu, boolean ready) {
        if (!ready || !wantsWindow(vcpu)) {
            return VectorSet.NONE;
        }
        if (isFromPic(vcpu)) {
            return pic.acknowledge();
        }
        int vector = apics[vcpu].deliverable();
        apics[vcpu].acknowledge(vector);
        return vector;
    }

    private boolean isFromPic(int vcpu) {
        return vcpu == 0 && pic.isRequested();
    }
}
