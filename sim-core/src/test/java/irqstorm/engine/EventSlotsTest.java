// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventSlotsTest {

    private final EventSlots slots = new EventSlots();

    private long add() {
        return slots.add(1, 5, 2, 3);
    }

    private long addAndFree() {
        long handle = add();
        slots.free(EventSlots.slotOf(handle));
        return handle;
    }

    @Test
    void aFreeSlotIsUsedAgainUnderAnotherHandle() {
        long first = addAndFree();
        long second = addAndFree();

        assertThat(EventSlots.slotOf(second)).isEqualTo(EventSlots.slotOf(first));
        assertThat(second).isNotEqualTo(first);
    }

    @Test
    void aSlotIsGivenUpAfterItsLastGenerationSoThatNoHandleIsEverGivenOutTwice() {
        add();
        int slot = EventSlots.slotOf(addAndFree());
        slots.continueGenerationAt(slot, (1L << 36) - 3);
        long nextToLast = addAndFree();
        long last = add();

        assertThat(EventSlots.slotOf(nextToLast)).isEqualTo(slot);
        assertThat(EventSlots.slotOf(last)).isEqualTo(slot);
        assertThat(slots.isPending(last)).isTrue();
        assertThat(slots.isPending(nextToLast)).isFalse();

        slots.free(slot);
        assertThat(slots.isPending(last)).isFalse();
        assertThat(EventSlots.slotOf(add())).isNotEqualTo(slot);
    }
}
