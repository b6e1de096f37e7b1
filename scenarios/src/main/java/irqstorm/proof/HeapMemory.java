// SPDX-License-Identifier: Apache-2.0
package irqstorm.proof;

import irqstorm.explore.StateMemory;
import java.util.concurrent.atomic.AtomicLong;

/** The part of the JVM's heap that is for the states of explorations. Whoever comes first takes what others lack then. */
final class HeapMemory implements StateMemory {
    /** For the machines, and what is kept of their transitions. */
    private static final long REST_BYTES = 16L << 20;

    /** The quarter that is left goes to tables that are about to be replaced, and to what G1 wastes at the ends of large arrays. */
    private static final long QUARTERS = 4;

    private static final long QUARTERS_FOR_STATES = 3;

    private final AtomicLong left;

    /** What a heap of {@code heapBytes} has for states. */
    HeapMemory(long heapBytes) {
        left = new AtomicLong(Math.max(0, heapBytes - REST_BYTES) / QUARTERS * QUARTERS_FOR_STATES);
    }

    @Override
    public boolean take(long bytes) {
        boolean enough = left.addAndGet(-bytes) >= 0;
        if (!enough) {
            giveBack(bytes);
        }
        return enough;
    }

    @Override
    public void giveBack(long bytes) {
        left.addAndGet(bytes);
    }
}
