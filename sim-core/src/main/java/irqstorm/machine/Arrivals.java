// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.random.DelayTable;
import java.util.List;

/** When a device has a cause for an interrupt. */
public sealed interface Arrivals {
    /** No limit on the number of causes. */
    long UNLIMITED = Long.MAX_VALUE;

    /**
     * One cause after another, whatever becomes of them.
     *
     * @param gap the time from one to the next, the first one counted from the start
     * @param limit how many
     */
    record Open(DelayTable gap, long limit) implements Arrivals {}

    /**
     * The next cause only after the last one was serviced.
     *
     * @param gap the time from the service to the next cause; the first one is counted from the start
     * @param limit how many
     */
    record AfterService(DelayTable gap, long limit) implements Arrivals {}

    /**
     * At given times, such as those of a trace.
     *
     * @param timesNanos nanoseconds since the start, ascending
     */
    record Times(List<Long> timesNanos) implements Arrivals {
        /** Keeps its own copy. */
        public Times {
            timesNanos = List.copyOf(timesNanos);
        }
    }
}
