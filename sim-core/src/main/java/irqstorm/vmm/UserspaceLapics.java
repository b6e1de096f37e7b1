// SPDX-License-Identifier: Apache-2.0
package irqstorm.vmm;

import irqstorm.apic.LocalApic;
import irqstorm.apic.VectorSet;
import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.trace.EventLog;

/**
 * The local APICs of a VMM that emulates them itself (no in-kernel irqchip): their EOIs go straight to the VMM's I/O APIC, and no KVM
 * flag has a say.
 */
public final class UserspaceLapics {
    private final EventLog log;
    private final LapicModel model;
    private final LocalApic[] apics;
    private final UserspaceIoApic ioApic;

    /** The local APICs of vCPU 0, 1, …, with the I/O APIC of the same VMM. */
    public UserspaceLapics(EventLog log, LapicModel model, LocalApic[] apics, UserspaceIoApic ioApic) {
        this.log = log;
        this.model = model;
        this.apics = apics.clone();
        this.ioApic = ioApic;
    }

    /** Resets the local APIC of {@code vcpu}. */
    public void reset(int vcpu) {
        apics[vcpu].reset(model.advertisesSuppression());
    }

    /** Puts back a saved SPIV; a VMM's own local APIC keeps only what its register can hold. */
    public void restore(int vcpu, int spiv) {
        boolean hasBit = model.suppression() != LapicModel.Suppression.NOT_ADVERTISED;
        apics[vcpu].restoreSpiv(hasBit ? spiv : spiv & ~LocalApic.SPIV_SUPPRESS_EOI_BROADCAST);
        log.record(Actor.VMM, EventKind.LAPIC_RESTORED, vcpu, apics[vcpu].spiv(), apics[vcpu].lvr());
    }

    /** The guest on {@code vcpu} writes EOI; whether it is broadcast is not decided by SPIV bit 12. */
    public void endOfInterrupt(int vcpu, Actor guest) {
        LocalApic apic = apics[vcpu];
        int vector = apic.endOfInterrupt();
        if (vector == VectorSet.NONE) {
            log.record(guest, EventKind.LAPIC_EOI_SPURIOUS, vcpu, 0, 0);
            return;
        }
        boolean level = apic.triggerModes().contains(vector);
        log.record(guest, EventKind.LAPIC_EOI, vcpu, vector, apic.suppressBit() ? 1 : 0);
        if (model.broadcasts().includes(level)) {
            log.record(Actor.VMM, EventKind.EOI_BROADCAST, vcpu, vector, level ? 1 : 0);
            ioApic.chip().broadcastEoi(vector, level);
        }
    }
}
