// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.engine.RunLimits;
import irqstorm.trace.TraceEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A timed machine, and what it has recorded since somebody looked. */
final class RecordedMachine {
    private final List<TraceEvent> events = new ArrayList<>();
    private final TimedMachine timed;

    /** A machine that has not started; {@code modelEvents} is as {@link TimedMachine} has it. */
    RecordedMachine(MachineConfig config, RunLimits limits, long modelEvents) {
        this.timed = new TimedMachine(
                config,
                limits,
                modelEvents,
                (sequence, time, actor, kind, a, b, c, cause) ->
                        events.add(new TraceEvent(sequence, time, actor, kind, a, b, c, cause)));
    }

    TimedMachine timed() {
        return timed;
    }

    /** The events since the last look, and all that can be asked of the machine. */
    List<Object> look() {
        Machine machine = timed.machine();
        List<Object> position = List.of(
                List.copyOf(events),
                timed.now(),
                timed.eventsRun(),
                machine.eventCount(),
                machine.fingerprint(),
                machine.stateFingerprint(),
                List.of(machine.guestNanos(1), machine.guestNanos(2)),
                machine.isThrottled(),
                machine.isDestroyed(),
                Objects.toString(machine.stoppedAt()));
        events.clear();
        return position;
    }
}
