// SPDX-License-Identifier: Apache-2.0
package irqstorm.cpu;

import irqstorm.apic.DeliveryMode;
import irqstorm.state.StateStore;

/** SMIs, NMIs, INIT and start-up messages that a processor was sent and has not taken (kernel {@code __apic_accept_irq}). */
public final class PendingEvents {
    /** What {@link #startUpVector()} answers where there is none. */
    public static final int NONE = -1;

    /** One NMI can wait while another one is about to be taken; while one is being handled, only one can wait. */
    private static final int MAX_NMIS = 2;

    private static final int NMIS = 0;
    private static final int INIT = 1;
    private static final int START_UP = 2;
    private static final int SMI = 3;
    private static final int WORDS = 4;

    private final StateStore store;
    private final int base;

    /** Nothing is pending. */
    public PendingEvents(StateStore store) {
        this.store = store;
        this.base = store.reserve(WORDS);
        set(START_UP, NONE);
    }

    /**
     * Takes a message of mode SMI, NMI, INIT or start-up; an INIT discards an earlier start-up, and the last start-up wins.
     *
     * @param nmiBlocked whether the processor is handling an NMI (kernel {@code process_nmi})
     */
    public void accept(DeliveryMode mode, int vector, boolean nmiBlocked) {
        switch (mode) {
            case NMI -> set(NMIS, Math.min(get(NMIS) + 1, nmiBlocked ? 1 : MAX_NMIS));
            case INIT -> {
                set(INIT, 1);
                set(START_UP, NONE);
            }
            case STARTUP -> set(START_UP, vector);
            case SMI -> set(SMI, 1);
            default -> throw new IllegalArgumentException(mode + " is not a signal to the processor");
        }
    }

    /** How many NMIs wait. */
    public int nmis() {
        return (int) get(NMIS);
    }

    /** One NMI is taken. */
    public void takeNmi() {
        set(NMIS, get(NMIS) - 1);
    }

    /** Whether an SMI waits. */
    public boolean smi() {
        return get(SMI) != 0;
    }

    /** The SMI is taken. */
    public void takeSmi() {
        set(SMI, 0);
    }

    /** Whether an INIT waits. */
    public boolean init() {
        return get(INIT) != 0;
    }

    /** The INIT is taken. */
    public void takeInit() {
        set(INIT, 0);
    }

    /** The vector of the start-up message that waits, or {@link #NONE}. */
    public int startUpVector() {
        return (int) get(START_UP);
    }

    /** The start-up message is taken, or dropped. */
    public void takeStartUp() {
        set(START_UP, NONE);
    }

    private long get(int word) {
        return store.get(base + word);
    }

    private void set(int word, long value) {
        store.set(base + word, value);
    }
}
