// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.random.DelayTable;
import irqstorm.random.QuantileTable;
import irqstorm.random.RandomStreams;
import irqstorm.state.StateStore;

/** The durations of one source, one after the other. Its position is a word of a store; nothing else about it changes. */
final class DelayStream {
    private final DelayTable table;
    private final long key;
    private final Durations durations;
    private final StateStore times;
    private final int position;

    /** A stream of draws from {@code table} at its begin, with its position in {@code times}. */
    DelayStream(DelayTable table, long key, Durations durations, StateStore times) {
        this.table = table;
        this.key = key;
        this.durations = durations;
        this.times = times;
        this.position = times.reserve(1);
    }

    /** The next duration: nanoseconds, or what stands for them. */
    long draw() {
        if (durations != Durations.DRAWN) {
            return durations == Durations.ANY ? 0 : DelayRange.of(table.minNanos(), table.maxNanos());
        }
        long index = times.get(position);
        times.set(position, index + 1);
        long bits = RandomStreams.bits(key, index);
        // Asked for by name, the commonest kind of table is compiled into the caller, however many kinds a machine has.
        return table instanceof QuantileTable quantiles ? quantiles.at(bits) : table.at(bits);
    }
}
