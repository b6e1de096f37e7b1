// SPDX-License-Identifier: Apache-2.0
package irqstorm.guest;

import irqstorm.apic.VectorSet;
import irqstorm.state.StateStore;

/**
 * One level of a guest on one vCPU: the programs it is in the middle of, innermost last, and its interrupt flag.
 *
 * <p>A program that was interrupted keeps its step, and a step that takes time keeps the rest of it.
 */
public final class GuestContext {
    /** Deepest nesting of interrupt handlers; one priority class each, and some to spare. */
    public static final int MAX_DEPTH = 20;

    private static final int DEPTH = 0;
    private static final int INTERRUPT_FLAG = 1;
    private static final int WINDOW_WANTED = 2;
    private static final int FRAMES = 3;
    private static final int REMAINING = FRAMES + MAX_DEPTH;

    private static final int STEP_SHIFT = 8;
    private static final int PART_SHIFT = 24;
    private static final int VECTOR_SHIFT = 40;
    private static final long SAVED_INTERRUPT_FLAG = 1L << 56;
    private static final long STEP_BEGUN = 1L << 57;

    private final StateStore store;
    private final int base;

    /**
     * A context with no program, interrupts on.
     *
     * @param store where its state goes, remaining times included
     */
    public GuestContext(StateStore store) {
        this.store = store;
        this.base = store.reserve(FRAMES + 2 * MAX_DEPTH);
        setInterruptFlag(true);
    }

    /**
     * Begins a program with interrupts off.
     *
     * @param vector the vector it handles, or {@link VectorSet#NONE}
     * @throws IllegalStateException if handlers are nested too deeply
     */
    public void begin(ProgramRole role, int vector) {
        int depth = depth();
        if (depth == MAX_DEPTH) {
            throw new IllegalStateException("more than " + MAX_DEPTH + " interrupt handlers are nested");
        }
        store.set(
                base + FRAMES + depth,
                role.ordinal() | (long) (vector + 1) << VECTOR_SHIFT | (interruptFlag() ? SAVED_INTERRUPT_FLAG : 0));
        store.set(base + DEPTH, depth + 1);
        setInterruptFlag(role == ProgramRole.BACKGROUND);
    }

    /** Ends the innermost program and restores the interrupt flag of before. */
    public void end() {
        setInterruptFlag((frame() & SAVED_INTERRUPT_FLAG) != 0);
        int depth = depth() - 1;
        store.set(base + FRAMES + depth, 0);
        store.set(base + REMAINING + depth, 0);
        store.set(base + DEPTH, depth);
    }

    /** How many programs it is in the middle of. */
    public int depth() {
        return (int) store.get(base + DEPTH);
    }

    /** The role of the innermost program. */
    public ProgramRole role() {
        return ProgramRole.of((int) frame() & 0xFF);
    }

    /** The number of the innermost program's step, from 0. */
    public int step() {
        return (int) (frame() >>> STEP_SHIFT) & 0xFFFF;
    }

    /** How many parts of the step are done, for steps that have several. */
    public int part() {
        return (int) (frame() >>> PART_SHIFT) & 0xFFFF;
    }

    /** The vector that the innermost program handles, or {@link VectorSet#NONE}. */
    public int vector() {
        return ((int) (frame() >>> VECTOR_SHIFT) & 0x1FF) - 1;
    }

    /** One more part of the step is done. */
    public void nextPart() {
        setFrame(frame() + (1L << PART_SHIFT));
    }

    /** Goes on to step {@code step} of the innermost program. */
    public void goTo(int step) {
        long kept = frame() & (0x1FFL << VECTOR_SHIFT | SAVED_INTERRUPT_FLAG | 0xFF);
        setFrame(kept | (long) step << STEP_SHIFT);
    }

    /** Whether the step has begun and its remaining time is known. */
    public boolean hasBegun() {
        return (frame() & STEP_BEGUN) != 0;
    }

    /** The step has begun and takes another {@code nanos} nanoseconds. */
    public void keepRemaining(long nanos) {
        setFrame(frame() | STEP_BEGUN);
        store.set(base + REMAINING + depth() - 1, nanos);
    }

    /** The remaining time of the step, nanoseconds. */
    public long remainingNanos() {
        return store.get(base + REMAINING + depth() - 1);
    }

    /** RFLAGS.IF. */
    public boolean interruptFlag() {
        return store.get(base + INTERRUPT_FLAG) != 0;
    }

    /** Sets RFLAGS.IF. */
    public void setInterruptFlag(boolean on) {
        store.set(base + INTERRUPT_FLAG, on ? 1 : 0);
    }

    /** Whether the hypervisor wants an exit as soon as this context can take an interrupt. */
    public boolean windowWanted() {
        return store.get(base + WINDOW_WANTED) != 0;
    }

    /** Asks for an exit as soon as this context can take an interrupt, or takes the wish back. */
    public void setWindowWanted(boolean wanted) {
        store.set(base + WINDOW_WANTED, wanted ? 1 : 0);
    }

    /** Whether a program that handles {@code vector} has not ended. */
    public boolean isHandling(int vector) {
        for (int i = 0; i < depth(); i++) {
            long frame = store.get(base + FRAMES + i);
            if (((int) (frame >>> VECTOR_SHIFT) & 0x1FF) - 1 == vector) {
                return true;
            }
        }
        return false;
    }

    private long frame() {
        return store.get(base + FRAMES + depth() - 1);
    }

    private void setFrame(long frame) {
        store.set(base + FRAMES + depth() - 1, frame);
    }
}
