// SPDX-License-Identifier: Apache-2.0
package irqstorm.nested;

import irqstorm.apic.LocalApic;
import irqstorm.apic.VectorSet;
import irqstorm.cpu.ActivityState;
import irqstorm.cpu.Interruptibility;
import irqstorm.cpu.PendingEvents;
import irqstorm.cpu.Processor;
import irqstorm.state.StateStore;

/**
 * L2 under VMX: what happens at its next instruction boundary (SDM volume 3, sections 26.2 and 27.7; kernel {@code
 * vmx_check_nested_events}).
 */
public final class VmxGuest {
    private static final ActivityState[] STATES = ActivityState.values();

    private final Interruptibility interruptibility;
    private final VirtualInterruptDelivery delivery;
    private final PostedInterruptDescriptor posted;
    private final StateStore store;
    private final int activity;

    /** What L2 does, or suffers, instead of the next instruction. */
    public enum Event {
        /** Nothing. */
        NONE,
        /** Exit: INIT. */
        INIT_EXIT,
        /** Exit: a start-up message. */
        SIPI_EXIT,
        /** Exit: L2 can take NMIs. */
        NMI_WINDOW_EXIT,
        /** Exit: an NMI. */
        NMI_EXIT,
        /** L2 takes an NMI. */
        NMI,
        /** Exit: L2 can take interrupts. */
        INTERRUPT_WINDOW_EXIT,
        /** Exit: a physical interrupt. */
        INTERRUPT_EXIT,
        /** The notification of posted interrupts. */
        NOTIFICATION,
        /** L2 takes a physical interrupt. */
        INTERRUPT,
        /** L2 takes a virtual interrupt. */
        VIRTUAL_INTERRUPT
    }

    /** An active L2 with interrupts off. */
    public VmxGuest(StateStore store) {
        this.interruptibility = new Interruptibility(store);
        this.delivery = new VirtualInterruptDelivery(store, new VirtualApicPage(store));
        this.posted = new PostedInterruptDescriptor(store);
        this.store = store;
        this.activity = store.reserve(1);
    }

    /** What blocks events for L2. */
    public Interruptibility interruptibility() {
        return interruptibility;
    }

    /** L2's virtual interrupts. */
    public VirtualInterruptDelivery delivery() {
        return delivery;
    }

    /** Interrupts that are posted to L2. */
    public PostedInterruptDescriptor posted() {
        return posted;
    }

    /** What L2 is doing. */
    public ActivityState activity() {
        return STATES[(int) store.get(activity)];
    }

    /** L2 does something else from now on. */
    public void setActivity(ActivityState state) {
        store.set(activity, state.ordinal());
    }

    /** What comes before L2's next instruction, on {@code processor}, under {@code controls}. */
    public Event next(Processor processor, VmxControls controls) {
        PendingEvents pending = processor.pending();
        if (activity() == ActivityState.WAIT_FOR_SIPI) {
            return pending.startUpVector() != PendingEvents.NONE ? Event.SIPI_EXIT : Event.NONE;
        }
        if (pending.init()) {
            return Event.INIT_EXIT;
        }
        Event nmi = nextNmi(pending, controls);
        return nmi != Event.NONE ? nmi : nextInterrupt(processor.apic(), controls);
    }

    private Event nextNmi(PendingEvents pending, VmxControls controls) {
        boolean window = controls.has(VmxControl.NMI_WINDOW_EXITING);
        if (window && !interruptibility.nmiBlocked() && !interruptibility.inShadow()) {
            return Event.NMI_WINDOW_EXIT;
        }
        if (pending.nmis() == 0) {
            return Event.NONE;
        }
        if (controls.has(VmxControl.NMI_EXITING)) {
            return Event.NMI_EXIT;
        }
        return interruptibility.allowsNmi() ? Event.NMI : Event.NONE;
    }

    private Event nextInterrupt(LocalApic apic, VmxControls controls) {
        boolean window = controls.has(VmxControl.INTERRUPT_WINDOW_EXITING);
        if (window && interruptibility.allowsInterrupt()) {
            return Event.INTERRUPT_WINDOW_EXIT;
        }
        int vector = apic.deliverable();
        if (vector != VectorSet.NONE && controls.has(VmxControl.EXTERNAL_INTERRUPT_EXITING)) {
            boolean notifies = controls.has(VmxControl.POSTED_INTERRUPTS) && vector == controls.notificationVector();
            return notifies ? Event.NOTIFICATION : Event.INTERRUPT_EXIT;
        }
        if (!interruptibility.allowsInterrupt()) {
            return Event.NONE;
        }
        if (vector != VectorSet.NONE) {
            return Event.INTERRUPT;
        }
        boolean virtual = controls.has(VmxControl.VIRTUAL_INTERRUPT_DELIVERY) && delivery.isPending();
        return virtual ? Event.VIRTUAL_INTERRUPT : Event.NONE;
    }

    /**
     * Takes {@code event}, which {@link #next} answered. L1 is told of an exit by the caller; a handler is run by the caller.
     *
     * @return the vector: of an interrupt that L2 takes, of one that the exit acknowledged, or of the start-up message; else {@link
     *     VectorSet#NONE}
     */
    public int take(Event event, Processor processor, VmxControls controls) {
        LocalApic apic = processor.apic();
        switch (event) {
            case INIT_EXIT -> processor.pending().takeInit();
            case SIPI_EXIT -> {
                int vector = processor.pending().startUpVector();
                processor.pending().takeStartUp();
                return vector;
            }
            case NMI_EXIT -> processor.pending().takeNmi();
            case NMI -> {
                processor.pending().takeNmi();
                interruptibility.setNmiBlocked(true);
                beginHandler();
            }
            case INTERRUPT_EXIT -> {
                return controls.has(VmxControl.ACKNOWLEDGE_INTERRUPT_ON_EXIT) ? acknowledge(apic) : VectorSet.NONE;
            }
            case NOTIFICATION -> {
                apic.withdraw(controls.notificationVector());
                posted.process(delivery);
            }
            case INTERRUPT -> {
                beginHandler();
                return acknowledge(apic);
            }
            case VIRTUAL_INTERRUPT -> {
                beginHandler();
                return delivery.deliver();
            }
            case NONE, NMI_WINDOW_EXIT, INTERRUPT_WINDOW_EXIT -> {}
        }
        return VectorSet.NONE;
    }

    private static int acknowledge(LocalApic apic) {
        int vector = apic.deliverable();
        apic.acknowledge(vector);
        return vector;
    }

    /** An event is injected at the entry: L2 is active and starts with its handler. */
    public void beginHandler() {
        setActivity(ActivityState.ACTIVE);
        interruptibility.clearShadows();
        interruptibility.setInterruptFlag(false);
    }
}
