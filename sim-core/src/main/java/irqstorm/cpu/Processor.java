// SPDX-License-Identifier: Apache-2.0
package irqstorm.cpu;

import irqstorm.apic.LocalApic;
import irqstorm.apic.VectorSet;
import irqstorm.state.StateStore;

/**
 * A logical processor that is not running a nested guest: which event it takes at the next instruction boundary, and what the event
 * does to it (SDM volume 3, sections 6.9 and 24.7; AMD APM volume 2, section 15.17 for the global interrupt flag).
 */
public final class Processor {
    private static final int ACTIVITY = 0;
    private static final int VMX = 1;
    private static final int GIF = 2;
    private static final int WORDS = 3;

    private static final ActivityState[] STATES = ActivityState.values();

    private final LocalApic apic;
    private final PendingEvents pending;
    private final Interruptibility interruptibility;
    private final StateStore store;
    private final int base;

    /** What a processor does instead of the next instruction. */
    public enum Event {
        /** Nothing: it executes the next instruction, or goes on waiting. */
        NONE,
        /** It runs its SMM handler, which nobody else sees. */
        SMI,
        /** It is initialised, and waits for a start-up message. */
        INIT,
        /** It starts at the page of the start-up vector. */
        START_UP,
        /** It calls its NMI handler. */
        NMI,
        /** It calls the handler of its local APIC's interrupt. */
        INTERRUPT
    }

    /** An active processor outside VMX operation, with its local APIC. */
    public Processor(StateStore store, LocalApic apic) {
        this.apic = apic;
        this.pending = new PendingEvents(store);
        this.interruptibility = new Interruptibility(store);
        this.store = store;
        this.base = store.reserve(WORDS);
        store.set(base + GIF, 1);
    }

    /** Its local APIC. */
    public LocalApic apic() {
        return apic;
    }

    /** The signals that wait. */
    public PendingEvents pending() {
        return pending;
    }

    /** What blocks events. */
    public Interruptibility interruptibility() {
        return interruptibility;
    }

    /** What it is doing. */
    public ActivityState activity() {
        return STATES[(int) store.get(base + ACTIVITY)];
    }

    /** It does something else from now on. */
    public void setActivity(ActivityState state) {
        store.set(base + ACTIVITY, state.ordinal());
    }

    /** Enters or leaves VMX operation, which keeps an INIT pending. */
    public void setVmxOperation(boolean on) {
        store.set(base + VMX, on ? 1 : 0);
    }

    /** Whether it is in VMX operation. */
    public boolean inVmxOperation() {
        return store.get(base + VMX) != 0;
    }

    /** STGI and CLGI: the global interrupt flag holds everything back while it is clear. */
    public void setGlobalInterruptFlag(boolean on) {
        store.set(base + GIF, on ? 1 : 0);
    }

    /** The global interrupt flag; always set on processors without SVM. */
    public boolean globalInterruptFlag() {
        return store.get(base + GIF) != 0;
    }

    /** The event that comes before the next instruction. */
    public Event next() {
        if (activity() == ActivityState.WAIT_FOR_SIPI) {
            return pending.startUpVector() != PendingEvents.NONE ? Event.START_UP : Event.NONE;
        }
        if (!globalInterruptFlag()) {
            return Event.NONE;
        }
        if (pending.smi()) {
            return Event.SMI;
        }
        if (pending.init() && !inVmxOperation()) {
            return Event.INIT;
        }
        if (pending.nmis() > 0 && interruptibility.allowsNmi()) {
            return Event.NMI;
        }
        boolean interrupt = apic.deliverable() != VectorSet.NONE && interruptibility.allowsInterrupt();
        return interrupt ? Event.INTERRUPT : Event.NONE;
    }

    /**
     * Takes {@code event}, which {@link #next()} answered; the caller runs the handler.
     *
     * @return the vector of an interrupt or of a start-up message, else {@link VectorSet#NONE}
     */
    public int take(Event event) {
        int vector = VectorSet.NONE;
        switch (event) {
            case SMI -> pending.takeSmi();
            case INIT -> initialise();
            case START_UP -> {
                vector = pending.startUpVector();
                pending.takeStartUp();
                setActivity(ActivityState.ACTIVE);
            }
            case NMI -> {
                pending.takeNmi();
                interruptibility.setNmiBlocked(true);
                beginHandler();
            }
            case INTERRUPT -> {
                vector = apic.deliverable();
                apic.acknowledge(vector);
                beginHandler();
            }
            case NONE -> {}
        }
        return vector;
    }

    /** INIT: the processor and its local APIC are reset, but for the APIC's ID and mode. */
    private void initialise() {
        pending.takeInit();
        boolean suppression = (apic.lvr() & LocalApic.LVR_SUPPRESS_EOI_BROADCAST) != 0;
        apic.reset(suppression);
        interruptibility.clearShadows();
        interruptibility.setInterruptFlag(false);
        interruptibility.setNmiBlocked(false);
        setActivity(ActivityState.WAIT_FOR_SIPI);
    }

    private void beginHandler() {
        setActivity(ActivityState.ACTIVE);
        interruptibility.clearShadows();
        interruptibility.setInterruptFlag(false);
    }

    /** A start-up message that finds the processor running is dropped. */
    public void dropStrayStartUp() {
        if (activity() != ActivityState.WAIT_FOR_SIPI && !pending.init()) {
            pending.takeStartUp();
        }
    }
}
