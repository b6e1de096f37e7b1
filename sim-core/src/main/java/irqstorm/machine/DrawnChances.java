// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.random.RandomStreams;
import irqstorm.state.StateStore;

/** Chances of a timed run: drawn from one stream. */
final class DrawnChances implements Chances {
    private static final long BILLION = Hazard.Deed.CorruptEoiSlots.CERTAIN;
    private static final int BYTE = 0xFF;

    private final StateStore counts;
    private final int draws;
    private final long streamKey;

    DrawnChances(MachineConfig config, StateStore counts) {
        this.counts = counts;
        this.draws = counts.reserve(1);
        this.streamKey = RandomStreams.key(config.seed(), config.replication(), "eoi-slot");
    }

    @Override
    public boolean happens(int perBillion) {
        return Long.remainderUnsigned(draw(), BILLION) < perBillion;
    }

    @Override
    public int noVector() {
        int any = (int) draw();
        while ((any & ~BYTE) == 0) {
            any = (int) draw();
        }
        return any;
    }

    private long draw() {
        long index = counts.get(draws);
        counts.set(draws, index + 1);
        return RandomStreams.bits(streamKey, index);
    }
}
