// SPDX-License-Identifier: Apache-2.0
package irqstorm.nested;

import irqstorm.apic.VectorSet;
import irqstorm.cpu.ActivityState;
import irqstorm.cpu.Interruptibility;
import irqstorm.cpu.Processor;
import irqstorm.state.StateStore;

/** L2 under SVM: what happens at its next instruction boundary (kernel {@code svm_check_nested_events}). */
public final class SvmGuest {
    private static final ActivityState[] STATES = ActivityState.values();

    private static final int ACTIVITY = 0;
    private static final int HOST_IF = 1;
    private static final int V_GIF = 2;
    private static final int V_IRQ = 3;
    private static final int V_VECTOR = 4;
    private static final int V_PRIORITY = 5;
    private static final int V_TPR = 6;
    private static final int V_NMI_PENDING = 7;
    private static final int V_NMI_BLOCKING = 8;
    private static final int WORDS = 9;

    private final Interruptibility interruptibility;
    private final StateStore store;
    private final int base;

    /** What L2 does, or suffers, instead of the next instruction. */
    public enum Event {
        /** Nothing. */
        NONE,
        /** Exit: an SMI, which stays pending. */
        SMI_EXIT,
        /** The SMM handler runs, which nobody else sees. */
        SMI,
        /** Exit: an NMI, which stays pending. */
        NMI_EXIT,
        /** L2 takes an NMI. */
        NMI,
        /** L2 takes the NMI that L1 handed over. */
        VIRTUAL_NMI,
        /** Exit: a physical interrupt, which stays pending. */
        INTERRUPT_EXIT,
        /** L2 takes a physical interrupt. */
        INTERRUPT,
        /** Exit: L2 can take the virtual interrupt. */
        VIRTUAL_INTERRUPT_EXIT,
        /** L2 takes the virtual interrupt. */
        VIRTUAL_INTERRUPT
    }

    /** An active L2 with interrupts off and its own global interrupt flag set. */
    public SvmGuest(StateStore store) {
        this.interruptibility = new Interruptibility(store);
        this.store = store;
        this.base = store.reserve(WORDS);
        set(V_GIF, true);
    }

    /** What blocks events for L2. */
    public Interruptibility interruptibility() {
        return interruptibility;
    }

    /** What L2 is doing. */
    public ActivityState activity() {
        return STATES[(int) store.get(base + ACTIVITY)];
    }

    /** L2 does something else from now on. */
    public void setActivity(ActivityState state) {
        store.set(base + ACTIVITY, state.ordinal());
    }

    /** VMRUN: {@code hostInterruptFlag} is the host's RFLAGS.IF at this moment. */
    public void enter(boolean hostInterruptFlag) {
        set(HOST_IF, hostInterruptFlag);
    }

    /** L1 requests a virtual interrupt: {@code priority} and {@code taskPriority} are 0 to 15. */
    public void requestVirtual(int vector, int priority, int taskPriority) {
        set(V_IRQ, true);
        store.set(base + V_VECTOR, vector);
        store.set(base + V_PRIORITY, priority);
        store.set(base + V_TPR, taskPriority);
    }

    /** V_IRQ: L1 takes back its request, or makes the one it described before. */
    public void setVirtualRequested(boolean on) {
        set(V_IRQ, on);
    }

    /** V_TPR, 0 to 15. */
    public void setVirtualTaskPriority(int priority) {
        store.set(base + V_TPR, priority);
    }

    /** V_TPR. */
    public int virtualTaskPriority() {
        return (int) store.get(base + V_TPR);
    }

    /** V_IRQ: the virtual interrupt has not been taken. */
    public boolean virtualRequested() {
        return is(V_IRQ);
    }

    /** V_GIF. */
    public boolean virtualGif() {
        return is(V_GIF);
    }

    /** STGI and CLGI of L2, where they act on V_GIF. */
    public void setVirtualGif(boolean on) {
        set(V_GIF, on);
    }

    /** V_NMI_PENDING. */
    public boolean virtualNmiPending() {
        return is(V_NMI_PENDING);
    }

    /** L1 hands over an NMI. */
    public void setVirtualNmiPending(boolean on) {
        set(V_NMI_PENDING, on);
    }

    /** V_NMI_BLOCKING. */
    public boolean virtualNmiBlocked() {
        return is(V_NMI_BLOCKING);
    }

    /** IRET ends the blocking of NMIs of either kind. */
    public void unblockNmis() {
        interruptibility.setNmiBlocked(false);
        set(V_NMI_BLOCKING, false);
    }

    /**
     * What comes before L2's next instruction, on {@code processor}, under {@code controls}. Without a virtual global interrupt flag
     * STGI and CLGI of L2 act on the processor's, which VMRUN sets and which holds everything back while it is clear.
     */
    public Event next(Processor processor, SvmControls controls) {
        if (!processor.globalInterruptFlag()) {
            return Event.NONE;
        }
        if (processor.pending().smi()) {
            return controls.interceptSmi() ? Event.SMI_EXIT : Event.SMI;
        }
        Event nmi = nextNmi(processor, controls);
        if (nmi != Event.NONE) {
            return nmi;
        }
        Event interrupt = nextInterrupt(processor, controls);
        return interrupt != Event.NONE ? interrupt : nextVirtualInterrupt(controls);
    }

    private Event nextNmi(Processor processor, SvmControls controls) {
        if (processor.pending().nmis() > 0) {
            if (controls.interceptNmi()) {
                return Event.NMI_EXIT;
            }
            if (interruptibility.allowsNmi()) {
                return Event.NMI;
            }
        }
        boolean virtual = controls.virtualNmi() && virtualNmiPending() && !virtualNmiBlocked() && isOpen(controls);
        return virtual ? Event.VIRTUAL_NMI : Event.NONE;
    }

    private Event nextInterrupt(Processor processor, SvmControls controls) {
        boolean unmasked = controls.virtualMasking() ? is(HOST_IF) : interruptibility.interruptFlag();
        if (processor.apic().deliverable() == VectorSet.NONE || !unmasked) {
            return Event.NONE;
        }
        if (controls.interceptIntr()) {
            return Event.INTERRUPT_EXIT;
        }
        return interruptibility.inShadow() ? Event.NONE : Event.INTERRUPT;
    }

    private Event nextVirtualInterrupt(SvmControls controls) {
        boolean takes = virtualRequested()
                && isOpen(controls)
                && interruptibility.allowsInterrupt()
                && store.get(base + V_PRIORITY) > store.get(base + V_TPR);
        if (!takes) {
            return Event.NONE;
        }
        return controls.interceptVintr() ? Event.VIRTUAL_INTERRUPT_EXIT : Event.VIRTUAL_INTERRUPT;
    }

    private boolean isOpen(SvmControls controls) {
        return !controls.virtualGif() || virtualGif();
    }

    /**
     * Takes {@code event}, which {@link #next} answered; exits and handlers are the caller's business.
     *
     * @return the vector that L2 takes, else {@link VectorSet#NONE}
     */
    public int take(Event event, Processor processor) {
        int vector = VectorSet.NONE;
        switch (event) {
            case NMI -> {
                processor.pending().takeNmi();
                interruptibility.setNmiBlocked(true);
                beginHandler();
            }
            case VIRTUAL_NMI -> {
                set(V_NMI_PENDING, false);
                set(V_NMI_BLOCKING, true);
                beginHandler();
            }
            case INTERRUPT -> {
                vector = processor.apic().deliverable();
                processor.apic().acknowledge(vector);
                beginHandler();
            }
            case VIRTUAL_INTERRUPT -> {
                vector = (int) store.get(base + V_VECTOR);
                set(V_IRQ, false);
                beginHandler();
            }
            case SMI -> processor.pending().takeSmi();
            case NONE, SMI_EXIT, NMI_EXIT, INTERRUPT_EXIT, VIRTUAL_INTERRUPT_EXIT -> {}
        }
        return vector;
    }

    /** An event is injected by VMRUN, or taken: L2 is active and starts with its handler. */
    public void beginHandler() {
        setActivity(ActivityState.ACTIVE);
        interruptibility.clearShadows();
        interruptibility.setInterruptFlag(false);
    }

    private boolean is(int word) {
        return store.get(base + word) != 0;
    }

    private void set(int word, boolean on) {
        store.set(base + word, on ? 1 : 0);
    }
}
