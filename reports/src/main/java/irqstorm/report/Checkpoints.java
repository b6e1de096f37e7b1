// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.state.Hash64;
import irqstorm.trace.TraceSink;
import java.util.Optional;

/**
 * Digests of all that happened in a run up to regular points of it, so that two runs can be compared to their ends without keeping their
 * events. There are at most {@value #MOST} points; when a run outlasts them, every second one is given up.
 *
 * <p>Keeping only the first events was rejected: runs that part late, such as after a migration, would be called alike. So was running
 * both in lockstep: it takes a pair of runs where n runs and a few again do.
 */
final class Checkpoints implements TraceSink {
    /** How many points there are at the most. */
    static final int MOST = 4096;

    private final long[] digests = new long[MOST];
    private long stride = 1;
    private long events;
    private long digest;

    /**
     * Successive events.
     *
     * @param first the number of the first, from 1
     * @param last the number of the last; a run may end before
     */
    record Stretch(long first, long last) {}

    @Override
    public void record(long sequence, long timeNanos, Actor actor, EventKind kind, long a, long b, long c, long cause) {
        digest = Hash64.mix(digest, timeNanos);
        digest = Hash64.mix(digest, (long) actor.ordinal() << Integer.SIZE | kind.ordinal());
        digest = Hash64.mix(Hash64.mix(Hash64.mix(Hash64.mix(digest, a), b), c), cause);
        events++;
        if (events % stride != 0) {
            return;
        }
        int point = (int) (events / stride);
        digests[point - 1] = digest;
        if (point == MOST) {
            for (int i = 0; i < MOST / 2; i++) {
                digests[i] = digests[2 * i + 1];
            }
            stride *= 2;
        }
    }

    /** How many events there were. */
    long events() {
        return events;
    }

    /** Events among which is the first in which {@code other} differs from this run; all before are alike. Empty if all are alike. */
    Optional<Stretch> firstDifference(Checkpoints other) {
        if (events == other.events && digest == other.digest) {
            return Optional.empty();
        }
        long step = Math.max(stride, other.stride);
        long shorter = Math.min(events, other.events);
        long alike = 0;
        while (alike + step <= shorter && at(alike + step) == other.at(alike + step)) {
            alike += step;
        }
        return Optional.of(new Stretch(alike + 1, alike + step));
    }

    private long at(long event) {
        return digests[(int) (event / stride) - 1];
    }
}
