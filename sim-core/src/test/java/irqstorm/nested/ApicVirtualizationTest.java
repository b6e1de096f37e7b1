// SPDX-License-Identifier: Apache-2.0
package irqstorm.nested;

import static irqstorm.nested.VmxControl.APIC_REGISTER_VIRTUALIZATION;
import static irqstorm.nested.VmxControl.SECONDARY_CONTROLS;
import static irqstorm.nested.VmxControl.TPR_SHADOW;
import static irqstorm.nested.VmxControl.VIRTUALIZE_APIC_ACCESSES;
import static irqstorm.nested.VmxControl.VIRTUALIZE_X2APIC_MODE;
import static irqstorm.nested.VmxControl.VIRTUAL_INTERRUPT_DELIVERY;
import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.nested.ApicVirtualization.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of L2's accesses to its local APIC. */
class ApicVirtualizationTest {
    private static final VmxControls PAGE =
            VmxControls.NONE.with(SECONDARY_CONTROLS, true).with(VIRTUALIZE_APIC_ACCESSES, true);
    private static final VmxControls SHADOW = PAGE.with(TPR_SHADOW, true);
    private static final VmxControls REGISTERS = SHADOW.with(APIC_REGISTER_VIRTUALIZATION, true);
    private static final VmxControls DELIVERY = REGISTERS.with(VIRTUAL_INTERRUPT_DELIVERY, true);
    private static final VmxControls X2APIC = VmxControls.NONE
            .with(SECONDARY_CONTROLS, true)
            .with(TPR_SHADOW, true)
            .with(VIRTUALIZE_X2APIC_MODE, true);

    @Test
    void withoutTheControlThePageIsMemory() {
        assertThat(ApicVirtualization.readPage(SHADOW.with(VIRTUALIZE_APIC_ACCESSES, false), 0x80))
                .isEqualTo(Outcome.NOT_VIRTUALIZED);
        assertThat(ApicVirtualization.writePage(SHADOW.with(SECONDARY_CONTROLS, false), 0x80, 0))
                .isEqualTo(Outcome.NOT_VIRTUALIZED);
    }

    @ParameterizedTest
    @CsvSource({
        "0x20,APIC_ACCESS_EXIT,PAGE",
        "0x30,APIC_ACCESS_EXIT,PAGE",
        "0x80,PAGE,PAGE",
        "0xA0,APIC_ACCESS_EXIT,APIC_ACCESS_EXIT",
        "0xB0,APIC_ACCESS_EXIT,PAGE",
        "0xD0,APIC_ACCESS_EXIT,PAGE",
        "0x100,APIC_ACCESS_EXIT,PAGE",
        "0x270,APIC_ACCESS_EXIT,PAGE",
        "0x280,APIC_ACCESS_EXIT,PAGE",
        "0x2F0,APIC_ACCESS_EXIT,APIC_ACCESS_EXIT",
        "0x300,APIC_ACCESS_EXIT,PAGE",
        "0x390,APIC_ACCESS_EXIT,APIC_ACCESS_EXIT",
        "0x3E0,APIC_ACCESS_EXIT,PAGE",
        "0x3F0,APIC_ACCESS_EXIT,APIC_ACCESS_EXIT",
        "0xC0,APIC_ACCESS_EXIT,APIC_ACCESS_EXIT"
    })
    void readsOfThePage(String offset, Outcome withShadow, Outcome withRegisters) {
        int at = Integer.decode(offset);
        assertThat(ApicVirtualization.readPage(PAGE, at)).isEqualTo(Outcome.APIC_ACCESS_EXIT);
        assertThat(ApicVirtualization.readPage(SHADOW, at)).isEqualTo(withShadow);
        assertThat(ApicVirtualization.readPage(REGISTERS, at)).isEqualTo(withRegisters);
        assertThat(ApicVirtualization.readPage(REGISTERS.with(TPR_SHADOW, false), at))
                .isEqualTo(Outcome.APIC_ACCESS_EXIT);
    }

    @ParameterizedTest
    @CsvSource({
        "0x20,APIC_ACCESS_EXIT,APIC_WRITE_EXIT",
        "0x30,APIC_ACCESS_EXIT,APIC_ACCESS_EXIT",
        "0x80,TPR,TPR",
        "0xB0,APIC_ACCESS_EXIT,APIC_WRITE_EXIT",
        "0x100,APIC_ACCESS_EXIT,APIC_ACCESS_EXIT",
        "0x300,APIC_ACCESS_EXIT,APIC_WRITE_EXIT",
        "0x310,APIC_ACCESS_EXIT,ICR_HIGH",
        "0x320,APIC_ACCESS_EXIT,APIC_WRITE_EXIT",
        "0x390,APIC_ACCESS_EXIT,APIC_ACCESS_EXIT",
        "0xC0,APIC_ACCESS_EXIT,APIC_ACCESS_EXIT"
    })
    void writesOfThePage(String offset, Outcome withShadow, Outcome withRegisters) {
        int at = Integer.decode(offset);
        assertThat(ApicVirtualization.writePage(PAGE, at, 0x51)).isEqualTo(Outcome.APIC_ACCESS_EXIT);
        assertThat(ApicVirtualization.writePage(SHADOW, at, 0x51)).isEqualTo(withShadow);
        assertThat(ApicVirtualization.writePage(REGISTERS, at, 0x51)).isEqualTo(withRegisters);
    }

    @Test
    void withVirtualInterruptsTheProcessorTakesEoisAndPlainSelfIpis() {
        assertThat(ApicVirtualization.writePage(DELIVERY, 0xB0, 0)).isEqualTo(Outcome.EOI);
        VmxControls noRegisters = DELIVERY.with(APIC_REGISTER_VIRTUALIZATION, false);
        assertThat(ApicVirtualization.writePage(noRegisters, 0xB0, 0)).isEqualTo(Outcome.EOI);
        assertThat(ApicVirtualization.writePage(noRegisters, 0x300, 0x4_0051)).isEqualTo(Outcome.SELF_IPI);
        assertThat(ApicVirtualization.writePage(noRegisters, 0x320, 0)).isEqualTo(Outcome.APIC_ACCESS_EXIT);
    }

    @ParameterizedTest
    @CsvSource({
        "0x40051,SELF_IPI",
        "0x44051,SELF_IPI",
        "0x40851,SELF_IPI",
        "0x51,APIC_WRITE_EXIT",
        "0x80051,APIC_WRITE_EXIT",
        "0xC0051,APIC_WRITE_EXIT",
        "0x40451,APIC_WRITE_EXIT",
        "0x48051,APIC_WRITE_EXIT",
        "0x41051,APIC_WRITE_EXIT",
        "0x4000F,APIC_WRITE_EXIT",
        "0x40010,SELF_IPI",
        "0x140051,APIC_WRITE_EXIT"
    })
    void aPlainSelfIpiIsFixedEdgeAndLegal(String command, Outcome outcome) {
        assertThat(ApicVirtualization.writePage(DELIVERY, 0x300, Long.decode(command)))
                .isEqualTo(outcome);
    }

    @Test
    void msrReadsComeFromThePageByControl() {
        assertThat(ApicVirtualization.readMsr(X2APIC, 0x80)).isEqualTo(Outcome.PAGE);
        assertThat(ApicVirtualization.readMsr(X2APIC, 0x20)).isEqualTo(Outcome.NOT_VIRTUALIZED);
        assertThat(ApicVirtualization.readMsr(X2APIC.with(APIC_REGISTER_VIRTUALIZATION, true), 0x20))
                .isEqualTo(Outcome.PAGE);
        assertThat(ApicVirtualization.readMsr(REGISTERS, 0x80)).isEqualTo(Outcome.NOT_VIRTUALIZED);
    }

    @ParameterizedTest
    @CsvSource({
        "0x80,0xFF,TPR,TPR",
        "0x80,0x100,FAULT,FAULT",
        "0xB0,0,NOT_VIRTUALIZED,EOI",
        "0xB0,1,NOT_VIRTUALIZED,FAULT",
        "0x3F0,0xF1,NOT_VIRTUALIZED,SELF_IPI",
        "0x3F0,0x10,NOT_VIRTUALIZED,SELF_IPI",
        "0x3F0,0xF,NOT_VIRTUALIZED,APIC_WRITE_EXIT",
        "0x3F0,0x1F1,NOT_VIRTUALIZED,FAULT",
        "0x320,0,NOT_VIRTUALIZED,NOT_VIRTUALIZED",
        "0xC0,0,NOT_VIRTUALIZED,NOT_VIRTUALIZED"
    })
    void msrWrites(String offset, String value, Outcome plain, Outcome withDelivery) {
        int at = Integer.decode(offset);
        long written = Long.decode(value);
        assertThat(ApicVirtualization.writeMsr(X2APIC, at, written)).isEqualTo(plain);
        assertThat(ApicVirtualization.writeMsr(X2APIC.with(VIRTUAL_INTERRUPT_DELIVERY, true), at, written))
                .isEqualTo(withDelivery);
        assertThat(ApicVirtualization.writeMsr(DELIVERY, at, written)).isEqualTo(Outcome.NOT_VIRTUALIZED);
    }
}
