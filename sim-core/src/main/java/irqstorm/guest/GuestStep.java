// SPDX-License-Identifier: Apache-2.0
package irqstorm.guest;

import irqstorm.random.DelayTable;
import org.jspecify.annotations.Nullable;

/**
 * One step of a guest program.
 *
 * @param kind what it does
 * @param operand what the kind says it means; 0 where it says nothing
 * @param duration how long it takes; only for kinds that are timed
 * @param when the conditions that must hold, as a set of {@link Condition#mask()}
 * @param unless the conditions that must not hold, as a set of {@link Condition#mask()}
 */
public record GuestStep(
        StepKind kind, long operand, @Nullable DelayTable duration, int when, int unless) {
    /** Checks that exactly the timed kinds have a duration. */
    public GuestStep {
        if (kind.isTimed() != (duration != null)) {
            throw new IllegalArgumentException(
                    "step " + kind.label() + (kind.isTimed() ? " needs" : " takes no") + " duration");
        }
    }

    /** An unconditional step without duration. */
    public static GuestStep of(StepKind kind, long operand) {
        return new GuestStep(kind, operand, null, 0, 0);
    }

    /** An unconditional {@link StepKind#RUN}. */
    public static GuestStep run(DelayTable duration) {
        return new GuestStep(StepKind.RUN, 0, duration, 0, 0);
    }

    /** This step, done only if {@code condition} holds too. */
    public GuestStep when(Condition condition) {
        return new GuestStep(kind, operand, duration, when | condition.mask(), unless);
    }

    /** This step, done only if {@code condition} does not hold. */
    public GuestStep unless(Condition condition) {
        return new GuestStep(kind, operand, duration, when, unless | condition.mask());
    }

    /** Whether it depends on anything whether the step is done. */
    public boolean isConditional() {
        return (when | unless) != 0;
    }

    /** Whether the step is done when exactly {@code holding}, a set of {@link Condition#mask()}, hold. */
    public boolean applies(int holding) {
        return (when & ~holding) == 0 && (unless & holding) == 0;
    }
}
