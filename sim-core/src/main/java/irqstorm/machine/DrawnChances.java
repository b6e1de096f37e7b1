// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.random.RandomStreams;
import irqstorm.state.StateStore;

/** Chances of a timed run: drawn from one stream. */
final class DrawnChances implements Chances {
    private static final long BILLION = Hazard.Deed.CorruptEoiSlots.CERTAIN;
    private static final int BYTE = 0xFF;

    private final StateStore times;
    private final int draws;
    private final long streamKey;

    DrawnChances(MachineConfig config, StateStore times) {
        this.times = times;
        this.draws = times.reserve(1);
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
        long index = times.get(draws);
        times.set(draws, index + 1);
        return RandomStreams.bits(streamKey, index);
    }
}
