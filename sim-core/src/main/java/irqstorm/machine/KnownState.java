// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.state.StateStore;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A state that a machine was in, and what is known to happen there. States are equal if their words are. */
final class KnownState {
    private final long[] words;
    private int hash;
    private @Nullable Way ways;

    /**
     * What is known of a payload.
     *
     * @param transition what it does; null if that depends on more than the state
     * @param next what is known of another payload in the same state, or null
     */
    record Way(
            long payload,
            @Nullable Transition transition,
            @Nullable Way next) {}

    /** A state of so many words, all 0. */
    KnownState(int words) {
        this.words = new long[words];
    }

    /** Becomes the state that {@code store} is in, as long as it is not kept by its words. */
    void read(StateStore store) {
        store.copyTo(words);
        hash = Arrays.hashCode(words);
    }

    /** {@code store} goes to this state. */
    void write(StateStore store) {
        store.copyFrom(words);
    }

    /** A new state with the same words, in which nothing is known to happen. */
    KnownState copy() {
        KnownState copy = new KnownState(words.length);
        System.arraycopy(words, 0, copy.words, 0, words.length);
        copy.hash = hash;
        return copy;
    }

    /** What is known of {@code payload} in this state, or null if nothing is. */
    @Nullable
    Way way(long payload) {
        Way way = ways;
        while (way != null && way.payload != payload) {
            way = way.next;
        }
        return way;
    }

    /** {@code payload}, of which nothing was known, does {@code transition}; null if that depends on more than the state. */
    Way addWay(long payload, @Nullable Transition transition) {
        Way way = new Way(payload, transition, ways);
        ways = way;
        return way;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KnownState that && hash == that.hash && Arrays.equals(words, that.words);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
