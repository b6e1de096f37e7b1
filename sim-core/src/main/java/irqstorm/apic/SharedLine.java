// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

import irqstorm.state.StateStore;
import java.util.ArrayList;
import java.util.List;

/**
 * A wire that several sources drive and several inputs see: it is high while any source holds it. A source that goes away stops
 * holding it, and an input that is attached late sees the level as it is.
 */
public final class SharedLine {
    private static final int MAX_SOURCES = Long.SIZE;

    private final StateStore store;
    private final int holders;
    private final List<Input> inputs = new ArrayList<>();

    /** What the wire leads to. */
    @FunctionalInterface
    public interface Input {
        /** The wire's level is {@code high} from now on. */
        void setLevel(boolean high);
    }

    /** A wire that nobody holds. */
    public SharedLine(StateStore store) {
        this.store = store;
        this.holders = store.reserve(1);
    }

    /** Leads the wire to {@code input} too. */
    public void attach(Input input) {
        inputs.add(input);
        if (isHigh()) {
            input.setLevel(true);
        }
    }

    /** Whether any source holds the wire. */
    public boolean isHigh() {
        return store.get(holders) != 0;
    }

    /** Source {@code source}, 0 to 63, holds the wire or lets go. */
    public void drive(int source, boolean high) {
        if (source < 0 || source >= MAX_SOURCES) {
            throw new IllegalArgumentException("source " + source + " is not from 0 to " + (MAX_SOURCES - 1));
        }
        boolean was = isHigh();
        long bit = 1L << source;
        store.set(holders, high ? store.get(holders) | bit : store.get(holders) & ~bit);
        if (isHigh() != was) {
            for (Input input : inputs) {
                input.setLevel(isHigh());
            }
        }
    }

    /** Source {@code source} goes away. */
    public void remove(int source) {
        drive(source, false);
    }
}
