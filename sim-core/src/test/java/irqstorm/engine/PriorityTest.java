// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import static org.assertj.core.api.Assertions.assertThat;

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
    void anOrderKeyHoldsEveryPriorityWithTheLargestSequenceAndSlot() {
        long sequence = OrderKey.SEQUENCE_END - 1;
        int slot = OrderKey.SLOT_END - 1;
        for (Priority priority : Priority.values()) {
            long key = OrderKey.of(priority, sequence) | slot;

            assertThat(key).isPositive();
            assertThat(OrderKey.priority(key)).isEqualTo(priority);
            assertThat(OrderKey.sequence(key)).isEqualTo(sequence);
            assertThat(OrderKey.slot(key)).isEqualTo(slot);
        }
    }
}
