// SPDX-License-Identifier: Apache-2.0
package irqstorm.explore;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.state.ReversibleStore;
import java.util.ArrayDeque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PackedQueueTest {
    @Test
    void statesComeOutInTheOrderInWhichTheyWentIn() {
        ReversibleStore store = new ReversibleStore();
        store.reserve(100);
        store.begin();
        PackedQueue queue = new PackedQueue(store);
        ArrayDeque<Long> expected = new ArrayDeque<>();
        SplittableRandom random = new SplittableRandom(3);
        long next = 0;
        for (int i = 0; i < 100_000; i++) {
            assertThat(queue.isEmpty()).isEqualTo(expected.isEmpty());
            if (expected.isEmpty() || random.nextInt(i < 50_000 ? 3 : 2) != 0 && expected.size() < 20_000) {
                store.set((int) (next % 100), next);
                expected.add(next);
                store.set(99 - (int) (next % 50), ++next);
                queue.add();
            } else {
                queue.poll();
                long state = expected.remove();
                assertThat(store.get(99 - (int) (state % 50))).isEqualTo(state + 1);
            }
        }
    }
}
