// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RedirectionEntryTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "edge physical fixed 0x51 to 3,         0x51, FIXED,           false, EDGE,  false, 3,   0x0300000000000051",
        "level logical lowest priority to 0xFF, 0xA1, LOWEST_PRIORITY, true,  LEVEL, false, 255, 0xFF000000000089A1",
        "masked ExtINT,                         0,    EXTINT,          false, EDGE,  true,  0,   0x0000000000010700",
        "masked level,                          0xFF, FIXED,           false, LEVEL, true,  1,   0x01000000000180FF"
    })
    void theFieldsAreWhereThe82093aaDatasheetHasThem(
            String what,
            String vector,
            DeliveryMode delivery,
            boolean logical,
            TriggerMode trigger,
            boolean masked,
            int destination,
            String bits) {
        long entry = RedirectionEntry.of(Integer.decode(vector), delivery, logical, trigger, masked, destination);

        assertThat(entry).as(what).isEqualTo(Long.parseUnsignedLong(bits.substring(2), 16));
        assertThat(RedirectionEntry.vector(entry)).isEqualTo(Integer.decode(vector));
        assertThat(RedirectionEntry.deliveryMode(entry)).isEqualTo(delivery);
        assertThat(RedirectionEntry.isLevel(entry)).isEqualTo(trigger == TriggerMode.LEVEL);
        assertThat(RedirectionEntry.isMasked(entry)).isEqualTo(masked);
        assertThat(RedirectionEntry.hasRemoteIrr(entry)).isFalse();
    }

    @Test
    void theBitsHaveTheirNumbers() {
        assertThat(RedirectionEntry.LOGICAL).isEqualTo(0x800);
        assertThat(RedirectionEntry.DELIVERY_STATUS).isEqualTo(0x1000);
        assertThat(RedirectionEntry.ACTIVE_LOW).isEqualTo(0x2000);
        assertThat(RedirectionEntry.REMOTE_IRR).isEqualTo(0x4000);
        assertThat(RedirectionEntry.LEVEL).isEqualTo(0x8000);
        assertThat(RedirectionEntry.MASKED).isEqualTo(0x10000);
        assertThat(RedirectionEntry.READ_ONLY).isEqualTo(0x5000);
        assertThat(RedirectionEntry.RESET).isEqualTo(0x10000);
    }

    @Test
    void remoteIrrIsBit14() {
        assertThat(RedirectionEntry.hasRemoteIrr(0x4000)).isTrue();
        assertThat(RedirectionEntry.hasRemoteIrr(~0x4000L)).isFalse();
    }

    @Test
    void vectorAndDestinationAreCutToEightBits() {
        long entry = RedirectionEntry.of(0x151, DeliveryMode.FIXED, false, TriggerMode.EDGE, false, 0x102);
        assertThat(entry).isEqualTo(0x0200_0000_0000_0051L);
    }

    @Test
    void theMessageOfAnEntryHasItsVectorModesTriggerAndDestination() {
        long level = RedirectionEntry.of(0xA1, DeliveryMode.LOWEST_PRIORITY, true, TriggerMode.LEVEL, false, 0xC0);
        long message = RedirectionEntry.message(level);
        assertThat(InterruptMessage.vector(message)).isEqualTo(0xA1);
        assertThat(InterruptMessage.deliveryMode(message)).isEqualTo(DeliveryMode.LOWEST_PRIORITY);
        assertThat(InterruptMessage.isLogical(message)).isTrue();
        assertThat(InterruptMessage.isLevel(message)).isTrue();
        assertThat(InterruptMessage.destination(message)).isEqualTo(0xC0);

        long edge = RedirectionEntry.of(0x31, DeliveryMode.FIXED, false, TriggerMode.EDGE, true, 2);
        assertThat(RedirectionEntry.message(edge | RedirectionEntry.REMOTE_IRR | RedirectionEntry.ACTIVE_LOW))
                .isEqualTo(InterruptMessage.of(0x31, DeliveryMode.FIXED, false, false, 2));
    }

    @Test
    void aMessageCarriesAThirtyTwoBitDestination() {
        long message = InterruptMessage.of(0xFF, DeliveryMode.NMI, true, false, 0xFFFF_FFFE);
        assertThat(InterruptMessage.destination(message)).isEqualTo(0xFFFF_FFFE);
        assertThat(InterruptMessage.vector(message)).isEqualTo(0xFF);
        assertThat(InterruptMessage.deliveryMode(message)).isEqualTo(DeliveryMode.NMI);
        assertThat(InterruptMessage.isLogical(message)).isTrue();
        assertThat(InterruptMessage.isLevel(message)).isFalse();
    }

    @Test
    void aMessageIsPackedAsItsDocumentationSays() {
        assertThat(InterruptMessage.of(0x1A1, DeliveryMode.EXTINT, true, true, 5))
                .isEqualTo(0x0000_0005_0000_8FA1L);
        assertThat(InterruptMessage.of(0xA1, DeliveryMode.FIXED, false, false, 0))
                .isEqualTo(0xA1);
    }

    @ParameterizedTest
    @EnumSource(DeliveryMode.class)
    void aDeliveryModeIsThreeBits(DeliveryMode mode) {
        assertThat(mode.code()).isEqualTo(mode.ordinal());
        assertThat(DeliveryMode.of(mode.code())).isEqualTo(mode);
        long entry = RedirectionEntry.of(0x51, mode, false, TriggerMode.EDGE, false, 0);
        assertThat(entry >>> 8 & 7).isEqualTo(mode.code());
    }

    @Test
    void onlyFixedAndLowestPriorityCarryAVector() {
        assertThat(DeliveryMode.values())
                .filteredOn(DeliveryMode::carriesVector)
                .containsExactly(DeliveryMode.FIXED, DeliveryMode.LOWEST_PRIORITY);
    }
}
