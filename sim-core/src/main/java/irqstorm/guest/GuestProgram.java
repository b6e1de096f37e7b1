// SPDX-License-Identifier: Apache-2.0
package irqstorm.guest;

import java.util.List;

/**
 * A guest's behaviour in one situation, as a list of steps.
 *
 * @param steps the steps, in the order in which they are done; at most {@link #MAX_STEPS}
 */
public record GuestProgram(List<GuestStep> steps) {
    /** The longest program. */
    public static final int MAX_STEPS = 1000;

    /** A program that does nothing. */
    public static final GuestProgram EMPTY = new GuestProgram(List.of());

    /** Keeps its own copy of the steps. */
    public GuestProgram {
        steps = List.copyOf(steps);
        if (steps.size() > MAX_STEPS) {
            throw new IllegalArgumentException(steps.size() + " steps are more than " + MAX_STEPS);
        }
    }

    /** A program of these steps. */
    public static GuestProgram of(GuestStep... steps) {
        return new GuestProgram(List.of(steps));
    }
}
