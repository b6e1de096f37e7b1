// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import java.util.SplittableRandom;

/**
 * PHOLD (Fujimoto, 1990): 1024 processes, each event of which counts at its process and sends a message to a random one,
 * an exponential delay later.
 */
public class PholdBenchmark extends EngineBenchmark {
    private static final int PROCESSES = 1024;

    private final long[] received = new long[PROCESSES];
    private ExponentialDelays delays;
    private SplittableRandom random;

    @Override
    int maxPending() {
        return PROCESSES;
    }

    /** Has every process send a first message, and lets twenty messages a process go round. */
    @Override
    void fill() {
        delays = new ExponentialDelays(1);
        random = new SplittableRandom(2);
        subject.setHandler((timeNanos, payload, cause) -> {
            received[(int) payload]++;
            send();
        });
        for (int process = 0; process < PROCESSES; process++) {
            send();
        }
        subject.run(20 * PROCESSES);
    }

    private void send() {
        subject.scheduleAfter(delays.nextNanos(), Priority.REACTION, random.nextInt(PROCESSES));
    }
}
