// SPDX-License-Identifier: Apache-2.0
package irqstorm.performance;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;

/**
 * What a piece of work costs the thread that does it.
 *
 * @param size how large the work turned out to be
 * @param cpuNanos time of the processor, nanoseconds, without what other threads collect and compile
 * @param heldBytes what of the heap is in use when it is done and its result is still held
 * @param allocatedBytes how much it allocated on the way
 */
record Cost(double size, double cpuNanos, double heldBytes, double allocatedBytes) {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /**
     * What is left of a piece of work.
     *
     * @param size how large the work was
     * @param held what keeps everything it needed from being collected
     */
    record Done(double size, Object held) {}

    /** The cost of {@code work}. */
    static Cost of(Callable<Done> work) throws Exception {
        long thread = Thread.currentThread().getId();
        long before = heapInUse();
        long allocatedBefore = THREADS.getThreadAllocatedBytes(thread);
        long cpuBefore = THREADS.getCurrentThreadCpuTime();
        Done done = work.call();
        try {
            long cpuNanos = THREADS.getCurrentThreadCpuTime() - cpuBefore;
            long allocated = THREADS.getThreadAllocatedBytes(thread) - allocatedBefore;
            return new Cost(done.size(), cpuNanos, heapInUse() - before, allocated);
        } finally {
            Reference.reachabilityFence(done);
            Reference.reachabilityFence(work);
        }
    }

    private static long heapInUse() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** The least time, since what disturbs it only adds to it, and the medians of what is of the heap. */
    static Cost typical(List<Cost> costs) {
        return new Cost(
                sorted(costs, Cost::size)[0],
                sorted(costs, Cost::cpuNanos)[0],
                sorted(costs, Cost::heldBytes)[costs.size() / 2],
                sorted(costs, Cost::allocatedBytes)[costs.size() / 2]);
    }

    private static double[] sorted(List<Cost> costs, ToDoubleFunction<Cost> part) {
        return costs.stream().mapToDouble(part).sorted().toArray();
    }
}
