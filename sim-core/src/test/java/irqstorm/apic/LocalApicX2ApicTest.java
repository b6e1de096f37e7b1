// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.state.StateStore;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Access by MSR in x2APIC mode: what faults, and what differs from the register page. */
class LocalApicX2ApicTest {
    private static final long BIT_32 = 1L << 32;
    private static final Set<LapicRegister> NOT_READABLE =
            EnumSet.of(LapicRegister.EOI, LapicRegister.DFR, LapicRegister.ICR2, LapicRegister.SELF_IPI);
    private static final Set<LapicRegister> NOT_WRITABLE = EnumSet.of(
            LapicRegister.ID,
            LapicRegister.LVR,
            LapicRegister.PPR,
            LapicRegister.LDR,
            LapicRegister.DFR,
            LapicRegister.ISR,
            LapicRegister.TMR,
            LapicRegister.IRR,
            LapicRegister.ICR2,
            LapicRegister.TIMER_CURRENT);

    private final StateStore store = new StateStore();
    private final LocalApic apic = new LocalApic(store, LapicTraits.KVM, 0x25);

    @BeforeEach
    void enterX2ApicMode() {
        apic.setMode(ApicMode.X2APIC);
    }

    @ParameterizedTest
    @EnumSource(LapicRegister.class)
    void readingFaultsExactlyWhereThereIsNothingToRead(LapicRegister register) {
        assertThat(apic.readMsr(register.msr()).isPresent()).isEqualTo(!NOT_READABLE.contains(register));
    }

    @ParameterizedTest
    @EnumSource(LapicRegister.class)
    void writingFaultsExactlyWhereNothingCanBeWritten(LapicRegister register) {
        boolean faults = apic.writeMsr(register.msr(), 0) == RegisterWrite.FAULT;
        assertThat(faults).isEqualTo(NOT_WRITABLE.contains(register));
    }

    @ParameterizedTest
    @EnumSource(LapicRegister.class)
    void aWriteThatFaultsChangesNothing(LapicRegister register) {
        long before = store.fingerprint(0);
        for (long value : new long[] {0x51, BIT_32, BIT_32 | 0x51, -1L}) {
            StateStore.Snapshot snapshot = store.snapshot();
            if (apic.writeMsr(register.msr(), value) == RegisterWrite.FAULT) {
                assertThat(store.fingerprint(0)).as("value %x", value).isEqualTo(before);
            }
            store.restore(snapshot);
        }
    }

    @ParameterizedTest
    @EnumSource(LapicRegister.class)
    void bits63To32AreReservedInEveryRegisterButTheCommand(LapicRegister register) {
        boolean faults = apic.writeMsr(register.msr(), BIT_32) == RegisterWrite.FAULT;
        assertThat(faults).isEqualTo(register != LapicRegister.ICR);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {0, 0x10, 0x7FF, 0x800, 0x801, 0x804, 0x80C, 0x829, 0x83A, 0x840, 0x8FF, 0x900, 0x1000_0802, -1})
    void msrsWithoutARegisterFault(int msr) {
        assertThat(apic.readMsr(msr)).isEmpty();
        assertThat(apic.writeMsr(msr, 0)).isEqualTo(RegisterWrite.FAULT);
    }

    @ParameterizedTest
    @EnumSource(
            value = ApicMode.class,
            names = {"XAPIC", "DISABLED"})
    void msrsFaultOutsideX2ApicMode(ApicMode mode) {
        apic.setMode(mode);
        assertThat(apic.readMsr(LapicRegister.TPR.msr())).isEmpty();
        assertThat(apic.writeMsr(LapicRegister.TPR.msr(), 0)).isEqualTo(RegisterWrite.FAULT);
        assertThat(apic.writeMsr(LapicRegister.EOI.msr(), 0)).isEqualTo(RegisterWrite.FAULT);
    }

    @Test
    void theIdIsThirtyTwoBitsWideAndSurvivesTheWayThere() {
        assertThat(apic.readMsr(0x802)).hasValue(0x25);
        assertThat(apic.id()).isEqualTo(0x25);
        apic.setMode(ApicMode.XAPIC);
        assertThat(apic.id()).isEqualTo(0x25);
        assertThat(apic.read(LapicRegister.ID.offset())).isEqualTo(0x2500_0000L);
        assertThat(apic.mode()).isEqualTo(ApicMode.XAPIC);
    }

    @ParameterizedTest(name = "ID {0} has LDR {1}")
    @CsvSource({
        "0x0, 0x00000001",
        "0x1, 0x00000002",
        "0xF, 0x00008000",
        "0x10, 0x00010001",
        "0x25, 0x00020020",
        "0xFE, 0x000F4000"
    })
    void theLogicalIdIsDerivedFromTheIdClusterAboveAndOneBitOfSixteenBelow(String id, String ldr) {
        LocalApic other = new LocalApic(new StateStore(), LapicTraits.KVM, Integer.decode(id));
        other.setMode(ApicMode.X2APIC);
        assertThat(other.readMsr(0x80D)).hasValue(Long.decode(ldr));
    }

    @Test
    void aResetInX2ApicModeDerivesTheLogicalIdAgain() {
        apic.reset(false);
        assertThat(apic.readMsr(0x80D)).hasValue(0x0002_0020L);
        assertThat(apic.mode()).isEqualTo(ApicMode.X2APIC);
    }

    @Test
    void theCommandIsOneSixtyFourBitRegister() {
        assertThat(apic.writeMsr(0x830, 0x0000_0007_0000_40F1L)).isEqualTo(RegisterWrite.COMMAND);
        assertThat(apic.command()).isEqualTo(0x0000_0007_0000_40F1L);
        assertThat(apic.readMsr(0x830)).hasValue(0x0000_0007_0000_40F1L);
    }

    @ParameterizedTest
    @CsvSource({
        "0x00, SELF_IPI",
        "0x51, SELF_IPI",
        "0xFF, SELF_IPI",
        "0x100, FAULT",
        "0x151, FAULT",
        "0x100000000, FAULT"
    })
    void aSelfIpiHasAVectorInBits7To0AndNothingElse(String value, RegisterWrite expected) {
        assertThat(apic.writeMsr(0x83F, Long.decode(value))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0x0, END_OF_INTERRUPT", "0x1, END_OF_INTERRUPT", "0xFFFFFFFF, END_OF_INTERRUPT", "0x100000000, FAULT"})
    void kvmLooksAtBits63To32OfAnEoiOnly(String value, RegisterWrite expected) {
        assertThat(apic.writeMsr(0x80B, Long.decode(value))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0x0, END_OF_INTERRUPT", "0x1, FAULT", "0x80000000, FAULT", "0x100000000, FAULT"})
    void theSdmFaultsOnAnyEoiThatIsNotZero(String value, RegisterWrite expected) {
        LocalApic architectural = new LocalApic(new StateStore(), LapicTraits.ARCHITECTURAL, 0);
        architectural.setMode(ApicMode.X2APIC);
        assertThat(architectural.writeMsr(0x80B, Long.decode(value))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 0x80, BIT_32})
    void anErrorStatusWriteMustBeZero(long value) {
        assertThat(apic.writeMsr(0x828, value)).isEqualTo(RegisterWrite.FAULT);
        assertThat(apic.writeMsr(0x828, 0)).isEqualTo(RegisterWrite.DONE);
    }

    @Test
    void theSpivRuleIsTheSameAsInThePage() {
        assertThat(apic.writeMsr(0x80F, 0x11FF)).isEqualTo(RegisterWrite.DONE);
        assertThat(apic.readMsr(0x80F)).hasValue(0x1FF);
        apic.refreshVersion(true);
        apic.writeMsr(0x80F, 0x11FF);
        assertThat(apic.readMsr(0x80F)).hasValue(0x11FF);
        assertThat(apic.readMsr(0x803)).hasValue(0x0105_0014L);
    }

    @Test
    void isrTmrAndIrrReadByMsrToo() {
        apic.writeMsr(0x80F, 0x1FF);
        apic.accept(0xA1, TriggerMode.LEVEL);
        apic.accept(0x52, TriggerMode.EDGE);
        apic.acknowledge(0xA1);
        assertThat(apic.readMsr(0x815)).hasValue(2);
        assertThat(apic.readMsr(0x81D)).hasValue(2);
        assertThat(apic.readMsr(0x825)).hasValue(0);
        assertThat(apic.readMsr(0x822)).hasValue(1 << 0x12);
        assertThat(apic.readMsr(0x80A)).as("PPR").hasValue(0xA0);
        assertThat(apic.writeMsr(0x815, 0)).isEqualTo(RegisterWrite.FAULT);
    }

    @Test
    void theTaskPriorityIsWrittenByMsr() {
        assertThat(apic.writeMsr(0x808, 0x5F)).isEqualTo(RegisterWrite.DONE);
        assertThat(apic.readMsr(0x808)).hasValue(0x5F);
        assertThat(apic.cr8()).isEqualTo(5);
    }
}
