// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.apic.VectorSet;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Chances of an exploration: each of the possible outcomes of a move has a number, and whoever chooses the move chooses the number.
 *
 * <p>Of the numbers that are no vector a few stand for all: KVM looks at the sign, at whether there is anything above the low byte, and
 * at the low byte, of which only the programmed vectors and one other lead to different ends.
 */
final class OpenChances implements Chances {
    private static final int ABOVE = VectorSet.VECTORS;

    private final int[] noVectors;
    private int rest;
    private int outcomes = 1;

    OpenChances(MachineConfig config) {
        int[] lowBytes = IntStream.concat(config.everyPin().stream().mapToInt(Pin::vector), IntStream.of(0))
                .distinct()
                .toArray();
        this.noVectors = IntStream.concat(
                        Arrays.stream(lowBytes).map(low -> ABOVE | low),
                        Arrays.stream(lowBytes).map(low -> -ABOVE | low))
                .toArray();
    }

    /** What follows is outcome {@code number}, from 0, of a move. */
    void begin(int number) {
        rest = number;
        outcomes = 1;
    }

    /** How many outcomes the move has that was begun last, as far as it has gone. */
    int outcomes() {
        return outcomes;
    }

    private int choose(int options) {
        int chosen = rest % options;
        rest /= options;
        outcomes *= options;
        return chosen;
    }

    @Override
    public boolean happens(int perBillion) {
        return perBillion == Hazard.Deed.CorruptEoiSlots.CERTAIN || choose(2) == 1;
    }

    @Override
    public int noVector() {
        return noVectors[choose(noVectors.length)];
    }
}
