// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.machine.TimedStep.Schedule;
import irqstorm.trace.EventBatch;
import irqstorm.trace.EventLog;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an event does in one state of the machine: it records events, does something with the clock, and leads to a state.
 *
 * <p>The events do not depend on the clock, so they are recorded first. What is scheduled last comes last, where nothing is cancelled
 * after it: often it is what happens next.
 */
final class Transition {
    private final EventBatch events;
    private final TimedStep.Count[] counts;
    private final TimedStep[] steps;
    private final @Nullable Schedule last;
    private final int schedules;
    private final KnownState target;

    /**
     * A transition.
     *
     * @param events what it records
     * @param steps what it does with the clock
     * @param target the state after it
     */
    Transition(EventBatch events, List<TimedStep> steps, KnownState target) {
        this.events = events;
        int at = placeOfLast(steps);
        this.last = at < 0 ? null : (Schedule) steps.get(at);
        this.steps = steps.stream().filter(step -> step != last).toArray(TimedStep[]::new);
        this.counts = steps.stream().filter(TimedStep.Count.class::isInstance).toArray(TimedStep.Count[]::new);
        this.schedules = (int) steps.stream().filter(Schedule.class::isInstance).count();
        this.target = target;
    }

    private static int placeOfLast(List<TimedStep> steps) {
        int at = steps.size() - 1;
        while (at >= 0 && !(steps.get(at) instanceof Schedule) && !(steps.get(at) instanceof TimedStep.Cancel)) {
            at--;
        }
        return at >= 0 && steps.get(at) instanceof Schedule ? at : -1;
    }

    /** Whether no tally reaches its limit by it, and as many events as it schedules may be pending besides those that are. */
    boolean isPossible(Clockwork clock) {
        for (TimedStep.Count count : counts) {
            if (!count.staysBelowLimit(clock)) {
                return false;
            }
        }
        return clock.agenda().room() >= schedules;
    }

    /**
     * It happens now, because of event {@code cause}.
     *
     * @return the step that schedules what happens next, if time has moved on to that; it is not scheduled then
     */
    @Nullable
    Schedule happen(EventLog log, Clockwork clock, long cause) {
        log.moment(clock.agenda().now(), cause);
        clock.begin(cause, log.count());
        log.record(events);
        for (TimedStep step : steps) {
            step.take(clock);
        }
        return last != null && last.takeOrAdvance(clock) ? last : null;
    }

    KnownState target() {
        return target;
    }
}
