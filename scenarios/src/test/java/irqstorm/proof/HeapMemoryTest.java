// SPDX-License-Identifier: Apache-2.0
package irqstorm.proof;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapMemoryTest {
    private static final long MEBIBYTE = 1 << 20;

    @Test
    void threeQuartersOfWhatTheMachinesLeaveAreForStates() {
        HeapMemory memory = new HeapMemory(116 * MEBIBYTE);

        assertThat(memory.take(75 * MEBIBYTE)).isTrue();
        assertThat(memory.take(1)).isFalse();
    }

    @Test
    void whatOneGivesBackAnotherMayTake() {
        HeapMemory memory = new HeapMemory(116 * MEBIBYTE);
        assertThat(memory.take(50 * MEBIBYTE)).isTrue();
        assertThat(memory.take(50 * MEBIBYTE)).isFalse();

        memory.giveBack(50 * MEBIBYTE);

        assertThat(memory.take(75 * MEBIBYTE)).isTrue();
    }

    @Test
    void aHeapThatIsTooSmallForMachinesHasNothingForStates() {
        assertThat(new HeapMemory(MEBIBYTE).take(1)).isFalse();
    }
}
