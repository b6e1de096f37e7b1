// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.engine.Priority;
import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.machine.TimedStep.Schedule;
import irqstorm.state.StateStore;
import irqstorm.state.WatchedStore.TallyWatcher;
import irqstorm.trace.EventBatch;
import irqstorm.trace.TraceSink;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * The surroundings of a machine whose transitions are recorded: its agenda, its chances, the source of its durations, and who is told of
 * its events. Times are {@link TimeTerm}s here. Where the model would decide by a time or by chance, recording ends with
 * {@link NotRepeatable}.
 */
final class TransitionRecorder implements Agenda, Chances, TraceSink, TallyWatcher {
    /** The cause of the first event of a transition. */
    private static final long CAUSE_BEFORE = -1;

    private final StateStore times;
    private final IntFunction<DelayStream> streams;
    private List<TimedStep> steps = new ArrayList<>();
    private EventBatch events = new EventBatch();
    private final Set<Integer> tallies = new LinkedHashSet<>();
    private int registers;
    private long cause;

    /**
     * A recorder for a machine that keeps its times in {@code times}.
     *
     * @param streams where durations are drawn when a transition happens
     */
    TransitionRecorder(StateStore times, IntFunction<DelayStream> streams) {
        this.times = times;
        this.streams = streams;
    }

    /**
     * Records what {@code machine} does when {@code payload} happens.
     *
     * @throws NotRepeatable if it would not always do so in this state
     * @throws IllegalStateException if a rule of the model is broken
     */
    void record(Machine machine, long payload) {
        steps = new ArrayList<>();
        events = new EventBatch();
        tallies.clear();
        registers = 0;
        cause = CAUSE_BEFORE;
        for (int word = 0; word < times.size(); word++) {
            times.set(word, TimeTerm.word(word));
        }
        machine.apply(0, payload, CAUSE_BEFORE);
        keepTimes();
    }

    /** What was recorded last, as a transition to {@code target}. */
    Transition transition(KnownState target) {
        return new Transition(events, steps, target);
    }

    /** What the transition has set is set at its end, and what it has copied is read before that, as it was at its beginning. */
    private void keepTimes() {
        for (int word = 0; word < times.size(); word++) {
            long term = times.get(word);
            int from = TimeTerm.wordOf(term);
            int scheduled = TimeTerm.stepOf(term);
            if (from != TimeTerm.NONE && from != word) {
                times.set(word, load(from));
            } else if (scheduled != TimeTerm.NONE && !((Schedule) steps.get(scheduled)).keepHandle(word)) {
                throw new NotRepeatable("a handle that is kept twice");
            }
        }
        for (int word = 0; word < times.size(); word++) {
            long term = times.get(word);
            if (term == TimeTerm.NOW) {
                steps.add(new TimedStep.Mark(word));
            } else if (TimeTerm.isSum(term)) {
                steps.add(new TimedStep.Assign(word, term));
            } else if (TimeTerm.wordOf(term) != word && TimeTerm.stepOf(term) == TimeTerm.NONE) {
                throw new NotRepeatable("a time that is computed from others");
            }
        }
    }

    /** What stands for the next duration of stream {@code number}. */
    long draw(int number) {
        int register = register();
        steps.add(new TimedStep.Draw(streams.apply(number), register));
        return TimeTerm.register(register);
    }

    private int register() {
        if (registers == TimeTerm.REGISTERS) {
            throw new NotRepeatable("more times than there are registers");
        }
        return registers++;
    }

    private long load(int word) {
        // A handle is kept as soon as there is one, and what was in its word before is gone.
        if (TimeTerm.stepOf(times.get(word)) != TimeTerm.NONE) {
            throw new NotRepeatable("a handle that is out of date");
        }
        int register = register();
        steps.add(new TimedStep.Load(word, register));
        return TimeTerm.register(register);
    }

    /** A term that can be added up: a sum as it is, a word by loading it. */
    private long sum(long term) {
        return TimeTerm.isSum(term) ? term : load(requireWord(term));
    }

    /** The word that {@code term} is, if it still is in it. */
    private int unchanged(long term) {
        int word = requireWord(term);
        requireUnchanged(word);
        return word;
    }

    private void requireUnchanged(int word) {
        if (times.get(word) != TimeTerm.word(word)) {
            throw new NotRepeatable("a time that has changed");
        }
    }

    private int requireWord(long term) {
        int word = TimeTerm.wordOf(term);
        if (word < 0 || word >= times.size()) {
            throw new NotRepeatable("a time that is computed from others");
        }
        return word;
    }

    @Override
    public void record(
            long sequence, long timeNanos, Actor actor, EventKind kind, long a, long b, long c, long causeBefore) {
        events.add(actor, kind, a, b, c);
        cause = sequence;
    }

    @Override
    public long now() {
        return TimeTerm.NOW;
    }

    @Override
    public long schedule(long delayNanos, Priority priority, long payload, long causedBy) {
        if (causedBy != 0 && causedBy != cause) {
            throw new NotRepeatable("an earlier cause");
        }
        Schedule step = new Schedule(sum(delayNanos), priority, payload, causedBy == 0 ? -1 : events.size());
        steps.add(step);
        return TimeTerm.handle(steps.size() - 1);
    }

    @Override
    public void cancel(long handle) {
        steps.add(new TimedStep.Cancel(unchanged(handle)));
    }

    @Override
    public long inTurn(StateStore lanes, int busyUntil, long delay) {
        long alone = sum(delay);
        int register = register();
        requireUnchanged(busyUntil);
        steps.add(new TimedStep.InTurn(busyUntil, alone, register));
        return TimeTerm.register(register);
    }

    @Override
    public void addSince(StateStore clocks, int sum, int since) {
        // What began at this very moment adds nothing.
        if (times.get(since) != TimeTerm.NOW) {
            requireUnchanged(sum);
            requireUnchanged(since);
            steps.add(new TimedStep.AddSince(sum, since));
        }
    }

    @Override
    public long remainingNanos(long handle) {
        int register = register();
        steps.add(new TimedStep.Remaining(unchanged(handle), register));
        return TimeTerm.register(register);
    }

    @Override
    public long waitNanos(long timeNanos) {
        throw new NotRepeatable("how long it is until then");
    }

    @Override
    public long untilNanos(long timeNanos) {
        throw new NotRepeatable("how long it is until then");
    }

    /** No tally reaches its limit here: where one does, the model is run. */
    @Override
    public boolean counts(int number, long limit) {
        requireFirst(number);
        steps.add(new TimedStep.Count(number, limit));
        return false;
    }

    @Override
    public void cleared(int number) {
        requireFirst(number);
        steps.add(new TimedStep.Clear(number));
    }

    private void requireFirst(int tally) {
        if (!tallies.add(tally)) {
            throw new NotRepeatable("a tally that has changed");
        }
    }

    @Override
    public long asked(int number) {
        throw new NotRepeatable("a tally");
    }

    @Override
    public boolean happens(int perBillion) {
        throw new NotRepeatable("chance");
    }

    @Override
    public int noVector() {
        throw new NotRepeatable("chance");
    }
}
