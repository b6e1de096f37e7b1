// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.random.DelayTable;
import irqstorm.random.RandomStreams;
import irqstorm.state.StateStore;
import java.util.Arrays;

/**
 * The durations a machine draws. Every source has a stream of its own, keyed by seed, replication and the source's name, so that two
 * configurations draw the same numbers for the same thing (common random numbers).
 */
final class Delays {
    private final StateStore times;
    private final long seed;
    private final long replication;
    private final Durations durations;
    private DelayTable[] tables = new DelayTable[16];
    private long[] keys = new long[16];
    private int[] counters = new int[16];
    private int size;

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

    /** A new stream of draws from {@code table}; the result is its number. */
    int register(String source, DelayTable table) {
        if (size == tables.length) {
            tables = Arrays.copyOf(tables, 2 * size);
            keys = Arrays.copyOf(keys, 2 * size);
            counters = Arrays.copyOf(counters, 2 * size);
        }
        tables[size] = table;
        keys[size] = RandomStreams.key(seed, replication, source);
        counters[size] = times.reserve(1);
        return size++;
    }

    /** The next duration of stream {@code stream}: nanoseconds, or what stands for them. */
    long draw(int stream) {
        return switch (durations) {
            case DRAWN -> {
                long index = times.get(counters[stream]);
                times.set(counters[stream], index + 1);
                yield tables[stream].at(RandomStreams.bits(keys[stream], index));
            }
            case ANY -> 0;
            case RANGES -> DelayRange.of(tables[stream].minNanos(), tables[stream].maxNanos());
        };
    }
}
