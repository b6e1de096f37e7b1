// SPDX-License-Identifier: Apache-2.0
package irqstorm.state;

import java.util.Arrays;

/** What actions changed, numbered from 0: the words with their new values, the difference of the fingerprint, and a note. */
final class Effects {
    private int[] ends = new int[1 << 8];
    private long[] differences = new long[1 << 8];
    private int[] notes = new int[1 << 8];
    private int size;
    private int[] places = new int[1 << 10];
    private long[] values = new long[1 << 10];
    private int changes;

    /** Adds what has changed in {@code words} since {@code footprint} began. */
    void add(Footprint footprint, long[] words, long difference, int note) {
        if (size + 1 == ends.length) {
            ends = Arrays.copyOf(ends, 2 * ends.length);
            differences = Arrays.copyOf(differences, ends.length);
            notes = Arrays.copyOf(notes, ends.length);
        }
        for (int i = 0; i < footprint.size(); i++) {
            int place = footprint.place(i);
            if (words[place] != footprint.value(i)) {
                addChange(place, words[place]);
            }
        }
        differences[size] = difference;
        notes[size] = note;
        ends[++size] = changes;
    }

    private void addChange(int place, long value) {
        if (changes == places.length) {
            places = Arrays.copyOf(places, 2 * changes);
            values = Arrays.copyOf(values, 2 * changes);
        }
        places[changes] = place;
        values[changes++] = value;
    }

    int size() {
        return size;
    }

    /** The first of its changes; the one after the last is the first of the next effect. */
    int first(int effect) {
        return ends[effect];
    }

    int place(int change) {
        return places[change];
    }

    long value(int change) {
        return values[change];
    }

    long difference(int effect) {
        return differences[effect];
    }

    int note(int effect) {
        return notes[effect];
    }

    void clear() {
        size = 0;
        changes = 0;
    }
}
