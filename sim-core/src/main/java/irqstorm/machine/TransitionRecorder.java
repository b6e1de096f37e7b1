// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.engine.Priority;
import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.state.StateStore;
import irqstorm.trace.TraceSink;

/**
 * The surroundings of a machine whose transitions are recorded and not done: its agenda, its chances, the source of its durations, and
 * who is told of its events. Times are {@link TimeTerm}s here. Where the model would decide by a time or by chance, recording ends with
 * {@link NotRepeatable}.
 */
final class TransitionRecorder implements Agenda, Chances, TraceSink {
    /** The cause of the first event of a transition. */
    private static final long CAUSE_BEFORE = -1;

    private final StateStore times;
    private final Transcript transcript;
    private int registers;
    private long cause;

    /** A recorder for a machine that keeps its times in {@code times}, writing to {@code transcript}. */
    TransitionRecorder(StateStore times, Transcript transcript) {
        this.times = times;
        this.transcript = transcript;
    }

    /**
     * Records what {@code machine} does when {@code payload} happens.
     *
     * @return where that begins in the transcript
     * @throws NotRepeatable if it would not always do so in this state; nothing is recorded then
     * @throws IllegalStateException if a rule of the model is broken; nothing is recorded then
     */
    int record(Machine machine, long payload) {
        int start = transcript.size();
        registers = 0;
        cause = CAUSE_BEFORE;
        for (int word = 0; word < times.size(); word++) {
            times.set(word, TimeTerm.word(word));
        }
        try {
            machine.apply(0, payload, CAUSE_BEFORE);
            keepTimes();
        } catch (IllegalStateException e) {
            transcript.cutTo(start);
            throw e;
        }
        transcript.add(Transcript.END, 0, 0);
        return start;
    }

    /** What the transition has set is set at its end, and what it has copied is read before that, as it was at its beginning. */
    private void keepTimes() {
        for (int word = 0; word < times.size(); word++) {
            long term = times.get(word);
            int from = TimeTerm.wordOf(term);
            int scheduled = TimeTerm.stepOf(term);
            if (from != TimeTerm.NONE && from != word) {
                times.set(word, load(from));
            } else if (scheduled != TimeTerm.NONE && !transcript.keepHandle(scheduled, word)) {
                throw NotRepeatable.INSTANCE;
            }
        }
        for (int word = 0; word < times.size(); word++) {
            long term = times.get(word);
            if (term == TimeTerm.NOW) {
                transcript.add(Transcript.MARK, word, 0);
            } else if (TimeTerm.isSum(term)) {
                transcript.add(Transcript.SET, word, 0);
                transcript.addNumber(term);
            } else if (TimeTerm.wordOf(term) != word && TimeTerm.stepOf(term) == TimeTerm.NONE) {
                throw NotRepeatable.INSTANCE;
            }
        }
    }

    /** What stands for the next duration of stream {@code number}. */
    long draw(int number) {
        transcript.add(Transcript.DRAW, number, 0);
        return register();
    }

    private long register() {
        if (registers == TimeTerm.REGISTERS) {
            throw NotRepeatable.INSTANCE;
        }
        return TimeTerm.register(registers++);
    }

    private long load(int word) {
        // A handle is kept as soon as there is one, and what was in its word before is gone.
        if (TimeTerm.stepOf(times.get(word)) != TimeTerm.NONE) {
            throw NotRepeatable.INSTANCE;
        }
        transcript.add(Transcript.LOAD, word, 0);
        return register();
    }

    /** A term that can be added up: a sum as it is, a word by loading it. */
    private long sum(long term) {
        if (TimeTerm.isSum(term)) {
            return term;
        }
        int word = TimeTerm.wordOf(term);
        if (word < 0 || word >= times.size()) {
            throw NotRepeatable.INSTANCE;
        }
        return load(word);
    }

    /** The word that {@code term} is, if it still is in it. */
    private int unchanged(long term) {
        int word = TimeTerm.wordOf(term);
        if (word < 0 || word >= times.size() || times.get(word) != term) {
            throw NotRepeatable.INSTANCE;
        }
        return word;
    }

    @Override
    public void record(
            long sequence, long timeNanos, Actor actor, EventKind kind, long a, long b, long c, long causeBefore) {
        transcript.addRecord(actor, kind, a, b, c);
        cause = sequence;
    }

    @Override
    public long now() {
        return TimeTerm.NOW;
    }

    @Override
    public long schedule(long delayNanos, Priority priority, long payload, long ofCause) {
        if (ofCause != 0 && ofCause != cause) {
            throw NotRepeatable.INSTANCE;
        }
        long delay = sum(delayNanos);
        long handle = TimeTerm.handle(transcript.size());
        transcript.addSchedule(priority, ofCause != 0, payload, delay);
        return handle;
    }

    @Override
    public void cancel(long handle) {
        transcript.add(Transcript.CANCEL, unchanged(handle), 0);
    }

    @Override
    public long inTurn(StateStore lanes, int busyUntil, long delay) {
        long alone = sum(delay);
        transcript.add(Transcript.IN_TURN, unchanged(lanes.get(busyUntil)), 0);
        transcript.addNumber(alone);
        return register();
    }

    @Override
    public void addSince(StateStore clocks, int sum, int since) {
        // What began at this very moment adds nothing.
        if (clocks.get(since) != TimeTerm.NOW) {
            transcript.add(Transcript.ADD_SINCE, unchanged(clocks.get(sum)), unchanged(clocks.get(since)));
        }
    }

    @Override
    public long remainingNanos(long handle) {
        transcript.add(Transcript.REMAINING, unchanged(handle), 0);
        return register();
    }

    @Override
    public long waitNanos(long timeNanos) {
        throw NotRepeatable.INSTANCE;
    }

    @Override
    public long untilNanos(long timeNanos) {
        throw NotRepeatable.INSTANCE;
    }

    @Override
    public boolean happens(int perBillion) {
        throw NotRepeatable.INSTANCE;
    }

    @Override
    public int noVector() {
        throw NotRepeatable.INSTANCE;
    }
}
