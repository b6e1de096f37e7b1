// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.state.StateStore;

/** The clock of a machine as the {@link TimedStep}s of a transition see it, and their registers. */
final class Clockwork {
    private final TimedAgenda agenda;
    private final StateStore state;
    private final StateStore times;
    private final long[] registers = new long[TimeTerm.REGISTERS];

    /** The event that the transition happens because of. */
    private long causeBefore;

    /** How many events had been recorded when it began; they are numbered from 1. */
    private long recordedBefore;

    Clockwork(TimedAgenda agenda, StateStore state, StateStore times) {
        this.agenda = agenda;
        this.state = state;
        this.times = times;
    }

    /** A transition begins because of event {@code cause}, when {@code recorded} events have been recorded. */
    void begin(long cause, long recorded) {
        causeBefore = cause;
        recordedBefore = recorded;
    }

    TimedAgenda agenda() {
        return agenda;
    }

    /** Where the tallies are; the words may be out of date. */
    StateStore state() {
        return state;
    }

    StateStore times() {
        return times;
    }

    void set(int register, long nanos) {
        registers[register] = nanos;
    }

    /** The value of a sum of registers and a number, nanoseconds. */
    long sum(long term) {
        long sum = TimeTerm.nanos(term);
        for (int left = TimeTerm.registers(term); left != 0; left &= left - 1) {
            sum += registers[Integer.numberOfTrailingZeros(left)];
        }
        return sum;
    }

    /** The number of the event that is the {@code event}th of the transition, from 1; 0 is the one that it happens because of. */
    long cause(int event) {
        return event == 0 ? causeBefore : recordedBefore + event;
    }
}
