// SPDX-License-Identifier: Apache-2.0
package irqstorm.state;

import java.util.Arrays;

/**
 * Which words of a store something touched, in the order in which it did so first, and what was in them before. A word that it only
 * wrote counts too: whether that changes the word depends on what was in it.
 */
final class Footprint {
    private int[] places = new int[64];
    private long[] values = new long[64];
    private int size;

    /** For each word, in which recording it was touched last. */
    private int[] touchedIn = {};

    private int recording;

    /** Begins anew, for a store of {@code words} words. */
    void begin(int words) {
        if (touchedIn.length < words) {
            touchedIn = new int[words];
            recording = 0;
        }
        recording++;
        size = 0;
    }

    /** The word at {@code place} is read or written; {@code value} is in it. */
    void touch(int place, long value) {
        if (touchedIn[place] != recording) {
            touchedIn[place] = recording;
            if (size == places.length) {
                places = Arrays.copyOf(places, 2 * size);
                values = Arrays.copyOf(values, 2 * size);
            }
            places[size] = place;
            values[size++] = value;
        }
    }

    /** How many words were touched. */
    int size() {
        return size;
    }

    /** The word that was touched {@code i}th, from 0. */
    int place(int i) {
        return places[i];
    }

    /** What was in it. */
    long value(int i) {
        return values[i];
    }
}
