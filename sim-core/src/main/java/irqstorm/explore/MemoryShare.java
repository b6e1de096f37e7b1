// SPDX-License-Identifier: Apache-2.0
package irqstorm.explore;

/** What one exploration has taken of the memory for states, in portions, so that it seldom has to ask. */
final class MemoryShare {
    private static final long PORTION = 1 << 20;

    private final StateMemory memory;
    private long taken;

    /** Nothing of {@code memory} yet. */
    MemoryShare(StateMemory memory) {
        this.memory = memory;
    }

    /** Whether there are {@code bytes} in all; what is missing is taken. */
    boolean covers(long bytes) {
        while (taken < bytes) {
            if (!memory.take(PORTION)) {
                return false;
            }
            taken += PORTION;
        }
        return true;
    }

    /** Gives everything back. */
    void giveBack() {
        memory.giveBack(taken);
        taken = 0;
    }
}
