// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import irqstorm.run.Parallel;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** On how many threads a command works. What it prints does not depend on it. */
final class ThreadsArgument {
    private static final int MOST_THREADS = 1024;

    @Option(
            names = "--threads",
            paramLabel = "T",
            converter = WideNumber.class,
            description = "How many threads work. Default: as many as there are processors.")
    private @Nullable Long threads;

    /**
     * How many threads.
     *
     * @throws BadInput if more or less were asked for than there can be
     */
    int count() {
        return BoundedNumber.of("--threads", threads, 1, MOST_THREADS, Parallel.allProcessors());
    }
}
