// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.engine.Priority;

/** One thing that a transition does with the machine's clock; times are {@link TimeTerm}s, words those of {@link Stores#times}. */
abstract sealed class TimedStep {
    abstract void take(Clockwork clock);

    /** The next duration of a stream goes into a register. */
    static final class Draw extends TimedStep {
        private final DelayStream stream;
        private final int register;

        Draw(DelayStream stream, int register) {
            this.stream = stream;
            this.register = register;
        }

        @Override
        void take(Clockwork clock) {
            clock.set(register, stream.draw());
        }
    }

    /** What is in a word goes into a register. */
    static final class Load extends TimedStep {
        private final int word;
        private final int register;

        Load(int word, int register) {
            this.word = word;
            this.register = register;
        }

        @Override
        void take(Clockwork clock) {
            clock.set(register, clock.times().get(word));
        }
    }

    /** How long it is until the event happens whose handle is in a word goes into a register. */
    static final class Remaining extends TimedStep {
        private final int word;
        private final int register;

        Remaining(int word, int register) {
            this.word = word;
            this.register = register;
        }

        @Override
        void take(Clockwork clock) {
            clock.set(register, clock.agenda().remainingNanos(clock.times().get(word)));
        }
    }

    /** When something is done that waits for its turn in the lane of a word goes into a register. */
    static final class InTurn extends TimedStep {
        private final int word;
        private final long delay;
        private final int register;

        InTurn(int word, long delay, int register) {
            this.word = word;
            this.delay = delay;
            this.register = register;
        }

        @Override
        void take(Clockwork clock) {
            clock.set(register, clock.agenda().inTurn(clock.times(), word, clock.sum(delay)));
        }
    }

    /** An event is scheduled. */
    static final class Schedule extends TimedStep {
        private static final int NOWHERE = -1;
        private static final long NO_HANDLE = 0;

        private final long delay;
        private final Priority priority;
        private final long payload;
        private final int causedBy;
        private int handleWord = NOWHERE;

        /**
         * The step.
         *
         * @param causedBy as {@link Clockwork#cause} has it, or a negative number if the environment makes it happen
         */
        Schedule(long delay, Priority priority, long payload, int causedBy) {
            this.delay = delay;
            this.priority = priority;
            this.payload = payload;
            this.causedBy = causedBy;
        }

        /** The handle goes into {@code word}. Returns false if it goes into another one already. */
        boolean keepHandle(int word) {
            if (handleWord != NOWHERE) {
                return false;
            }
            handleWord = word;
            return true;
        }

        @Override
        void take(Clockwork clock) {
            keep(clock, clock.agenda().schedule(clock.sum(delay), priority, payload, cause(clock)));
        }

        /** Takes the step; if the event is the next one of all it is not scheduled, and time moves on to it. Returns whether that is so. */
        boolean takeOrAdvance(Clockwork clock) {
            long nanos = clock.sum(delay);
            boolean advances = clock.agenda().advanceBy(nanos);
            keep(clock, advances ? NO_HANDLE : clock.agenda().schedule(nanos, priority, payload, cause(clock)));
            return advances;
        }

        private void keep(Clockwork clock, long handle) {
            if (handleWord != NOWHERE) {
                clock.times().set(handleWord, handle);
            }
        }

        /** The number of the event that makes it happen. */
        long cause(Clockwork clock) {
            return causedBy < 0 ? 0 : clock.cause(causedBy);
        }

        long payload() {
            return payload;
        }
    }

    /** The event is cancelled whose handle is in a word. */
    static final class Cancel extends TimedStep {
        private final int word;

        Cancel(int word) {
            this.word = word;
        }

        @Override
        void take(Clockwork clock) {
            clock.agenda().cancel(clock.times().get(word));
        }
    }

    /** The time since the moment in one word is added to the sum in another. */
    static final class AddSince extends TimedStep {
        private final int sum;
        private final int since;

        AddSince(int sum, int since) {
            this.sum = sum;
            this.since = since;
        }

        @Override
        void take(Clockwork clock) {
            clock.agenda().addSince(clock.times(), sum, since);
        }
    }

    /** A word is set to a time. */
    static final class Assign extends TimedStep {
        private final int word;
        private final long term;

        Assign(int word, long term) {
            this.word = word;
            this.term = term;
        }

        @Override
        void take(Clockwork clock) {
            clock.times().set(word, clock.sum(term));
        }
    }

    /** A tally counts one more. */
    static final class Count extends TimedStep {
        private final int tally;
        private final long limit;

        Count(int tally, long limit) {
            this.tally = tally;
            this.limit = limit;
        }

        /** Whether that does not make the limit. */
        boolean staysBelowLimit(Clockwork clock) {
            return clock.state().tally(tally) + 1 < limit;
        }

        @Override
        void take(Clockwork clock) {
            clock.state().countTo(tally, limit);
        }
    }

    /** A tally begins again from 0. */
    static final class Clear extends TimedStep {
        private final int tally;

        Clear(int tally) {
            this.tally = tally;
        }

        @Override
        void take(Clockwork clock) {
            clock.state().clearTally(tally);
        }
    }

    /** A word is set to the present moment. */
    static final class Mark extends TimedStep {
        private final int word;

        Mark(int word) {
            this.word = word;
        }

        @Override
        void take(Clockwork clock) {
            clock.times().set(word, clock.agenda().now());
        }
    }
}
