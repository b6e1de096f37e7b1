// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PriorityTest {

    @Test
    void theEnvironmentGoesFirstAndObserversLookLast() {
        assertThat(Priority.values())
                .containsExactly(
                        Priority.INPUT,
                        Priority.PROPAGATION,
                        Priority.COMPLETION,
                        Priority.REACTION,
                        Priority.TIMER,
                        Priority.OBSERVATION);
    }

    @Test
    void everyPriorityGivesAReasonOfItsOwn() {
        assertThat(Priority.values()).extracting(Priority::reason).doesNotHaveDuplicates();
        assertThat(Priority.values())
                .allSatisfy(priority -> assertThat(priority.reason()).isNotBlank());
    }

    @Test
    void orderKeysGoByPriorityThenBySequenceWhateverTheLeaf() {
        int leaf = OrderKey.LEAF_END - 1;
        long previous = -1;
        for (Priority priority : Priority.values()) {
            long first = OrderKey.of(priority.ordinal(), 0, leaf);
            long second = OrderKey.of(priority.ordinal(), 1, 0);
            long last = OrderKey.of(priority.ordinal(), OrderKey.SEQUENCE_END - 1, leaf);

            assertThat(List.of(previous, first, second, last)).isSorted().doesNotHaveDuplicates();
            assertThat(OrderKey.leaf(second)).isZero();
            assertThat(OrderKey.leaf(last)).isEqualTo(leaf);
            previous = last;
        }
    }
}
