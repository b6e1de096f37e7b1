// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.state.StateStore;
import irqstorm.trace.EventLog;

/** Does what recorded transitions do besides changing the state. */
final class TranscriptPlayer {
    private final Transcript transcript;
    private final TimedAgenda agenda;
    private final EventLog log;
    private final Delays delays;
    private final StateStore times;
    private final long[] registers = new long[TimeTerm.REGISTERS];

    TranscriptPlayer(Transcript transcript, TimedAgenda agenda, EventLog log, Delays delays, StateStore times) {
        this.transcript = transcript;
        this.agenda = agenda;
        this.log = log;
        this.delays = delays;
        this.times = times;
    }

    /** Does what is recorded from {@code start} on, at {@code timeNanos}, because of event {@code cause}. */
    void play(int start, long timeNanos, long cause) {
        log.moment(timeNanos, cause);
        long[] numbers = transcript.numbers();
        int used = 0;
        int at = start;
        while (true) {
            long step = numbers[at++];
            int first = Transcript.first(step);
            switch (Transcript.kind(step)) {
                case Transcript.RECORD -> {
                    log.record(
                            Transcript.actor(step),
                            Transcript.eventKind(step),
                            numbers[at],
                            numbers[at + 1],
                            numbers[at + 2]);
                    at += 3;
                }
                case Transcript.DRAW -> registers[used++] = delays.stream(first).draw();
                case Transcript.SCHEDULE -> {
                    schedule(step, numbers[at], sum(numbers[at + 1]));
                    at += 2;
                }
                case Transcript.SET -> times.set(first, sum(numbers[at++]));
                case Transcript.MARK -> times.set(first, timeNanos);
                case Transcript.ADD_SINCE -> agenda.addSince(times, first, Transcript.second(step));
                case Transcript.LOAD -> registers[used++] = times.get(first);
                case Transcript.CANCEL -> agenda.cancel(times.get(first));
                case Transcript.REMAINING -> registers[used++] = agenda.remainingNanos(times.get(first));
                case Transcript.IN_TURN -> registers[used++] = agenda.inTurn(times, first, sum(numbers[at++]));
                default -> {
                    return;
                }
            }
        }
    }

    private void schedule(long step, long payload, long delayNanos) {
        long cause = Transcript.hasCause(step) ? log.cause() : 0;
        long handle = agenda.schedule(delayNanos, Transcript.priority(step), payload, cause);
        int word = Transcript.handleWord(step);
        if (word >= 0) {
            times.set(word, handle);
        }
    }

    private long sum(long term) {
        long sum = TimeTerm.nanos(term);
        for (int left = TimeTerm.registers(term); left != 0; left &= left - 1) {
            sum += registers[Integer.numberOfTrailingZeros(left)];
        }
        return sum;
    }
}
