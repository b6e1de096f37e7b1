// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.state.StateStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Acceptance, priority, acknowledge and EOI. */
class LocalApicPriorityTest {
    private final LocalApic apic = new LocalApic(new StateStore(), LapicTraits.KVM, 0);

    @BeforeEach
    void enable() {
        apic.write(LapicRegister.SPIV.offset(), 0x1FF);
    }

    @Test
    void aSoftwareDisabledApicRefusesAndForgets() {
        apic.write(LapicRegister.SPIV.offset(), 0xFF);
        assertThat(apic.accept(0x51, TriggerMode.EDGE)).isFalse();
        assertThat(apic.requested().isEmpty()).isTrue();
        assertThat(apic.triggerModes().isEmpty()).isTrue();
    }

    @Test
    void aGloballyDisabledApicRefusesWhateverSpivSays() {
        apic.setMode(ApicMode.DISABLED);
        assertThat(apic.mode()).isEqualTo(ApicMode.DISABLED);
        assertThat(apic.isEnabled()).isFalse();
        assertThat(apic.accept(0x51, TriggerMode.EDGE)).isFalse();
    }

    @Test
    void tmrTakesTheTriggerModeOfTheLastAcceptance() {
        apic.accept(0x51, TriggerMode.LEVEL);
        assertThat(apic.triggerModes().contains(0x51)).isTrue();
        apic.accept(0x51, TriggerMode.EDGE);
        assertThat(apic.triggerModes().contains(0x51)).isFalse();
        apic.accept(0x51, TriggerMode.LEVEL);
        apic.acknowledge(0x51);
        apic.endOfInterrupt();
        assertThat(apic.triggerModes().contains(0x51)).as("an EOI leaves TMR").isTrue();
    }

    @Test
    void aVectorThatIsRequestedAlreadyIsAcceptedAgainWithoutEffect() {
        assertThat(apic.accept(0x51, TriggerMode.EDGE)).isTrue();
        assertThat(apic.accept(0x51, TriggerMode.EDGE)).isTrue();
        apic.acknowledge(0x51);
        assertThat(apic.requested().isEmpty()).isTrue();
    }

    @Test
    void aVectorInServiceCanBeRequestedOnceMore() {
        apic.accept(0x51, TriggerMode.EDGE);
        apic.acknowledge(0x51);
        apic.accept(0x51, TriggerMode.EDGE);
        assertThat(apic.requested().contains(0x51)).isTrue();
        assertThat(apic.inService().contains(0x51)).isTrue();
        assertThat(apic.deliverable()).isEqualTo(VectorSet.NONE);
        assertThat(apic.endOfInterrupt()).isEqualTo(0x51);
        assertThat(apic.deliverable()).isEqualTo(0x51);
    }

    @Test
    void theHighestVectorIsDispatchedFirst() {
        apic.accept(0x51, TriggerMode.EDGE);
        apic.accept(0xA1, TriggerMode.EDGE);
        apic.accept(0x91, TriggerMode.EDGE);
        assertThat(apic.deliverable()).isEqualTo(0xA1);
    }

    @Test
    void acknowledgeMovesTheVectorFromIrrToIsr() {
        apic.accept(0x51, TriggerMode.EDGE);
        apic.accept(0x61, TriggerMode.EDGE);
        apic.acknowledge(0x61);
        assertThat(apic.requested().contains(0x61)).isFalse();
        assertThat(apic.inService().contains(0x61)).isTrue();
        assertThat(apic.requested().contains(0x51)).isTrue();
    }

    @Test
    void withdrawingTakesAVectorOutOfIrrWithoutService() {
        apic.accept(0x51, TriggerMode.EDGE);
        apic.withdraw(0x51);
        assertThat(apic.requested().isEmpty()).isTrue();
        assertThat(apic.inService().isEmpty()).isTrue();
    }

    @Test
    void aVectorOfTheSameClassWaitsForTheEoiOfTheOneInService() {
        apic.accept(0x51, TriggerMode.EDGE);
        apic.acknowledge(0x51);
        apic.accept(0x5F, TriggerMode.EDGE);
        assertThat(apic.deliverable()).isEqualTo(VectorSet.NONE);
        apic.accept(0x60, TriggerMode.EDGE);
        assertThat(apic.deliverable()).isEqualTo(0x60);
    }

    @Test
    void eoiEndsTheHighestVectorInServiceWhicheverWasTakenLast() {
        for (int vector : new int[] {0x51, 0x91, 0xF1}) {
            apic.accept(vector, TriggerMode.LEVEL);
            apic.acknowledge(vector);
        }
        assertThat(apic.endOfInterrupt()).isEqualTo(0xF1);
        assertThat(apic.endOfInterrupt()).isEqualTo(0x91);
        assertThat(apic.endOfInterrupt()).isEqualTo(0x51);
        assertThat(apic.inService().isEmpty()).isTrue();
    }

    @Test
    void aSpuriousEoiIsANoOp() {
        apic.accept(0x51, TriggerMode.EDGE);
        assertThat(apic.endOfInterrupt()).isEqualTo(VectorSet.NONE);
        assertThat(apic.requested().contains(0x51)).isTrue();
    }

    @ParameterizedTest(name = "TPR {0} and ISR {1} give PPR {2}")
    @CsvSource({
        "0x00, none, 0x00",
        "0x1F, none, 0x1F",
        "0x00, 0x51, 0x50",
        "0x4F, 0x51, 0x50",
        "0x50, 0x51, 0x50",
        "0x5F, 0x51, 0x5F",
        "0x53, 0x5F, 0x53",
        "0x60, 0x51, 0x60",
        "0xFF, 0xFE, 0xFF",
        "0x00, 0xFF, 0xF0"
    })
    void pprIsAllOfTprIfItsClassIsNotBelowThatInServiceElseThatClass(String tpr, String isr, String ppr) {
        apic.write(LapicRegister.TPR.offset(), Long.decode(tpr));
        if (!isr.equals("none")) {
            apic.accept(Integer.decode(isr), TriggerMode.EDGE);
            apic.acknowledge(Integer.decode(isr));
        }
        assertThat(apic.processorPriority()).isEqualTo(Integer.decode(ppr));
        assertThat(apic.read(LapicRegister.PPR.offset())).isEqualTo(Long.decode(ppr));
    }

    @ParameterizedTest(name = "IRR {0} under TPR {1}: dispatched {2}")
    @CsvSource({
        "0x50, 0x4F, true",
        "0x5F, 0x50, false",
        "0x5F, 0x51, false",
        "0x60, 0x50, true",
        "0x60, 0x5F, true",
        "0x60, 0x60, false",
        "0x10, 0x00, true",
        "0x1F, 0x01, true",
        "0xF1, 0xEF, true",
        "0xF1, 0xF0, false",
        "0xFF, 0xFF, false"
    })
    void theClassOfTheVectorIsComparedWithAllEightBitsOfPpr(String irr, String tpr, boolean dispatched) {
        apic.accept(Integer.decode(irr), TriggerMode.EDGE);
        apic.write(LapicRegister.TPR.offset(), Long.decode(tpr));
        assertThat(apic.deliverable()).isEqualTo(dispatched ? Integer.decode(irr) : VectorSet.NONE);
    }

    @Test
    void everyPairOfVectorAndTprIsDispatchedByTheOneRule() {
        for (int vector = 0; vector < 256; vector++) {
            apic.accept(vector, TriggerMode.EDGE);
            for (int tpr = 0; tpr < 256; tpr++) {
                apic.write(LapicRegister.TPR.offset(), tpr);
                int expected = (vector & 0xF0) > tpr ? vector : VectorSet.NONE;
                if (apic.deliverable() != expected) {
                    assertThat(apic.deliverable())
                            .as("vector %x tpr %x", vector, tpr)
                            .isEqualTo(expected);
                }
            }
            apic.withdraw(vector);
        }
    }

    @Test
    void aDisabledApicDispatchesNothingThatItHolds() {
        apic.accept(0x51, TriggerMode.EDGE);
        apic.write(LapicRegister.SPIV.offset(), 0xFF);
        assertThat(apic.deliverable()).isEqualTo(VectorSet.NONE);
        assertThat(apic.requested().contains(0x51)).isTrue();
    }

    @Test
    void kvmTakesVectorsBelow16WhichAreThenNeverDispatchedNorReported() {
        for (int vector = 0; vector < 16; vector++) {
            assertThat(apic.accept(vector, TriggerMode.EDGE)).isTrue();
            assertThat(apic.requested().contains(vector)).isTrue();
            assertThat(apic.deliverable()).isEqualTo(VectorSet.NONE);
        }
        apic.noteIllegalSend();
        apic.write(LapicRegister.ESR.offset(), 0);
        assertThat(apic.read(LapicRegister.ESR.offset())).isZero();
    }

    @Test
    void theSdmKeepsVectorsBelow16OutAndReportsThemInEsrAtItsNextWrite() {
        LocalApic architectural = architectural();
        assertThat(architectural.accept(15, TriggerMode.EDGE)).isFalse();
        assertThat(architectural.requested().isEmpty()).isTrue();
        assertThat(architectural.accept(16, TriggerMode.EDGE)).isTrue();
        assertThat(architectural.read(LapicRegister.ESR.offset()))
                .as("before the write")
                .isZero();

        assertThat(architectural.write(LapicRegister.ESR.offset(), 0xFF)).isEqualTo(RegisterWrite.DONE);
        assertThat(architectural.read(LapicRegister.ESR.offset())).isEqualTo(0x40);
        architectural.write(LapicRegister.ESR.offset(), 0);
        assertThat(architectural.read(LapicRegister.ESR.offset()))
                .as("a second write starts anew")
                .isZero();
    }

    @Test
    void theSdmReportsBothSendingAndReceivingAnIllegalVector() {
        LocalApic architectural = architectural();
        architectural.accept(0, TriggerMode.EDGE);
        architectural.noteIllegalSend();
        architectural.write(LapicRegister.ESR.offset(), 0);
        assertThat(architectural.read(LapicRegister.ESR.offset())).isEqualTo(0x60);

        architectural.noteIllegalSend();
        architectural.reset(false);
        architectural.write(LapicRegister.ESR.offset(), 0);
        assertThat(architectural.read(LapicRegister.ESR.offset()))
                .as("a reset forgets")
                .isZero();
    }

    @Test
    void anApicMayReportAnIllegalVectorAndTakeItAllTheSame() {
        LocalApic lenient =
                new LocalApic(new StateStore(), new LapicTraits(0x14, true, false, false, false, false, false), 0);
        lenient.write(LapicRegister.SPIV.offset(), 0x1FF);
        assertThat(lenient.accept(3, TriggerMode.LEVEL)).isTrue();
        assertThat(lenient.requested().contains(3)).isTrue();
        lenient.write(LapicRegister.ESR.offset(), 0);
        assertThat(lenient.read(LapicRegister.ESR.offset())).isEqualTo(LocalApic.ESR_RECEIVED_ILLEGAL_VECTOR);
    }

    private static LocalApic architectural() {
        LocalApic apic = new LocalApic(new StateStore(), LapicTraits.ARCHITECTURAL, 0);
        apic.write(LapicRegister.SPIV.offset(), 0x1FF);
        return apic;
    }
}
