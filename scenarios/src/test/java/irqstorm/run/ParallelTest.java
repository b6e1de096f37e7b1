// SPDX-License-Identifier: Apache-2.0
package irqstorm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
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
