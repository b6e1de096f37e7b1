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
    private final boolean timed;
    private DelayTable[] tables = new DelayTable[16];
    private long[] keys = new long[16];
    private int[] counters = new int[16];
    private int size;

    /**
     * Streams whose positions are kept in {@code times}.
     *
     * @param timed whether durations are drawn; without, all are 0
     */
    Delays(StateStore times, long seed, long replication, boolean timed) {
        this.times = times;
        this.seed = seed;
        this.replication = replication;
        this.timed = timed;
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

    /** The next duration of stream {@code stream}, nanoseconds. */
    long draw(int stream) {
        if (!timed) {
            return 0;
        }
        long index = times.get(counters[stream]);
        times.set(counters[stream], index + 1);
        return tables[stream].at(RandomStreams.bits(keys[stream], index));
    }
}
