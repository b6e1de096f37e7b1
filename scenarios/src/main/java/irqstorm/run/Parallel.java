// SPDX-License-Identifier: Apache-2.0
package irqstorm.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableFuture;
import java.util.function.Consumer;

/**
 * Runs tasks on several threads; what they yield is in their order.
 *
 * <p>Parallel streams were rejected: they run on a pool of the whole JVM, whose size cannot be chosen for one of them.
 */
public final class Parallel {
    /** How many tasks there are for each thread between the one whose result is waited for and the last one begun. */
    private static final int AHEAD = 64;

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
        List<T> results = new ArrayList<>(tasks.size());
        forEach(tasks.iterator(), tasks.size() < 2 ? 1 : threads, results::add);
        return results;
    }

    /**
     * Hands on what {@code tasks} yield, as soon as it and everything before it is there. Tasks are taken from the iterator not long
     * before they run, and results are not kept, so that there may be any number of both. The first task that throws ends the others,
     * and what it threw, if unchecked, is thrown.
     *
     * @param threads how many of them run at a time, 1 or more; with 1 it is the calling thread that runs them
     * @param results is told of each result in the order of the tasks, on the calling thread
     */
    public static <T> void forEach(Iterator<? extends Callable<T>> tasks, int threads, Consumer<? super T> results) {
        if (threads == 1) {
            onThisThread(tasks, results);
        } else {
            onSeveral(tasks, threads, results);
        }
    }

    private static <T> void onThisThread(Iterator<? extends Callable<T>> tasks, Consumer<? super T> results) {
        while (tasks.hasNext()) {
            RunnableFuture<T> future = new FutureTask<>(tasks.next());
            future.run();
            results.accept(result(future));
        }
    }

    private static <T> void onSeveral(Iterator<? extends Callable<T>> tasks, int threads, Consumer<? super T> results) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            Deque<Future<T>> begun = new ArrayDeque<>();
            while (tasks.hasNext() || !begun.isEmpty()) {
                while (tasks.hasNext() && begun.size() < threads * AHEAD) {
                    begun.add(pool.submit(tasks.next()));
                }
                results.accept(result(begun.remove()));
            }
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
