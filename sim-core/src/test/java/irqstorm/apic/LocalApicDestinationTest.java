// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.state.StateStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which messages are meant for a local APIC. */
class LocalApicDestinationTest {
    private static final boolean PHYSICAL = false;
    private static final boolean LOGICAL = true;

    @Test
    void aPhysicalDestinationIsTheApicId() {
        LocalApic apic = xApic(5);
        for (int destination = 0; destination < 0xFF; destination++) {
            assertThat(apic.isDestination(destination, PHYSICAL)).isEqualTo(destination == 5);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ApicMode.class,
            names = {"XAPIC", "X2APIC"})
    void destination0xFFMeansEverybodyPhysicallyAndLogically(ApicMode mode) {
        LocalApic apic = xApic(5);
        apic.setMode(mode);
        assertThat(apic.isDestination(0xFF, PHYSICAL)).isTrue();
        assertThat(apic.isDestination(0xFF, LOGICAL)).isTrue();
    }

    @Test
    void destination0xFFFFFFFFMeansEverybodyInX2ApicModeOnly() {
        LocalApic apic = xApic(5);
        assertThat(apic.isDestination(0xFFFF_FFFF, PHYSICAL)).isFalse();
        apic.setMode(ApicMode.X2APIC);
        assertThat(apic.isDestination(0xFFFF_FFFF, PHYSICAL)).isTrue();
        assertThat(apic.isDestination(0xFFFF_FFFF, LOGICAL)).isTrue();
    }

    @ParameterizedTest(name = "flat: LDR {0}, destination {1}: {2}")
    @CsvSource({
        "0x01, 0x01, true", "0x01, 0x02, false", "0x01, 0x0F, true", "0x80, 0xC0, true",
        "0x80, 0x7F, false", "0x06, 0x04, true", "0x00, 0x7F, false", "0x11, 0x10, true"
    })
    void inTheFlatModelAnyCommonBitMatches(String ldr, String destination, boolean meant) {
        LocalApic apic = withLogicalId(Integer.decode(ldr), 0xFFFF_FFFFL);
        assertThat(apic.isDestination(Integer.decode(destination), LOGICAL)).isEqualTo(meant);
    }

    @ParameterizedTest(name = "cluster: LDR {0}, destination {1}: {2}")
    @CsvSource({
        "0x21, 0x21, true", "0x21, 0x23, true", "0x21, 0x22, false", "0x21, 0x31, false",
        "0x21, 0x11, false", "0x21, 0x20, false", "0x2F, 0x28, true", "0x01, 0x01, true"
    })
    void inTheClusterModelTheClusterMustBeEqualAndABitInCommon(String ldr, String destination, boolean meant) {
        LocalApic apic = withLogicalId(Integer.decode(ldr), 0);
        assertThat(apic.isDestination(Integer.decode(destination), LOGICAL)).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(longs = {0x1000_0000L, 0x7000_0000L, 0xE000_0000L})
    void withAnyOtherModelNoLogicalDestinationMatches(long format) {
        assertThat(withLogicalId(0x21, format).isDestination(0x21, LOGICAL)).isFalse();
        assertThat(withLogicalId(0x21, format).isDestination(0xFF, LOGICAL)).isTrue();
    }

    @Test
    void theLogicalIdSaysNothingAboutPhysicalDestinations() {
        LocalApic apic = withLogicalId(0x04, 0xFFFF_FFFFL);
        assertThat(apic.isDestination(4, PHYSICAL)).isFalse();
        assertThat(apic.isDestination(9, PHYSICAL)).isTrue();
        assertThat(apic.isDestination(9, LOGICAL)).isFalse();
    }

    @ParameterizedTest(name = "x2APIC ID 0x12, logical destination {0}: {1}")
    @CsvSource({
        "0x00010004, true",
        "0x0001FFFF, true",
        "0x00010003, false",
        "0x00000004, false",
        "0x00020004, false",
        "0x00010000, false"
    })
    void inX2ApicModeTheClusterIsInBits31To16(String destination, boolean meant) {
        LocalApic apic = xApic(0x12);
        apic.setMode(ApicMode.X2APIC);
        assertThat(apic.isDestination(Integer.decode(destination), LOGICAL)).isEqualTo(meant);
        assertThat(apic.isDestination(0x12, PHYSICAL)).isTrue();
        assertThat(apic.isDestination(0x13, PHYSICAL)).isFalse();
    }

    @Test
    void anEightBitLogicalDestinationReachesTheFirstClusterInX2ApicMode() {
        LocalApic apic = xApic(3);
        apic.setMode(ApicMode.X2APIC);
        assertThat(apic.isDestination(0x08, LOGICAL)).isTrue();
        assertThat(apic.isDestination(0x04, LOGICAL)).isFalse();
    }

    private static LocalApic xApic(int id) {
        return new LocalApic(new StateStore(), LapicTraits.KVM, id);
    }

    private static LocalApic withLogicalId(int logicalId, long format) {
        LocalApic apic = xApic(9);
        apic.write(LapicRegister.LDR.offset(), (long) logicalId << 24);
        apic.write(LapicRegister.DFR.offset(), format);
        return apic;
    }
}
