// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

import irqstorm.apic.IoApicProfile.LevelTriggered;
import irqstorm.apic.IoApicProfile.Polarity;
import irqstorm.apic.IoApicProfile.PowerOnEntry;
import irqstorm.state.StateStore;

/**
 * The state of an I/O APIC's pins, and what can be read off it: redirection entries, lines, what is pending, and counts.
 *
 * <p>What is pending is one bit a pin in words of 64 pins, so that looking for it costs next to nothing where there is none. The vectors
 * of eight pins are one word besides, of a byte each, so that looking for one reads a word for eight pins.
 */
final class PinTable {
    private static final int PINS_PER_VECTOR_WORD = Long.BYTES;
    private static final long BYTES = 0x0101_0101_0101_0101L;
    private static final long LOW_BITS = 0x7F7F_7F7F_7F7F_7F7FL;

    private static final int ENTRY = 0;
    private static final int LINE = 1;
    private static final int ASSERTIONS = 2;
    private static final int WORDS_PER_PIN = 3;
    private static final int PINS_PER_WORD = Long.SIZE;

    private final StateStore store;
    private final int base;
    private final int pending;
    private final int vectors;
    private final int successiveEois;
    private final int pins;
    private final long polarityBit;
    private final long levelBit;

    PinTable(StateStore store, IoApicProfile profile) {
        this.store = store;
        this.pins = profile.pins();
        this.polarityBit = profile.polarity() == Polarity.HONOURED ? RedirectionEntry.ACTIVE_LOW : 0;
        this.levelBit = profile.levelTriggered() == LevelTriggered.AS_EDGE ? 0 : RedirectionEntry.LEVEL;
        this.base = store.reserve(WORDS_PER_PIN * pins);
        this.pending = store.reserve((pins + PINS_PER_WORD - 1) / PINS_PER_WORD);
        this.vectors = store.reserve((pins + PINS_PER_VECTOR_WORD - 1) / PINS_PER_VECTOR_WORD);
        this.successiveEois = store.reserveTallies(pins);
        long reset = profile.powerOnEntry() == PowerOnEntry.MASKED ? RedirectionEntry.RESET : 0;
        for (int pin = 0; pin < pins; pin++) {
            setEntry(pin, reset);
        }
    }

    int pins() {
        return pins;
    }

    long entry(int pin) {
        return store.get(word(pin, ENTRY));
    }

    void setEntry(int pin, long entry) {
        if (vector(pin) != RedirectionEntry.vector(entry)) {
            int word = vectors + pin / PINS_PER_VECTOR_WORD;
            int shift = pin * Byte.SIZE;
            store.set(word, store.get(word) & ~(0xFFL << shift) | (long) RedirectionEntry.vector(entry) << shift);
        }
        store.set(word(pin, ENTRY), entry);
    }

    int vector(int pin) {
        return RedirectionEntry.vector(entry(pin));
    }

    /** The lowest pin from {@code from} on whose entry has {@code vector}, or −1. */
    int nextWithVector(int vector, int from) {
        int first = from / PINS_PER_VECTOR_WORD;
        for (int word = first; word * PINS_PER_VECTOR_WORD < pins; word++) {
            long found = zeroBytes(store.get(vectors + word) ^ vector * BYTES);
            if (word == first) {
                found &= -1L << from * Byte.SIZE;
            }
            if (found != 0) {
                int pin = word * PINS_PER_VECTOR_WORD + Long.numberOfTrailingZeros(found) / Byte.SIZE;
                return pin < pins ? pin : -1;
            }
        }
        return -1;
    }

    /** The highest bit of each byte that is zero; others are clear (Warren, Hacker's Delight, section 6-1). */
    private static long zeroBytes(long bytes) {
        return ~((bytes & LOW_BITS) + LOW_BITS | bytes | LOW_BITS);
    }

    boolean isMasked(int pin) {
        return RedirectionEntry.isMasked(entry(pin));
    }

    boolean hasRemoteIrr(int pin) {
        return RedirectionEntry.hasRemoteIrr(entry(pin));
    }

    /** Whether the chip treats the pin as level-triggered. */
    boolean isLevel(int pin) {
        return isLevel(entry(pin));
    }

    /** Whether the chip would treat a pin with this entry as level-triggered. */
    boolean isLevel(long entry) {
        return (entry & levelBit) != 0;
    }

    /** Whether the two entries see a line differently. */
    boolean inputDiffers(long one, long other) {
        return ((one ^ other) & (RedirectionEntry.LEVEL | polarityBit)) != 0;
    }

    boolean isLineHigh(int pin) {
        return store.get(word(pin, LINE)) != 0;
    }

    void setLineHigh(int pin, boolean high) {
        store.set(word(pin, LINE), high ? 1 : 0);
    }

    /** Whether the line's level is an assertion, by the polarity of the entry where that is honoured. */
    boolean isActive(int pin) {
        return isLineHigh(pin) != ((entry(pin) & polarityBit) != 0);
    }

    /** How many more assertions than deassertions were counted on a line that counts them. */
    long assertions(int pin) {
        return store.get(word(pin, ASSERTIONS));
    }

    void setAssertions(int pin, long count) {
        store.set(word(pin, ASSERTIONS), count);
    }

    int successiveEois(int pin) {
        return (int) store.tally(successiveEois + pin);
    }

    /** Counts another successive EOI. Returns whether that makes {@code limit}; then counting begins again. */
    boolean countEoi(int pin, int limit) {
        return store.countTo(successiveEois + pin, limit);
    }

    void forgetEois(int pin) {
        store.clearTally(successiveEois + pin);
    }

    /** Whether something is to be delivered: an asserted level, or a latched edge. */
    boolean isPending(int pin) {
        return (store.get(pending + pin / PINS_PER_WORD) >>> pin & 1) != 0;
    }

    void setPending(int pin, boolean on) {
        int word = pending + pin / PINS_PER_WORD;
        long bit = 1L << pin;
        store.set(word, on ? store.get(word) | bit : store.get(word) & ~bit);
    }

    /** The lowest pin from {@code from} on with something pending, or −1. */
    int nextPending(int from) {
        int first = from / PINS_PER_WORD;
        for (int word = first; word * PINS_PER_WORD < pins; word++) {
            long bits = store.get(pending + word) & (word == first ? -1L << from : -1L);
            if (bits != 0) {
                return word * PINS_PER_WORD + Long.numberOfTrailingZeros(bits);
            }
        }
        return -1;
    }

    private int word(int pin, int field) {
        return base + pin * WORDS_PER_PIN + field;
    }
}
