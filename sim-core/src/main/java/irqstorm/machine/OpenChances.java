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
    private static final int MOST_CHANCES = 8;

    private final int[] noVectors;
    private final int[] chosen = new int[MOST_CHANCES];
    private final int[] options = new int[MOST_CHANCES];
    private int chances;
    private int rest;

    OpenChances(MachineConfig config) {
        int[] lowBytes = IntStream.concat(config.everyPin().stream().mapToInt(Pin::vector), IntStream.of(0))
                .distinct()
                .toArray();
        this.noVectors = IntStream.concat(
                        Arrays.stream(lowBytes).map(low -> ABOVE | low),
                        Arrays.stream(lowBytes).map(low -> -ABOVE | low))
                .toArray();
    }

    /** What follows is outcome {@code number}, from 0, of a move: the chances that it has are its digits, the first one last. */
    void begin(int number) {
        rest = number;
        chances = 0;
    }

    /**
     * The outcome after the one that was begun last, or {@link UntimedMachine#NONE}. What chances there are depends on how the ones
     * before them came out, so that not every number is an outcome.
     */
    int next() {
        int last = chances - 1;
        while (last >= 0 && chosen[last] == options[last] - 1) {
            last--;
        }
        if (last < 0) {
            return UntimedMachine.NONE;
        }
        int next = chosen[last] + 1;
        for (int chance = last - 1; chance >= 0; chance--) {
            next = next * options[chance] + chosen[chance];
        }
        return next;
    }

    /** Whether the number that was begun last is one of the outcomes, as far as the move has gone. */
    boolean isOutcome() {
        return rest == 0;
    }

    private int choose(int count) {
        int choice = rest % count;
        rest /= count;
        chosen[chances] = choice;
        options[chances++] = count;
        return choice;
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
