// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventSlotsTest {

    private final EventSlots slots = new EventSlots();

    private long addAndFree() {
        int slot = slots.add(1, 2, 3);
        long handle = slots.handle(slot);
        slots.retire(slot);
        slots.free(slot);
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
        slots.add(1, 2, 3);
        int slot = EventSlots.slotOf(addAndFree());
        slots.continueGenerationAt(slot, (1L << 40) - 3);
        long nextToLast = addAndFree();
        long last = slots.handle(slots.add(1, 2, 3));

        assertThat(EventSlots.slotOf(nextToLast)).isEqualTo(slot);
        assertThat(EventSlots.slotOf(last)).isEqualTo(slot);
        assertThat(slots.isPending(last)).isTrue();
        assertThat(slots.isPending(nextToLast)).isFalse();

        slots.retire(slot);
        slots.free(slot);
        assertThat(slots.isPending(last)).isFalse();
        assertThat(slots.add(1, 2, 3)).isNotEqualTo(slot);
    }
}
