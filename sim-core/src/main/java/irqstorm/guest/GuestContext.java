// SPDX-License-Identifier: Apache-2.0
package irqstorm.guest;

import irqstorm.apic.VectorSet;
import irqstorm.state.StateStore;

/**
 * One level of a guest on one vCPU: the programs it is in the middle of, innermost last, and its interrupt flag.
 *
 * <p>A program that was interrupted keeps its step, and a step that takes time keeps the rest of it. The innermost program is asked for
 * all the time, and all about it is one word in one place; those that it interrupted are on a stack. Each keeps its own interrupt flag.
 */
public final class GuestContext {
    /** Deepest nesting of interrupt handlers; one priority class each, and some to spare. */
    public static final int MAX_DEPTH = 20;

    private static final int FRAME = 0;
    private static final int DEPTH = 1;
    private static final int WINDOW_WANTED = 2;
    private static final int OUTER_FRAMES = 3;
    private static final int WORDS = OUTER_FRAMES + MAX_DEPTH;

    private static final int REMAINING = 0;
    private static final int OUTER_REMAINING = 1;
    private static final int REST_WORDS = OUTER_REMAINING + MAX_DEPTH;

    private static final int STEP_SHIFT = 8;
    private static final int PART_SHIFT = 24;
    private static final int VECTOR_SHIFT = 40;
    private static final long INTERRUPT_FLAG = 1L << 56;
    private static final long STEP_BEGUN = 1L << 57;
    private static final long STEP = 0xFFFFL << STEP_SHIFT;
    private static final long PROGRAM = 0x1FFL << VECTOR_SHIFT | INTERRUPT_FLAG | 0xFF;

    private final StateStore store;
    private final int base;
    private final StateStore rests;
    private final int restBase;

    /**
     * A context with no program, interrupts on.
     *
     * @param store where its state goes
     * @param rests where the remaining times of steps go; may be {@code store}
     */
    public GuestContext(StateStore store, StateStore rests) {
        this.store = store;
        this.base = store.reserve(WORDS);
        this.rests = rests;
        this.restBase = rests.reserve(REST_WORDS);
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
        store.set(base + OUTER_FRAMES + depth, frame());
        rests.set(restBase + OUTER_REMAINING + depth, remainingNanos());
        store.set(base + DEPTH, depth + 1);
        setFrame(role.ordinal()
                | (long) (vector + 1) << VECTOR_SHIFT
                | (role == ProgramRole.BACKGROUND ? INTERRUPT_FLAG : 0));
        rests.set(restBase + REMAINING, 0);
    }

    /** Ends the innermost program; the one before goes on, with its own interrupt flag. */
    public void end() {
        int depth = depth() - 1;
        setFrame(store.get(base + OUTER_FRAMES + depth));
        rests.set(restBase + REMAINING, rests.get(restBase + OUTER_REMAINING + depth));
        store.set(base + OUTER_FRAMES + depth, 0);
        rests.set(restBase + OUTER_REMAINING + depth, 0);
        store.set(base + DEPTH, depth);
    }

    /** How many programs it is in the middle of. */
    public int depth() {
        return (int) store.get(base + DEPTH);
    }

    /** The role of the innermost program. */
    public ProgramRole role() {
        return ProgramRole.of(roleNumber());
    }

    /** The ordinal of {@link #role()}. */
    public int roleNumber() {
        return (int) frame() & 0xFF;
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
        return vector(frame());
    }

    private static int vector(long frame) {
        return ((int) (frame >>> VECTOR_SHIFT) & 0x1FF) - 1;
    }

    /** One more part of the step is done. */
    public void nextPart() {
        setFrame(frame() + (1L << PART_SHIFT));
    }

    /** Goes on to step {@code step} of the innermost program. */
    public void goTo(int step) {
        setFrame(frame() & PROGRAM | (long) step << STEP_SHIFT);
    }

    /** Goes on to the next step of the innermost program. */
    public void goOn() {
        setFrame((frame() & (PROGRAM | STEP)) + (1L << STEP_SHIFT));
    }

    /** Whether the step has begun and its remaining time is known. */
    public boolean hasBegun() {
        return (frame() & STEP_BEGUN) != 0;
    }

    /** The step has begun and takes another {@code nanos} nanoseconds. */
    public void keepRemaining(long nanos) {
        setFrame(frame() | STEP_BEGUN);
        rests.set(restBase + REMAINING, nanos);
    }

    /** The remaining time of the step, nanoseconds. */
    public long remainingNanos() {
        return rests.get(restBase + REMAINING);
    }

    /** RFLAGS.IF. */
    public boolean interruptFlag() {
        return (frame() & INTERRUPT_FLAG) != 0;
    }

    /** Sets RFLAGS.IF. */
    public void setInterruptFlag(boolean on) {
        setFrame(on ? frame() | INTERRUPT_FLAG : frame() & ~INTERRUPT_FLAG);
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
        int depth = depth();
        if (depth > 0 && vector() == vector) {
            return true;
        }
        // The outermost frame is that of no program: the interrupt flag before the first one.
        for (int i = 1; i < depth; i++) {
            if (vector(store.get(base + OUTER_FRAMES + i)) == vector) {
                return true;
            }
        }
        return false;
    }

    private long frame() {
        return store.get(base + FRAME);
    }

    private void setFrame(long frame) {
        store.set(base + FRAME, frame);
    }
}
