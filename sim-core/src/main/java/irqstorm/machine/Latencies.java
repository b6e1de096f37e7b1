// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.random.DelayTable;
import java.util.Map;

/** The latencies of one place: a vCPU thread, or the host's other threads. */
final class Latencies {
    private static final LatencyKind[] KINDS = LatencyKind.values();

    private final DelayStream[] streams = new DelayStream[KINDS.length];

    Latencies(Delays delays, Map<LatencyKind, DelayTable> tables, String place) {
        for (LatencyKind kind : KINDS) {
            DelayTable table = tables.get(kind);
            if (table == null) {
                throw new IllegalArgumentException("no distribution for " + kind.label());
            }
            streams[kind.ordinal()] = delays.register("latency/" + kind.label() + "/" + place, table);
        }
    }

    /** How long it takes this time, nanoseconds. */
    long draw(LatencyKind kind) {
        return streams[kind.ordinal()].draw();
    }
}
