// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.experiment;

import irqstorm.run.Parallel;
import java.util.function.LongConsumer;

/**
 * How an experiment is carried out. Its results do not depend on it.
 *
 * @param threads how many replications run at a time, 1 or more
 * @param progress is told how many replications of all configurations are done or will not be needed, on the thread that asked for the
 *     experiment
 */
public record Execution(int threads, LongConsumer progress) {
    /** On all processors, watched by nobody. */
    public static Execution onAllProcessors() {
        return on(Parallel.allProcessors());
    }

    /** On so many threads, watched by nobody. */
    public static Execution on(int threads) {
        return new Execution(threads, done -> {});
    }
}
