// SPDX-License-Identifier: Apache-2.0
package irqstorm.explore;

import irqstorm.state.ReversibleStore;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The states whose successors are still to be tried, packed, first in, first out. */
final class PackedQueue {
    private static final int BLOCK_WORDS = 1 << 14;

    private final ArrayDeque<Block> blocks = new ArrayDeque<>();
    private final ReversibleStore store;
    private final int room;
    private Block last;
    private @Nullable Block spare;
    private int head;

    /** Some states that follow each other. */
    private static final class Block {
        private final long[] words;
        private int end;

        private Block(int length) {
            words = new long[length];
        }
    }

    /** An empty queue of states of {@code store}. */
    PackedQueue(ReversibleStore store) {
        this.store = store;
        this.room = store.maxPackedWords();
        this.last = append();
    }

    private Block append() {
        Block block = spare == null ? new Block(Math.max(BLOCK_WORDS, room)) : spare;
        spare = null;
        block.end = 0;
        blocks.add(block);
        return block;
    }

    /** The store's state comes last. */
    void add() {
        if (last.end + room > last.words.length) {
            last = append();
        }
        last.end = store.pack(last.words, last.end);
    }

    /** The store gets the first state, which is no longer in the queue; there is one. */
    void poll() {
        if (head == blocks.element().end) {
            spare = blocks.remove();
            head = 0;
        }
        head = store.unpack(blocks.element().words, head);
    }

    /** How many bytes it takes. */
    long bytes() {
        return (long) Long.BYTES * last.words.length * (blocks.size() + 1);
    }

    boolean isEmpty() {
        return blocks.size() == 1 && head == last.end;
    }
}
