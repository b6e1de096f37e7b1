// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.state.StateStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** IA32_APIC_BASE. */
class ApicBaseTest {
    private static final long ADDRESS = ApicBase.DEFAULT_ADDRESS;

    private final StateStore store = new StateStore();
    private final LocalApic apic = new LocalApic(store, LapicTraits.KVM, 5);
    private final ApicBase base = new ApicBase(store, apic, true, true, 40);

    @Test
    void afterResetThePageIsAtItsDefaultAddressAndTheApicIsEnabled() {
        assertThat(base.read()).isEqualTo(0xFEE0_0900L);
        assertThat(new ApicBase(store, apic, false, true, 40).read()).isEqualTo(0xFEE0_0800L);
        assertThat(base.address()).isEqualTo(0xFEE0_0000L);
    }

    @ParameterizedTest
    @CsvSource({
        "XAPIC,   0, 0, true",
        "XAPIC,   1, 0, true",
        "XAPIC,   1, 1, true",
        "XAPIC,   0, 1, false",
        "X2APIC,  0, 0, true",
        "X2APIC,  1, 0, false",
        "X2APIC,  1, 1, true",
        "X2APIC,  0, 1, false",
        "DISABLED,0, 0, true",
        "DISABLED,1, 0, true",
        "DISABLED,1, 1, false",
        "DISABLED,0, 1, false"
    })
    void theseTransitionsAreAllowed(ApicMode from, int enabled, int extended, boolean allowed) {
        if (from == ApicMode.X2APIC) {
            base.write(ADDRESS | ApicBase.EN | ApicBase.EXTD);
        } else if (from == ApicMode.DISABLED) {
            base.write(ADDRESS);
        }
        assertThat(apic.mode()).isEqualTo(from);
        long before = base.read();
        long value = ADDRESS | ApicBase.EN * enabled | ApicBase.EXTD * extended;

        assertThat(base.write(value)).isEqualTo(allowed);
        assertThat(base.read()).isEqualTo(allowed ? value : before);
        ApicMode to = enabled == 0 ? ApicMode.DISABLED : extended == 0 ? ApicMode.XAPIC : ApicMode.X2APIC;
        assertThat(apic.mode()).isEqualTo(allowed ? to : from);
    }

    @Test
    void withoutTheFeatureX2ApicModeCannotBeEntered() {
        ApicBase without = new ApicBase(store, apic, false, false, 40);
        assertThat(without.write(ADDRESS | ApicBase.EN | ApicBase.EXTD)).isFalse();
        assertThat(without.write(ADDRESS | ApicBase.EN)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 9, 40, 63})
    void reservedBitsFault(int bit) {
        assertThat(base.write(base.read() | 1L << bit)).isFalse();
        assertThat(base.read()).isEqualTo(0xFEE0_0900L);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 12, 39})
    void otherBitsDoNot(int bit) {
        assertThat(base.write(base.read() ^ 1L << bit)).isTrue();
        assertThat(base.address()).isEqualTo(0xFEE0_0000L ^ (bit == 8 ? 0 : 1L << bit));
    }

    @Test
    void theIdThatSoftwareWroteIsKeptInXApicModeAndLostWithX2ApicMode() {
        apic.write(LapicRegister.ID.offset(), 0x0900_0000L);
        base.write(base.read() | ApicBase.BSP);
        assertThat(apic.id()).isEqualTo(9);
        base.write(base.read() | ApicBase.EXTD);
        assertThat(apic.id()).isEqualTo(5);
        assertThat(apic.read(LapicRegister.LDR.offset())).isEqualTo(1 << 5);
        base.write(ADDRESS);
        base.write(ADDRESS | ApicBase.EN);
        assertThat(apic.id()).isEqualTo(5);
    }
}
