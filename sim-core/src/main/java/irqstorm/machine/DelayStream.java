// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.random.DelayTable;
import irqstorm.random.QuantileTable;
import irqstorm.random.RandomStreams;
import irqstorm.state.StateStore;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The durations of one source, one after the other. Its state is its position, a word of a store; what is kept besides follows from that. */
final class DelayStream {
    private static final int AHEAD_LOG2 = 4;
    private static final int AHEAD = 1 << AHEAD_LOG2;

    private final DelayTable table;
    private final long key;
    private final StateStore counts;
    private final int position;

    /** Whether every duration is the same, and which one it is. */
    private final boolean constant;

    private final long always;

    /** The durations of one block of positions, drawn together: it is the same work for each, and that of several overlaps. */
    private final long[] ahead;

    private long drawnBlock = -1;

    /** Says what stands for the next duration, where none is drawn. */
    private final @Nullable LongSupplier recorder;

    /** A stream of draws from {@code table} at its begin, with its position in {@code counts}. */
    DelayStream(DelayTable table, long key, Durations durations, StateStore counts, @Nullable LongSupplier recorder) {
        this.table = table;
        this.key = key;
        this.counts = counts;
        this.position = counts.reserve(1);
        this.recorder = recorder;
        this.constant = isConstant(table, durations);
        this.always = always(table, durations);
        this.ahead = new long[constant ? 0 : AHEAD];
    }

    private static boolean isConstant(DelayTable table, Durations durations) {
        boolean fixed = table.minNanos() == table.maxNanos();
        return switch (durations) {
            case DRAWN -> fixed;
            case RANGES, ANY -> true;
            case RECORDED -> fixed && TimeTerm.isPlain(table.minNanos());
        };
    }

    private static long always(DelayTable table, Durations durations) {
        return switch (durations) {
            case DRAWN, RECORDED -> table.minNanos();
            case RANGES -> DelayRange.of(table.minNanos(), table.maxNanos());
            case ANY -> 0;
        };
    }

    /** The next duration: nanoseconds, or what stands for them. */
    long draw() {
        if (constant) {
            return always;
        }
        LongSupplier streamRecorder = recorder;
        if (streamRecorder != null) {
            return streamRecorder.getAsLong();
        }
        long index = counts.get(position);
        counts.set(position, index + 1);
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
