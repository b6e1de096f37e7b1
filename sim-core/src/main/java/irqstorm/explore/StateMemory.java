// SPDX-License-Identifier: Apache-2.0
package irqstorm.explore;

/** Memory for the states that explorations remember. Several may share it, also on different threads. */
public interface StateMemory {
    /** As much as anyone asks for. */
    StateMemory UNLIMITED = new StateMemory() {
        @Override
        public boolean take(long bytes) {
            return true;
        }

        @Override
        public void giveBack(long bytes) {}
    };

    /** Takes {@code bytes}, unless there are not so many left. */
    boolean take(long bytes);

    /** Gives {@code bytes} back that were taken. */
    void giveBack(long bytes);
}
