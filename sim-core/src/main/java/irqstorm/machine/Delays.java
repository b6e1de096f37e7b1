// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.random.DelayTable;
import irqstorm.random.RandomStreams;
import irqstorm.state.StateStore;

/**
 * The durations a machine draws. Every source has a stream of its own, keyed by seed, replication and the source's name, so that two
 * configurations draw the same numbers for the same thing (common random numbers).
 */
final class Delays {
    private final StateStore times;
    private final long seed;
    private final long replication;
    private final Durations durations;

    /**
     * Streams whose positions are kept in {@code times}.
     *
     * @param durations what a duration is
     */
    Delays(StateStore times, long seed, long replication, Durations durations) {
        this.times = times;
        this.seed = seed;
        this.replication = replication;
        this.durations = durations;
    }

    /** A new stream of draws from {@code table} for {@code source}. */
    DelayStream register(String source, DelayTable table) {
        return new DelayStream(table, RandomStreams.key(seed, replication, source), durations, times);
    }
}
