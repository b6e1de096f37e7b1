// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import java.lang.management.ManagementFactory;

/** Asks the JVM how much the current thread has allocated. */
public final class AllocatedBytes {
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private AllocatedBytes() {}

    /** How many bytes {@code work} allocates on this thread. */
    public static long during(Runnable work) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        work.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
