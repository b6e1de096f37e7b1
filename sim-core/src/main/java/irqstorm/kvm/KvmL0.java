// SPDX-License-Identifier: Apache-2.0
package irqstorm.kvm;

import irqstorm.apic.ApicBus;
import irqstorm.apic.InterruptMessage;
import irqstorm.apic.IoApic;
import irqstorm.apic.LocalApic;
import irqstorm.apic.RedirectionEntry;
import irqstorm.apic.VectorSet;
import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.state.StateStore;
import irqstorm.trace.EventLog;
import org.jspecify.annotations.Nullable;

/**
 * KVM's side of interrupt delivery: which EOIs it intercepts for the I/O APIC, what it does with them, and the userspace exit that
 * split irqchip needs (kernel {@code lapic.c}, {@code irq_comm.c}, {@code vcpu_enter_guest}).
 */
public final class KvmL0 {
    /** The RTC's pin, whose EOIs KVM tracks whatever its trigger mode. */
    private static final int RTC_PIN = 8;

    private static final long NO_ROUTE = -1;

    private static final int PENDING_EOI = 0;
    private static final int EXIT_REQUESTED = 1;
    private static final int SCAN_REQUESTED = 2;
    private static final int STALE_VECTOR = 3;
    private static final int ENDED_VECTOR = 4;
    private static final int WORDS_PER_VCPU = 5;

    private final StateStore store;
    private final EventLog log;
    private final IrqchipMode irqchip;
    private final boolean guestHasX2Apic;
    private final X2ApicApi x2ApicApi;
    private final LocalApic[] apics;
    private final ApicBus bus;
    private final @Nullable IoApic inKernel;
    private final VectorSet[] handled;
    private final int base;
    private final int routes;
    private final int routeCount;
    private final EoiSlotCheck slotCheck;
    private final EoiSlotFault slotFault;
    private final int ackNotifiers;

    /**
     * A VM after its irqchip was created.
     *
     * @param guestHasX2Apic whether the guest's CPUID has x2APIC, without which LVR bit 24 is never shown
     * @param inKernel the in-kernel I/O APIC, or null where the irqchip mode has none
     * @param reservedRoutes args[0] of KVM_CAP_SPLIT_IRQCHIP: how many GSIs belong to the VMM's I/O APIC
     * @param slotCheck what is made of {@code pending_ioapic_eoi}
     * @param slotFault what happens to it
     */
    public KvmL0(
            StateStore store,
            EventLog log,
            IrqchipMode irqchip,
            boolean guestHasX2Apic,
            X2ApicApi x2ApicApi,
            LocalApic[] apics,
            ApicBus bus,
            @Nullable IoApic inKernel,
            int reservedRoutes,
            EoiSlotCheck slotCheck,
            EoiSlotFault slotFault) {
        this.store = store;
        this.log = log;
        this.irqchip = irqchip;
        this.guestHasX2Apic = guestHasX2Apic;
        this.x2ApicApi = x2ApicApi;
        this.apics = apics.clone();
        this.bus = bus;
        this.inKernel = inKernel;
        this.handled = new VectorSet[apics.length];
        this.base = store.reserve(WORDS_PER_VCPU * apics.length);
        for (int vcpu = 0; vcpu < apics.length; vcpu++) {
            handled[vcpu] = new VectorSet(store);
            store.set(word(vcpu, STALE_VECTOR), VectorSet.NONE);
        }
        this.slotCheck = slotCheck;
        this.slotFault = slotFault;
        this.routeCount = reservedRoutes;
        this.routes = store.reserve(reservedRoutes);
        for (int gsi = 0; gsi < reservedRoutes; gsi++) {
            store.set(routes + gsi, NO_ROUTE);
        }
        this.ackNotifiers =
                store.reserve(inKernel == null ? 0 : inKernel.profile().pins());
    }

    /** Whether LVR bit 24 is shown whenever KVM computes the version now. */
    public boolean advertisesSuppression() {
        return guestHasX2Apic && x2ApicApi.mode().advertised(irqchip);
    }

    /** Whether the EOI of {@code vcpu} would be kept from the I/O APIC now (kernel {@code kvm_lapic_suppress_eoi_broadcast}). */
    public boolean suppressesEoi(int vcpu) {
        return apics[vcpu].suppressBit() && x2ApicApi.mode().suppresses(irqchip);
    }

    /** Resets the local APIC of {@code vcpu}, which computes its version. */
    public void resetLapic(int vcpu) {
        apics[vcpu].reset(advertisesSuppression());
    }

    /** KVM_SET_LAPIC: takes a saved SPIV without sanitising it, and computes the version anew. */
    public void restoreLapic(int vcpu, int spiv) {
        apics[vcpu].restoreSpiv(spiv);
        apics[vcpu].refreshVersion(advertisesSuppression());
        log.record(Actor.L0_KVM, EventKind.LAPIC_RESTORED, vcpu, spiv, apics[vcpu].lvr());
    }

    /**
     * KVM_SET_GSI_ROUTING: {@code gsi} has an MSI route with {@code message}; asks all vCPUs to scan. The routes of GSIs that are not
     * reserved are of no interest to the scan.
     */
    public void setRoute(int gsi, long message) {
        if (gsi < routeCount) {
            store.set(routes + gsi, message);
        }
        requestScan();
    }

    /** KVM_SET_GSI_ROUTING: {@code gsi} has no route any more; asks all vCPUs to scan. */
    public void removeRoute(int gsi) {
        setRoute(gsi, NO_ROUTE);
    }

    /** Whether {@code gsi} is reserved and has an MSI route. */
    public boolean hasRoute(int gsi) {
        return gsi < routeCount && store.get(routes + gsi) != NO_ROUTE;
    }

    /** The message of the MSI route of {@code gsi}, which has one. */
    public long route(int gsi) {
        return store.get(routes + gsi);
    }

    /**
     * Somebody wants to know of every EOI of {@code pin} of the in-kernel I/O APIC, if there is one (kernel {@code
     * kvm_register_irq_ack_notifier}): its vector is handled whatever its trigger mode.
     */
    public void registerAckNotifier(int pin) {
        if (inKernel != null) {
            store.set(ackNotifiers + pin, 1);
            requestScan();
        }
    }

    /** Asks every vCPU to compute its handled vectors anew before it enters the guest (KVM_REQ_SCAN_IOAPIC). */
    public void requestScan() {
        for (int vcpu = 0; vcpu < apics.length; vcpu++) {
            store.set(word(vcpu, SCAN_REQUESTED), 1);
        }
    }

    /** Whether {@code vector} is in {@code ioapic_handled_vectors} of {@code vcpu}: its EOI causes an exit. */
    public boolean isHandled(int vcpu, int vector) {
        return handled[vcpu].contains(vector);
    }

    /** The guest on {@code vcpu} writes EOI: ends the highest vector in service and decides what the I/O APIC hears of it. */
    public EoiOutcome endOfInterrupt(int vcpu, Actor guest) {
        LocalApic apic = apics[vcpu];
        int vector = apic.endOfInterrupt();
        if (vector == VectorSet.NONE) {
            log.record(guest, EventKind.LAPIC_EOI_SPURIOUS, vcpu, 0, 0);
            return EoiOutcome.SPURIOUS;
        }
        log.record(guest, EventKind.LAPIC_EOI, vcpu, vector, apic.suppressBit() ? 1 : 0);
        if (!isHandled(vcpu, vector)) {
            return EoiOutcome.NOT_HANDLED;
        }
        if (store.get(word(vcpu, STALE_VECTOR)) == vector) {
            store.set(word(vcpu, SCAN_REQUESTED), 1);
        }
        return inKernel != null ? endInKernel(vcpu, vector, inKernel) : requestExit(vcpu, vector);
    }

    private EoiOutcome endInKernel(int vcpu, int vector, IoApic ioApic) {
        boolean level = apics[vcpu].triggerModes().contains(vector);
        if (suppressesEoi(vcpu)) {
            log.record(Actor.L0_KVM, EventKind.EOI_SUPPRESSED, vcpu, vector, 0);
            ioApic.eoiSuppressed(vector);
            return EoiOutcome.SUPPRESSED;
        }
        log.record(Actor.L0_KVM, EventKind.EOI_BROADCAST, vcpu, vector, level ? 1 : 0);
        ioApic.broadcastEoi(vector, level);
        return EoiOutcome.ENDED_IN_KERNEL;
    }

    private EoiOutcome requestExit(int vcpu, int vector) {
        if (suppressesEoi(vcpu)) {
            log.record(Actor.L0_KVM, EventKind.EOI_SUPPRESSED, vcpu, vector, 0);
            return EoiOutcome.SUPPRESSED;
        }
        int slot = slotCheck.stored(slotFault.after(vcpu, vector));
        if (slot != vector) {
            log.record(Actor.L0_KVM, EventKind.EOI_SLOT_CORRUPTED, vcpu, vector, slot);
        }
        store.set(word(vcpu, PENDING_EOI), slot);
        store.set(word(vcpu, ENDED_VECTOR), vector);
        store.set(word(vcpu, EXIT_REQUESTED), 1);
        return EoiOutcome.EXIT_REQUESTED;
    }

    /**
     * The requests that {@code vcpu} handles before it enters the guest: first the EOI exit, with the handled vectors as they are, then
     * the scan (kernel {@code vcpu_enter_guest}).
     *
     * @return the vector of a KVM_EXIT_IOAPIC_EOI that must happen now, or {@link VectorSet#NONE}
     * @throws irqstorm.apic.FatalModelError if the slot holds no vector and the host or the guest does not live on
     */
    public int handleRequests(int vcpu) {
        int exit = VectorSet.NONE;
        if (store.get(word(vcpu, EXIT_REQUESTED)) != 0) {
            store.set(word(vcpu, EXIT_REQUESTED), 0);
            exit = checkSlot(vcpu);
        }
        if (exit == VectorSet.NONE) {
            catchUpWithScan(vcpu);
        }
        return exit;
    }

    private int checkSlot(int vcpu) {
        int slot = (int) store.get(word(vcpu, PENDING_EOI));
        int ended = (int) store.get(word(vcpu, ENDED_VECTOR));
        int reported = slotCheck.reported(slot, handled[vcpu]);
        if (slot != ended && reported == VectorSet.NONE) {
            log.record(Actor.L0_KVM, EventKind.EOI_EXIT_LOST, vcpu, ended, slot);
        } else if (slot != ended) {
            log.record(Actor.L0_KVM, EventKind.EOI_EXIT_MISREPORTED, vcpu, ended, reported);
        }
        return reported;
    }

    /**
     * Scans if it was asked for. The request kicks a vCPU out of guest mode, so whatever the guest does next finds it carried out.
     */
    public void catchUpWithScan(int vcpu) {
        if (store.get(word(vcpu, SCAN_REQUESTED)) != 0) {
            store.set(word(vcpu, SCAN_REQUESTED), 0);
            scan(vcpu);
        }
    }

    /** Whether the EOI of {@code vector} has not reached the VMM yet. */
    public boolean isEoiExitPending(int vector) {
        for (int vcpu = 0; vcpu < apics.length; vcpu++) {
            if (store.get(word(vcpu, EXIT_REQUESTED)) != 0 && store.get(word(vcpu, ENDED_VECTOR)) == vector) {
                return true;
            }
        }
        return false;
    }

    private void scan(int vcpu) {
        handled[vcpu].clear();
        store.set(word(vcpu, STALE_VECTOR), VectorSet.NONE);
        if (inKernel != null) {
            for (int pin = 0; pin < inKernel.profile().pins(); pin++) {
                long entry = inKernel.entry(pin);
                if (RedirectionEntry.isLevel(entry) || pin == RTC_PIN || store.get(ackNotifiers + pin) != 0) {
                    consider(vcpu, RedirectionEntry.message(entry));
                }
            }
        }
        for (int gsi = 0; gsi < routeCount; gsi++) {
            long message = store.get(routes + gsi);
            if (message != NO_ROUTE && InterruptMessage.isLevel(message)) {
                consider(vcpu, message);
            }
        }
    }

    /**
     * A vector is handled if the route points at this vCPU, or if an interrupt of it is still in flight here from an older routing;
     * the highest of the latter kind asks for another scan when it ends.
     */
    private void consider(int vcpu, long message) {
        int vector = InterruptMessage.vector(message);
        LocalApic apic = apics[vcpu];
        if (bus.isMeant(vcpu, message)) {
            handled[vcpu].add(vector);
        } else if (apic.requested().contains(vector) || apic.inService().contains(vector)) {
            handled[vcpu].add(vector);
            int stale = (int) store.get(word(vcpu, STALE_VECTOR));
            store.set(word(vcpu, STALE_VECTOR), Math.max(stale, vector));
        }
    }

    private int word(int vcpu, int field) {
        return base + vcpu * WORDS_PER_VCPU + field;
    }
}
