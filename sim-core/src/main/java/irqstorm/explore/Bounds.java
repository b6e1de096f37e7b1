// SPDX-License-Identifier: Apache-2.0
package irqstorm.explore;

/**
 * How far an exploration goes. What it finds to hold, holds within these bounds.
 *
 * @param interrupts how many causes each device has at most
 * @param throttleEois after how many successive EOIs the I/O APIC's throttle postpones a delivery, where there is one
 * @param clocks which orders of events are possible
 * @param maxDepth how many events a path has at most
 * @param maxStates how many states are visited at most
 */
public record Bounds(int interrupts, int throttleEois, Clocks clocks, int maxDepth, int maxStates) {
    /** The most causes a device may have. */
    public static final int MAX_INTERRUPTS = 1000;

    /** The most states that can be visited: 2<sup>30</sup>. */
    public static final int MAX_STATES = 1 << 30;

    /** What keeps an event from coming before another one, besides the order within a lane. */
    public enum Clocks {
        /** Nothing: a timer may fire, and a step may end, at any time. */
        ANY,
        /** The ranges of the latencies: what must have happened before it comes before it. */
        BOUNDED
    }

    /** Checks the ranges. */
    public Bounds {
        if (interrupts < 0 || interrupts > MAX_INTERRUPTS) {
            throw new IllegalArgumentException(interrupts + " interrupts are not from 0 to " + MAX_INTERRUPTS);
        }
        if (throttleEois < 1 || maxDepth < 1 || maxStates < 1 || maxStates > MAX_STATES) {
            throw new IllegalArgumentException(
                    "bounds of " + throttleEois + " EOIs, " + maxDepth + " events, " + maxStates + " states");
        }
    }
}
