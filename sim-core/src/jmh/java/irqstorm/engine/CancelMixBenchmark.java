// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import org.openjdk.jmh.annotations.Param;

/**
 * Timeouts that guard work: 1024 processes, each event of which cancels the pending timeout of its process and schedules
 * its next work and a new timeout.
 */
public class CancelMixBenchmark extends EngineBenchmark {
    private static final int PROCESSES = 1024;

    /** How many mean times of work a timeout waits longer than the work it guards. */
    @Param({"0", "20"})
    public long timeoutSeconds;

    private ExponentialDelays delays;

    @Override
    int maxPending() {
        return 2 * PROCESSES;
    }

    /** Gives every process its first work and timeout. */
    @Override
    void fill() {
        delays = new ExponentialDelays(1);
        subject.setHandler((timeNanos, payload, cause) -> {
            subject.cancelTimeout((int) payload);
            begin((int) payload);
        });
        for (int process = 0; process < PROCESSES; process++) {
            begin(process);
        }
        subject.run(50 * PROCESSES);
    }

    private void begin(int process) {
        long workNanos = delays.nextNanos();
        subject.scheduleAfter(workNanos, Priority.REACTION, process);
        long timeoutNanos = workNanos + timeoutSeconds * SimTime.NANOS_PER_SECOND + delays.nextNanos();
        subject.scheduleTimeoutAfter(timeoutNanos, Priority.TIMER, process, process);
    }
}
