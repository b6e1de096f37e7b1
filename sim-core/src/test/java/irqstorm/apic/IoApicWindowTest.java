// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import irqstorm.apic.IoApicProfile.EoiRegister;
import irqstorm.apic.IoApicWindow.Access;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The register page: IOREGSEL, IOWIN, the registers behind them, and offset 0x40. */
class IoApicWindowTest {
    private final WiredIoApic wired = new WiredIoApic(Profiles.qemu20());
    private final IoApicWindow window = wired.window();

    @Test
    void softwareSelectsARegisterAndReadsItThroughTheWindow() {
        select(IoApicWindow.VERSION);
        assertThat(window.read(IoApicWindow.IOREGSEL)).isEqualTo(1);
        assertThat(window.read(IoApicWindow.IOWIN)).isEqualTo(0x0017_0020L);
    }

    @Test
    void theSelectRegisterHasEightBits() {
        assertThat(window.write(IoApicWindow.IOREGSEL, 4, 0x1FF01)).isEqualTo(Access.DONE);
        assertThat(window.read(IoApicWindow.IOREGSEL)).isEqualTo(1);
    }

    @Test
    void theVersionRegisterHasTheVersionAndTheNumberOfTheLastEntry() {
        assertThat(new WiredIoApic(Profiles.qemu11()).window().readRegister(IoApicWindow.VERSION))
                .isEqualTo(0x0017_0011L);
        assertThat(new WiredIoApic(Profiles.kvmInKernel()).window().readRegister(IoApicWindow.VERSION))
                .isEqualTo(0x0017_0011L);
    }

    @Test
    void theIdHasFourBitsAndTheArbitrationIdFollowsIt() {
        assertThat(read(IoApicWindow.ID)).isZero();
        assertThat(write(IoApicWindow.ID, 0xFFFF_FFFFL)).isEqualTo(Access.DONE);
        assertThat(read(IoApicWindow.ID)).isEqualTo(0x0F00_0000L);
        assertThat(read(IoApicWindow.ARBITRATION)).isEqualTo(0x0F00_0000L);
        write(IoApicWindow.ID, 0x0200_0000L);
        assertThat(read(IoApicWindow.ARBITRATION)).isEqualTo(0x0200_0000L);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x01, 0x02, 0x03, 0x0F, 0x40, 0xFF})
    void versionArbitrationAndWhatDoesNotExistIgnoreWrites(int index) {
        long before = read(index);
        assertThat(write(index, 0xFFFF_FFFFL)).isEqualTo(Access.IGNORED);
        assertThat(read(index)).isEqualTo(before);
        assertThat(wired.notes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0x03, 0x0F, 0x40, 0xFF})
    void whatDoesNotExistReadsZero(int index) {
        assertThat(read(index)).isZero();
    }

    @Test
    void everyEntryIsMaskedAfterReset() {
        for (int pin = 0; pin < 24; pin++) {
            assertThat(read(0x10 + 2 * pin)).isEqualTo(0x0001_0000L);
            assertThat(read(0x11 + 2 * pin)).isZero();
            assertThat(wired.chip().isLineHigh(pin)).isFalse();
            assertThat(wired.chip().successiveEois(pin)).isZero();
        }
    }

    @Test
    void anEntryIsTwoRegistersTheLowHalfFirst() {
        assertThat(write(0x10 + 2 * 23, 0x0000_80A1L)).isEqualTo(Access.DONE);
        assertThat(write(0x11 + 2 * 23, 0xAA00_0000L)).isEqualTo(Access.DONE);

        assertThat(wired.chip().entry(23)).isEqualTo(0xAA00_0000_0000_80A1L);
        assertThat(read(0x10 + 2 * 23)).isEqualTo(0x0000_80A1L);
        assertThat(read(0x11 + 2 * 23)).isEqualTo(0xAA00_0000L);
        assertThat(wired.chip().entry(22)).isEqualTo(RedirectionEntry.RESET);
        assertThat(wired.notes()).containsExactly("pin 23 is written", "pin 23 is written");
    }

    @Test
    void theFirstEntryIsAtRegister0x10() {
        assertThat(write(0x10, 0x0000_0051L)).isEqualTo(Access.DONE);
        assertThat(wired.chip().entry(0)).isEqualTo(0x51);
        assertThat(wired.chip().entry(1)).isEqualTo(RedirectionEntry.RESET);
    }

    @Test
    void oneHalfLeavesTheOther() {
        wired.chip().writeEntry(0, true, 0xAA00_0000L);
        wired.chip().writeEntry(0, false, 0x51);
        assertThat(wired.chip().entry(0)).isEqualTo(0xAA00_0000_0000_0051L);
        wired.chip().writeEntry(0, true, 0xFFFF_FFFFL);
        assertThat(wired.chip().entry(0)).isEqualTo(0xFFFF_FFFF_0000_0051L);
    }

    @Test
    void aWholeEntryIsWrittenHighHalfFirstSoThatItIsUnmaskedLast() {
        window.writeEntry(5, 0x0300_0000_0000_8051L);
        assertThat(wired.chip().entry(5)).isEqualTo(0x0300_0000_0000_8051L);
        assertThat(window.read(IoApicWindow.IOREGSEL))
                .as("the last register selected")
                .isEqualTo(0x1A);
    }

    @Test
    void theNumberOfPinsIsTheProfiles() {
        IoApicProfile small = Profiles.withPins(Profiles.qemu20(), 2);
        IoApicWindow two = new WiredIoApic(small).window();
        assertThat(two.readRegister(IoApicWindow.VERSION)).isEqualTo(0x0001_0020L);
        assertThat(two.readRegister(0x13)).isZero();
        assertThat(two.readRegister(0x12)).isEqualTo(0x0001_0000L);
        assertThat(two.readRegister(0x14)).as("beyond the table").isZero();

        IoApicWindow full = new WiredIoApic(Profiles.withPins(Profiles.qemu20(), IoApicProfile.MAX_PINS)).window();
        assertThat(full.readRegister(0xFE)).isEqualTo(0x0001_0000L);
        assertThat(full.readRegister(IoApicWindow.VERSION)).isEqualTo(0x0077_0020L);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x04, 0x08, 0x14, 0x20, 0x80, 0xFF})
    void otherOffsetsReadZeroAndIgnoreWrites(int offset) {
        assertThat(window.write(offset, 4, 0x51)).isEqualTo(Access.IGNORED);
        assertThat(window.read(offset)).isZero();
    }

    @ParameterizedTest(name = "{0}, {1} bytes: {2}")
    @CsvSource({
        "NONE, 1, IGNORED",
        "NONE, 4, IGNORED",
        "ANY_SIZE, 1, DONE",
        "ANY_SIZE, 2, DONE",
        "ANY_SIZE, 4, DONE",
        "ANY_SIZE, 8, DONE",
        "DWORD_ONLY, 1, IGNORED",
        "DWORD_ONLY, 2, IGNORED",
        "DWORD_ONLY, 4, DONE",
        "DWORD_ONLY, 8, IGNORED"
    })
    void theEoiRegisterIsThereOrNotAndMayLookAtTheSize(EoiRegister register, int size, Access expected) {
        WiredIoApic chip = inService(Profiles.with(Profiles.qemu20(), register));
        assertThat(chip.window().write(IoApicWindow.EOI_REGISTER, size, 0xA1)).isEqualTo(expected);
        assertThat(chip.remoteIrr(4)).isEqualTo(expected == Access.IGNORED);
        assertThat(chip.chip().takesDirectedEoi(size)).isEqualTo(expected == Access.DONE);
        assertThat(chip.window().read(IoApicWindow.EOI_REGISTER)).isZero();
    }

    @Test
    void anEoiRegisterMayBeFatal() {
        WiredIoApic chip = inService(Profiles.with(Profiles.qemu20(), EoiRegister.FATAL));
        assertThatThrownBy(() -> chip.window().write(IoApicWindow.EOI_REGISTER, 4, 0xA1))
                .isInstanceOf(FatalModelError.class)
                .hasMessage("qemu-ioapic-0x20 stops on a write to its EOI register");
        assertThat(chip.remoteIrr(4)).isTrue();
    }

    @Test
    void theBundledChipsDifferInTheirEoiRegister() {
        assertThat(Profiles.qemu20().eoiRegister()).isEqualTo(EoiRegister.DWORD_ONLY);
        for (IoApicProfile without : new IoApicProfile[] {Profiles.qemu11(), Profiles.kvmInKernel()}) {
            WiredIoApic chip = inService(without);
            assertThat(chip.window().write(IoApicWindow.EOI_REGISTER, 4, 0xA1)).isEqualTo(Access.IGNORED);
            assertThat(chip.remoteIrr(4)).as(without.name()).isTrue();
        }
    }

    @Test
    void theEoiRegisterTakesTheVectorFromItsLowByte() {
        WiredIoApic chip = inService(Profiles.qemu20());
        chip.window().write(IoApicWindow.EOI_REGISTER, 4, 0xFFFF_FFA1L);
        assertThat(chip.remoteIrr(4)).isFalse();
    }

    @Test
    void anEoiOfAnotherVectorEndsNothing() {
        WiredIoApic chip = inService(Profiles.qemu20());
        assertThat(chip.window().write(IoApicWindow.EOI_REGISTER, 4, 0xA2)).isEqualTo(Access.DONE);
        assertThat(chip.remoteIrr(4)).isTrue();
    }

    private static WiredIoApic inService(IoApicProfile profile) {
        WiredIoApic chip = new WiredIoApic(profile).program(4, 0xA1, TriggerMode.LEVEL);
        chip.raise(4);
        chip.lower(4);
        assertThat(chip.remoteIrr(4)).isTrue();
        return chip;
    }

    private void select(int index) {
        window.write(IoApicWindow.IOREGSEL, 4, index);
    }

    private long read(int index) {
        select(index);
        assertThat(window.read(IoApicWindow.IOWIN)).isEqualTo(window.readRegister(index));
        return window.read(IoApicWindow.IOWIN);
    }

    private Access write(int index, long value) {
        select(index);
        return window.write(IoApicWindow.IOWIN, 4, value);
    }
}
