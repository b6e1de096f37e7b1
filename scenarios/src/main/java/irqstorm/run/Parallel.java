// SPDX-License-Identifier: Apache-2.0
package irqstorm.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableFuture;

/** Runs tasks on several threads; what they yield is in their order. */
public final class Parallel {
    private Parallel() {}

    /** As many threads as there are processors. */
    public static int allProcessors() {
        return Runtime.getRuntime().availableProcessors();
    }

    /**
     * What {@code tasks} yield. One that throws ends the others, and what it threw, if unchecked, is thrown.
     *
     * @param threads how many of them run at a time, 1 or more; with 1 it is the calling thread that runs them
     */
    public static <T> List<T> run(Collection<? extends Callable<T>> tasks, int threads) {
        return threads == 1 || tasks.size() < 2 ? onThisThread(tasks) : onSeveral(tasks, threads);
    }

    private static <T> List<T> onThisThread(Collection<? extends Callable<T>> tasks) {
        List<T> results = new ArrayList<>();
        for (Callable<T> task : tasks) {
            RunnableFuture<T> future = new FutureTask<>(task);
            future.run();
            results.add(result(future));
        }
        return results;
    }

    private static <T> List<T> onSeveral(Collection<? extends Callable<T>> tasks, int threads) {
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, tasks.size()));
        try {
            List<Future<T>> futures = new ArrayList<>();
            tasks.forEach(task -> futures.add(pool.submit(task)));
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(result(future));
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running tasks", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
