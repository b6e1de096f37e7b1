// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.random.DelayTable;
import irqstorm.random.RandomStreams;
import irqstorm.state.StateStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The durations a machine draws. Every source has a stream of its own, keyed by seed, replication and the source's name, so that two
 * configurations draw the same numbers for the same thing (common random numbers).
 */
final class Delays {
    private final StateStore counts;
    private final long seed;
    private final long replication;
    private final Durations durations;
    private final @Nullable IntToLongFunction recorder;
    private final List<DelayStream> streams = new ArrayList<>();

    /**
     * The streams of a machine whose positions are kept in {@code counts}.
     *
     * @param durations what a duration is
     */
    Delays(StateStore counts, MachineConfig config, Durations durations) {
        this(counts, config, durations, null);
    }

    private Delays(StateStore counts, MachineConfig config, Durations durations, @Nullable IntToLongFunction recorder) {
        this.counts = counts;
        this.seed = config.seed();
        this.replication = config.replication();
        this.durations = durations;
        this.recorder = recorder;
    }

    /**
     * Streams that nothing is drawn from.
     *
     * @param recorder says what stands for the next duration of the stream that has a number, as {@link #stream} has it
     */
    static Delays recorded(StateStore counts, MachineConfig config, IntToLongFunction recorder) {
        return new Delays(counts, config, Durations.RECORDED, recorder);
    }

    /** A new stream of draws from {@code table} for {@code source}. */
    DelayStream register(String source, DelayTable table) {
        int number = streams.size();
        IntToLongFunction streamRecorder = recorder;
        DelayStream stream = new DelayStream(
                table,
                RandomStreams.key(seed, replication, source),
                durations,
                counts,
                streamRecorder == null ? null : () -> streamRecorder.applyAsLong(number));
        streams.add(stream);
        return stream;
    }

    /** The stream that was registered as number {@code number}, from 0. */
    DelayStream stream(int number) {
        return streams.get(number);
    }

    /** Whether durations are drawn. */
    boolean areDrawn() {
        return durations == Durations.DRAWN;
    }
}
