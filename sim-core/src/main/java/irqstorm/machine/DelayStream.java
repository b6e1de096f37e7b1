// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.random.DelayTable;
import irqstorm.random.QuantileTable;
import irqstorm.random.RandomStreams;
import irqstorm.state.StateStore;

/** The durations of one source, one after the other. Its state is its position, a word of a store; what is kept besides follows from that. */
final class DelayStream {
    private static final int AHEAD_LOG2 = 4;
    private static final int AHEAD = 1 << AHEAD_LOG2;

    private final DelayTable table;
    private final long key;
    private final StateStore times;
    private final int position;

    /** Whether every duration is the same, and which one it is. */
    private final boolean constant;

    private final long always;

    /** The durations of one block of positions, drawn together: it is the same work for each, and that of several overlaps. */
    private final long[] ahead;

    private long drawnBlock = -1;

    /** A stream of draws from {@code table} at its begin, with its position in {@code times}. */
    DelayStream(DelayTable table, long key, Durations durations, StateStore times) {
        this.table = table;
        this.key = key;
        this.times = times;
        this.position = times.reserve(1);
        this.constant = durations != Durations.DRAWN || table.minNanos() == table.maxNanos();
        this.always = always(table, durations);
        this.ahead = new long[constant ? 0 : AHEAD];
    }

    private static long always(DelayTable table, Durations durations) {
        return switch (durations) {
            case DRAWN -> table.minNanos();
            case RANGES -> DelayRange.of(table.minNanos(), table.maxNanos());
            case ANY -> 0;
        };
    }

    /** The next duration: nanoseconds, or what stands for them. */
    long draw() {
        if (constant) {
            return always;
        }
        long index = times.get(position);
        times.set(position, index + 1);
        if (index >>> AHEAD_LOG2 != drawnBlock) {
            drawAhead(index >>> AHEAD_LOG2);
        }
        return ahead[(int) index & AHEAD - 1];
    }

    private void drawAhead(long block) {
        for (int i = 0; i < AHEAD; i++) {
            ahead[i] = at((block << AHEAD_LOG2) + i);
        }
        drawnBlock = block;
    }

    private long at(long index) {
        long bits = RandomStreams.bits(key, index);
        // Asked for by name, the commonest kind of table is compiled into the caller, however many kinds a machine has.
        return table instanceof QuantileTable quantiles ? quantiles.at(bits) : table.at(bits);
    }
}
