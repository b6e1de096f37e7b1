// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LapicRegisterTest {

    @ParameterizedTest
    @CsvSource({
        "ID, 0x20, 0x802",
        "LVR, 0x30, 0x803",
        "TPR, 0x80, 0x808",
        "PPR, 0xA0, 0x80A",
        "EOI, 0xB0, 0x80B",
        "LDR, 0xD0, 0x80D",
        "DFR, 0xE0, 0x80E",
        "SPIV, 0xF0, 0x80F",
        "ISR, 0x100, 0x810",
        "TMR, 0x180, 0x818",
        "IRR, 0x200, 0x820",
        "ESR, 0x280, 0x828",
        "LVT_CMCI, 0x2F0, 0x82F",
        "ICR, 0x300, 0x830",
        "LVT_TIMER, 0x320, 0x832",
        "LVT_ERROR, 0x370, 0x837",
        "TIMER_DIVIDE, 0x3E0, 0x83E",
        "SELF_IPI, 0x3F0, 0x83F"
    })
    void offsetsAndMsrsAreThoseOfTheSdm(LapicRegister register, String offset, String msr) {
        assertThat(register.offset()).isEqualTo(Integer.decode(offset));
        assertThat(register.msr()).isEqualTo(Integer.decode(msr));
    }

    @ParameterizedTest
    @EnumSource(LapicRegister.class)
    void theMsrOfARegisterIsItsOffsetDividedBySixteen(LapicRegister register) {
        assertThat(register.msr()).isEqualTo(0x800 + register.offset() / 16);
        assertThat(LapicRegister.at(register.offset())).isEqualTo(register);
    }

    @Test
    void isrTmrAndIrrHaveEightWordsEach() {
        for (int word = 0; word < 8; word++) {
            assertThat(LapicRegister.at(0x100 + 16 * word)).isEqualTo(LapicRegister.ISR);
            assertThat(LapicRegister.at(0x180 + 16 * word)).isEqualTo(LapicRegister.TMR);
            assertThat(LapicRegister.at(0x200 + 16 * word)).isEqualTo(LapicRegister.IRR);
        }
        assertThat(LapicRegister.at(0x290)).isNull();
        assertThat(LapicRegister.at(0xC0)).as("remote read is not modelled").isNull();
    }

    @Test
    void nothingIsBetweenTheRegistersNorOutsideThePage() {
        assertThat(LapicRegister.at(0x00)).isNull();
        assertThat(LapicRegister.at(0x84)).isNull();
        assertThat(LapicRegister.at(0x81)).isNull();
        assertThat(LapicRegister.at(-16)).isNull();
        assertThat(LapicRegister.at(0x3F0)).isEqualTo(LapicRegister.SELF_IPI);
        assertThat(LapicRegister.at(0x400)).isNull();
        assertThat(LapicRegister.at(0x1000)).isNull();
    }

    @Test
    void theLocalVectorTableHasSevenRegisters() {
        assertThat(LapicRegister.values())
                .filteredOn(LapicRegister::isLocalVector)
                .containsExactly(
                        LapicRegister.LVT_CMCI,
                        LapicRegister.LVT_TIMER,
                        LapicRegister.LVT_THERMAL,
                        LapicRegister.LVT_PERFORMANCE,
                        LapicRegister.LVT_LINT0,
                        LapicRegister.LVT_LINT1,
                        LapicRegister.LVT_ERROR);
    }
}
