// SPDX-License-Identifier: Apache-2.0
package irqstorm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParallelTest {
    private static List<Callable<Integer>> squares(Set<Thread> seen) {
        return IntStream.range(0, 500)
                .<Callable<Integer>>mapToObj(i -> () -> {
                    seen.add(Thread.currentThread());
                    return i * i;
                })
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 1000})
    void resultsAreInTheOrderOfTheTasksOnAnyNumberOfThreads(int threads) {
        Set<Thread> seen = ConcurrentHashMap.newKeySet();

        assertThat(Parallel.run(squares(seen), threads))
                .containsExactlyElementsOf(
                        IntStream.range(0, 500).mapToObj(i -> i * i).toList());
        assertThat(seen).hasSizeLessThanOrEqualTo(threads);
    }

    @Test
    void oneThreadIsTheOneThatAsks() {
        Set<Thread> seen = ConcurrentHashMap.newKeySet();
        Parallel.run(squares(seen), 1);

        assertThat(seen).containsExactly(Thread.currentThread());
    }

    @Test
    void twoTasksRunAtTheSameTimeOnTwoThreads() {
        CountDownLatch both = new CountDownLatch(2);
        Callable<Boolean> meeting = () -> {
            both.countDown();
            both.await();
            return true;
        };

        assertThat(Parallel.run(List.of(meeting, meeting), 2)).containsExactly(true, true);
    }

    @Test
    void noTasksYieldNothing() {
        assertThat(Parallel.run(List.<Callable<Integer>>of(), 4)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void aMillionTasksAreNeverThereAllAtOnce(int threads) {
        AtomicLong taken = new AtomicLong();
        AtomicLong handedOn = new AtomicLong();
        AtomicLong most = new AtomicLong();
        Iterator<Callable<Long>> tasks = LongStream.range(0, 1_000_000)
                .<Callable<Long>>mapToObj(i -> {
                    most.accumulateAndGet(taken.incrementAndGet() - handedOn.get(), Math::max);
                    return () -> i;
                })
                .iterator();

        Parallel.forEach(tasks, threads, result -> assertThat(result).isEqualTo(handedOn.getAndIncrement()));

        assertThat(handedOn).hasValue(1_000_000);
        assertThat(most.get()).isLessThanOrEqualTo(threads * 64L + 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void resultsAreHandedOnOnTheThreadThatAsked(int threads) {
        Set<Thread> seen = ConcurrentHashMap.newKeySet();

        Parallel.forEach(
                squares(ConcurrentHashMap.newKeySet()).iterator(), threads, result -> seen.add(Thread.currentThread()));

        assertThat(seen).containsExactly(Thread.currentThread());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void ofTwoTasksThatThrowTheFirstIsHeard(int threads) {
        List<Callable<Integer>> tasks = List.of(
                () -> 1,
                () -> {
                    throw new UnsupportedOperationException("first");
                },
                () -> {
                    throw new UnsupportedOperationException("second");
                });
        List<Integer> before = new ArrayList<>();

        assertThatThrownBy(() -> Parallel.forEach(tasks.iterator(), threads, before::add))
                .hasMessage("first");
        assertThat(before).containsExactly(1);
    }

    @Test
    void whoIsInterruptedWaitsNoLonger() {
        CountDownLatch never = new CountDownLatch(1);
        Callable<Boolean> waiting = () -> never.await(1, TimeUnit.HOURS);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> Parallel.run(List.of(waiting, waiting), 2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("interrupted while running tasks");
        assertThat(Thread.interrupted()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void whatATaskThrowsIsThrown(int threads) {
        RuntimeException refused = new UnsupportedOperationException("refused");
        Error full = new OutOfMemoryError("full");

        assertThatThrownBy(() -> Parallel.run(throwing(refused), threads)).isSameAs(refused);
        assertThatThrownBy(() -> Parallel.run(throwing(full), threads)).isSameAs(full);
    }

    private static List<Callable<Integer>> throwing(Throwable thrown) {
        return List.of(() -> 1, () -> {
            if (thrown instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) thrown;
        });
    }
}
