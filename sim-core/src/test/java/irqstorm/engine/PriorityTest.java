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
    void orderKeysGoByPriorityThenBySequenceWhateverTheSlot() {
        int slot = OrderKey.SLOT_END - 1;
        long previous = -1;
        for (Priority priority : Priority.values()) {
            long first = OrderKey.of(priority.ordinal(), 0, slot);
            long second = OrderKey.of(priority.ordinal(), 1, 0);
            long last = OrderKey.of(priority.ordinal(), OrderKey.SEQUENCE_END - 1, slot);

            assertThat(List.of(previous, first, second, last)).isSorted().doesNotHaveDuplicates();
            assertThat(OrderKey.slot(second)).isZero();
            assertThat(OrderKey.slot(last)).isEqualTo(slot);
            previous = last;
        }
    }
}
