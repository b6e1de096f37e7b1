// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.state.StateStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The two 8259A of a PC. */
class PicTest {
    private final Pic pic = new Pic(new StateStore());

    @BeforeEach
    void bases() {
        pic.setVectorBase(0, 0x33);
        pic.setVectorBase(1, 0x40);
    }

    @Test
    void aRisingEdgeIsRequestedOnce() {
        pic.setLine(4, true);
        assertThat(pic.isRequested()).isTrue();
        assertThat(pic.acknowledge()).as("bits 2:0 of the base do not count").isEqualTo(0x34);
        assertThat(pic.isRequested()).isFalse();
        pic.setLine(4, true);
        pic.endOfInterrupt(0);
        assertThat(pic.isRequested()).as("still high").isFalse();
        pic.setLine(4, false);
        pic.setLine(4, true);
        assertThat(pic.isRequested()).isTrue();
    }

    @Test
    void theLowestInputComesFirstAndHoldsTheOthersBack() {
        pic.setLine(5, true);
        pic.setLine(1, true);
        assertThat(pic.acknowledge()).isEqualTo(0x31);
        assertThat(pic.isRequested()).isFalse();
        pic.setLine(0, true);
        assertThat(pic.acknowledge()).as("a higher priority").isEqualTo(0x30);
        pic.endOfInterrupt(0);
        assertThat(pic.isRequested()).isFalse();
        pic.endOfInterrupt(0);
        assertThat(pic.acknowledge()).isEqualTo(0x35);
    }

    @Test
    void theSecondChipIsOnInput2OfTheFirst() {
        pic.setLine(3, true);
        pic.setLine(12, true);
        assertThat(pic.acknowledge()).isEqualTo(0x44);
        assertThat(pic.isRequested()).isFalse();
        pic.endOfInterrupt(1);
        pic.endOfInterrupt(0);
        assertThat(pic.acknowledge()).isEqualTo(0x33 & ~7 | 3);
    }

    @Test
    void amaskKeepsTheRequestBackButNotOff() {
        pic.setMask(0, 0xFF);
        pic.setLine(1, true);
        pic.setLine(9, true);
        assertThat(pic.isRequested()).isFalse();
        pic.setMask(0, 0xFD);
        assertThat(pic.acknowledge()).isEqualTo(0x31);
        pic.endOfInterrupt(0);
        pic.setMask(0, 0xFB);
        pic.setMask(1, 0x02);
        assertThat(pic.isRequested()).isFalse();
        pic.setMask(1, 0);
        assertThat(pic.acknowledge()).isEqualTo(0x41);
    }

    @Test
    void anAcknowledgeWithoutRequestIsSpurious() {
        assertThat(pic.acknowledge()).isEqualTo(0x37);
        pic.setLine(7, true);
        assertThat(pic.isRequested()).as("nothing is in service").isTrue();
    }
}
