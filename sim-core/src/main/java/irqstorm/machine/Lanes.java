// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.state.StateStore;

/**
 * Where ioctls go one after the other: those about a line, since the VMM holds its lock meanwhile, and those of a thread. One that takes
 * less time than what is before it in its lane does not overtake it.
 */
final class Lanes {
    private final StateStore times;
    private final Agenda agenda;
    private final int lineBusy;
    private final int threadBusy;

    /** Lanes that are free, with the time until which each is busy in {@code times}. */
    Lanes(StateStore times, Agenda agenda, int lines, int threads) {
        this.times = times;
        this.agenda = agenda;
        this.lineBusy = times.reserve(lines);
        this.threadBusy = times.reserve(threads);
    }

    /** How long from now an ioctl about {@code line} takes that would take {@code delay} alone. */
    long onLine(int line, long delay) {
        return agenda.inTurn(times, lineBusy + line, delay);
    }

    /** How long from now an ioctl of {@code thread} takes that would take {@code delay} alone; on no thread, nothing is before it. */
    long onThread(int thread, long delay) {
        return thread == Payload.NO_THREAD ? delay : agenda.inTurn(times, threadBusy + thread, delay);
    }
}
