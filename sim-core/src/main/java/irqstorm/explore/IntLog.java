// SPDX-License-Identifier: Apache-2.0
package irqstorm.explore;

import java.util.Arrays;

/** A list of ints that only grows, in blocks, so that growing copies nothing but the list of blocks. */
final class IntLog {
    private static final int BLOCK_BITS = 14;
    private static final int BLOCK = 1 << BLOCK_BITS;

    private int[][] blocks = new int[16][];
    private int size;

    void add(int value) {
        int block = size >>> BLOCK_BITS;
        if ((size & BLOCK - 1) == 0) {
            if (block == blocks.length) {
                blocks = Arrays.copyOf(blocks, 2 * block);
            }
            blocks[block] = new int[BLOCK];
        }
        blocks[block][size++ & BLOCK - 1] = value;
    }

    int get(int index) {
        return blocks[index >>> BLOCK_BITS][index & BLOCK - 1];
    }

    void set(int index, int value) {
        blocks[index >>> BLOCK_BITS][index & BLOCK - 1] = value;
    }

    int size() {
        return size;
    }

    /** How many bytes the blocks take. */
    long bytes() {
        return (long) Integer.BYTES * (size + BLOCK - 1 >>> BLOCK_BITS << BLOCK_BITS);
    }
}
