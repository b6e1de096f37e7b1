// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

import irqstorm.state.StateStore;

/**
 * The two 8259A of a PC, the second one on input 2 of the first, edge-triggered, fully nested (8259A datasheet). Initialisation and
 * operation command words are reduced to the three settings that matter to delivery: mask, vector base and the non-specific EOI.
 */
public final class Pic {
    /** The number of inputs. */
    public static final int LINES = 16;

    /** What {@link #acknowledge()} answers where nothing is requested: input 7 of the first chip. */
    private static final int SPURIOUS = 7;

    private static final int CASCADE = 2;
    private static final int LINE = 0;
    private static final int REQUESTED = 1;
    private static final int IN_SERVICE = 2;
    private static final int MASK = 3;
    private static final int VECTOR_BASE = 4;
    private static final int WORDS = 5;

    private final StateStore store;
    private final int base;

    /** Two chips after reset: nothing masked, vector base 0. */
    public Pic(StateStore store) {
        this.store = store;
        this.base = store.reserve(2 * WORDS);
    }

    /** Drives input {@code line}, 0 to 15; a rising edge is latched as a request. */
    public void setLine(int line, boolean high) {
        int chip = line >>> 3;
        long bit = 1L << (line & 7);
        if (high && (get(chip, LINE) & bit) == 0) {
            set(chip, REQUESTED, get(chip, REQUESTED) | bit);
        }
        set(chip, LINE, high ? get(chip, LINE) | bit : get(chip, LINE) & ~bit);
    }

    /** Writes the interrupt mask of {@code chip}, 0 or 1; a set bit keeps the input from being delivered. */
    public void setMask(int chip, int mask) {
        set(chip, MASK, mask & 0xFF);
    }

    /** Sets the vector of input 0 of {@code chip}, 0 or 1. */
    public void setVectorBase(int chip, int vector) {
        set(chip, VECTOR_BASE, vector & 0xF8);
    }

    /** Whether the INTR output is raised. */
    public boolean isRequested() {
        return pending(0) >= 0;
    }

    /** INTA: the vector of the highest-priority request, which goes into service; a spurious vector if there is none. */
    public int acknowledge() {
        int line = pending(0);
        if (line < 0) {
            return (int) get(0, VECTOR_BASE) + SPURIOUS;
        }
        take(0, line);
        if (line != CASCADE) {
            return (int) get(0, VECTOR_BASE) + line;
        }
        int second = pending(1);
        take(1, second);
        return (int) get(1, VECTOR_BASE) + second;
    }

    /** The non-specific EOI of {@code chip}: ends its highest-priority interrupt in service. */
    public void endOfInterrupt(int chip) {
        long inService = get(chip, IN_SERVICE);
        set(chip, IN_SERVICE, inService & inService - 1);
    }

    private void take(int chip, int line) {
        set(chip, REQUESTED, get(chip, REQUESTED) & ~(1L << line));
        set(chip, IN_SERVICE, get(chip, IN_SERVICE) | 1L << line);
    }

    /** The input that would be delivered, or −1; a lower number has the higher priority. */
    private int pending(int chip) {
        long requested = get(chip, REQUESTED) | (chip == 0 && pending(1) >= 0 ? 1L << CASCADE : 0);
        requested &= ~get(chip, MASK);
        int line = Long.numberOfTrailingZeros(requested);
        return line < Long.numberOfTrailingZeros(get(chip, IN_SERVICE)) ? line : -1;
    }

    private long get(int chip, int word) {
        return store.get(base + chip * WORDS + word);
    }

    private void set(int chip, int word, long value) {
        store.set(base + chip * WORDS + word, value);
    }
}
