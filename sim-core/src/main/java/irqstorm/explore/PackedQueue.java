// SPDX-License-Identifier: Apache-2.0
package irqstorm.explore;

import irqstorm.state.ReversibleStore;
import java.util.ArrayDeque;

/** The states whose successors are still to be tried, packed, first in, first out. */
final class PackedQueue {
    private static final int BLOCK_BYTES = 1 << 16;

    private final ArrayDeque<byte[]> blocks = new ArrayDeque<>();
    private final ReversibleStore store;
    private final int room;
    private byte[] first = {};
    private byte[] last = {};
    private int head;
    private int tail;
    private long size;

    /** A queue of states of {@code store}. */
    PackedQueue(ReversibleStore store) {
        this.store = store;
        this.room = store.maxPackedBytes() + Long.BYTES + 1;
    }

    /** The store's state comes last. */
    void add() {
        if (tail + room > last.length) {
            byte[] block = new byte[Math.max(BLOCK_BYTES, room)];
            if (size == 0) {
                first = block;
                head = 0;
            } else {
                blocks.add(block);
            }
            last = block;
            tail = 0;
        }
        putFingerprint(store.fingerprint());
        tail = store.pack(last, tail);
        size++;
    }

    private void putFingerprint(long fingerprint) {
        last[tail++] = 1;
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            last[tail++] = (byte) (fingerprint >>> shift);
        }
    }

    /** The store gets the first state, which is no longer in the queue. */
    void poll() {
        if (head >= first.length || first[head] == 0) {
            first = blocks.remove();
            head = 0;
        }
        long fingerprint = 0;
        head++;
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            fingerprint |= (first[head++] & 0xFFL) << shift;
        }
        head = store.unpack(first, head, fingerprint);
        size--;
    }

    boolean isEmpty() {
        return size == 0;
    }
}
