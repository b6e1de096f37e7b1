// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import static irqstorm.machine.MachineFixture.GSI;
import static irqstorm.machine.MachineFixture.edgePin;
import static irqstorm.machine.MachineFixture.lapicEoi;
import static irqstorm.machine.MachineFixture.maskedPin;
import static irqstorm.machine.MachineFixture.run;
import static irqstorm.machine.MachineFixture.service;
import static irqstorm.machine.MachineFixture.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import irqstorm.apic.ApicMode;
import irqstorm.apic.DeliveryMode;
import irqstorm.apic.RedirectionEntry;
import irqstorm.apic.TriggerMode;
import irqstorm.check.Verdict;
import irqstorm.event.EventKind;
import irqstorm.guest.EoiMechanism;
import irqstorm.guest.GuestContext;
import irqstorm.guest.GuestStep;
import irqstorm.guest.ProgramRole;
import irqstorm.guest.StepKind;
import irqstorm.kvm.IrqchipMode;
import irqstorm.random.DelayTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the steps of guest programs do, seen in the events. */
class GuestStepsTest {
    private static final GuestStep EOI = lapicEoi(EoiMechanism.MMIO);

    /** Linux's threaded handlers do this: an early EOI is harmless while the pin is masked. */
    @ParameterizedTest
    @EnumSource(
            value = IrqchipMode.class,
            names = {"KERNEL", "SPLIT", "NONE"})
    void aGuestThatMasksThePinMayEndTheInterruptBeforeItServicesTheDevice(IrqchipMode irqchip) {
        MachineFixture.Outcome run = new MachineFixture()
                .irqchip(irqchip)
                .plainGuest(step(StepKind.MASK_PIN), EOI, run(20), service(), step(StepKind.UNMASK_PIN))
                .causesAt(0, 200)
                .runFor(1000);

        assertThat(run.story(
                        EventKind.IOAPIC_DELIVERED,
                        EventKind.RTE_WRITTEN,
                        EventKind.LAPIC_EOI,
                        EventKind.REMOTE_IRR_CLEARED,
                        EventKind.DEVICE_SERVICED))
                .endsWith(
                        "pin21 ioapic-delivered",
                        "pin21 rte-written",
                        "L1 EOIs 0xa1",
                        "pin21 remote-irr-cleared",
                        "device0 device-serviced",
                        "pin21 rte-written");
        assertThat(run.findings().lines().get(0).deliveries()).isEqualTo(2);
        assertThat(run.findings().lines().get(0).redundantDeliveries()).isZero();
        assertThat(run.findings().verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void theMaskBitIsAllThatMaskingChanges() {
        MachineFixture fixture = new MachineFixture()
                .plainGuest(step(StepKind.MASK_PIN), EOI)
                .vcpus(2)
                .pin(new Pin(GSI, 0xa1, TriggerMode.LEVEL, true, false, DeliveryMode.FIXED, false, 1))
                .causesAt(0);
        long programmed = RedirectionEntry.of(0xa1, DeliveryMode.FIXED, false, TriggerMode.LEVEL, false, 1)
                | RedirectionEntry.ACTIVE_LOW;

        MachineFixture.Outcome run = fixture.runFor(1000);

        assertThat(run.timed().machine().entry(GSI)).isEqualTo(programmed | RedirectionEntry.MASKED);
    }

    @Test
    void anInterruptAssertedWhileThePinIsMaskedIsDeliveredByTheUnmasking() {
        MachineFixture.Outcome run = new MachineFixture()
                .plainGuest(step(StepKind.MASK_PIN), service(), EOI, run(100), step(StepKind.UNMASK_PIN))
                .causesAt(0, 60)
                .runFor(1000);

        assertThat(run.story(EventKind.LINE_ASSERTED, EventKind.PIN_MASKED, EventKind.IOAPIC_DELIVERED))
                .containsExactly(
                        "device0 line-asserted",
                        "pin21 ioapic-delivered",
                        "device0 line-asserted",
                        "pin21 pin-masked",
                        "pin21 ioapic-delivered");
        long unmasked = run.times(EventKind.RTE_WRITTEN)
                .get(run.times(EventKind.RTE_WRITTEN).size() - 3);
        assertThat(run.times(EventKind.IOAPIC_DELIVERED)).last().isEqualTo(unmasked);
        assertThat(run.findings().verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void aMaskStepForAVectorWithoutPinTakesNoTimeAndNoExit() {
        MachineFixture.Outcome run = new MachineFixture()
                .plainGuest(step(StepKind.MASK_PIN), run(5), step(StepKind.UNMASK_PIN), EOI)
                .messageDevice("nic", 0x51, 0)
                .runFor(1000);

        assertThat(run.story(EventKind.VM_EXIT)).isEmpty();
        assertThat(run.when("L1 EOIs 0x51").get(0) - run.when("L1 takes 0x51").get(0))
                .isEqualTo(5_000);
    }

    @Test
    void aPinThatIsNeverUnmaskedIsNotLost() {
        MachineFixture.Outcome run = new MachineFixture()
                .plainGuest(service(), EOI)
                .pin(maskedPin(GSI, 0xa1))
                .causesAt(0)
                .runFor(1000);

        assertThat(run.count(EventKind.PIN_MASKED)).isEqualTo(1);
        assertThat(run.count(EventKind.IOAPIC_DELIVERED)).isZero();
        assertThat(run.findings().verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void aPinThatTheGuestNeverProgrammedDeliversNothing() {
        MachineFixture.Outcome run = new MachineFixture()
                .plainGuest(service(), EOI)
                .withoutPins()
                .causesAt(0)
                .runFor(1000);

        assertThat(run.timed().machine().isLineHigh(GSI)).isTrue();
        assertThat(run.count(EventKind.IOAPIC_DELIVERED)).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = ApicMode.class,
            names = {"XAPIC", "X2APIC"})
    void aRaisedTaskPriorityHoldsAnInterruptBackUntilItIsLoweredAgain(ApicMode mode) {
        MachineFixture.Outcome run = new MachineFixture()
                .apicMode(mode)
                .plainGuest(service(), lapicEoi(mode == ApicMode.X2APIC ? EoiMechanism.X2APIC_MSR : EoiMechanism.MMIO))
                .program(
                        ProgramRole.BACKGROUND,
                        GuestStep.of(StepKind.WRITE_TPR, 0xa0),
                        run(50),
                        GuestStep.of(StepKind.WRITE_TPR, 0x90),
                        step(StepKind.RUN_FOREVER))
                .causesAt(0)
                .runFor(1000);

        assertThat(run.when("IRR 0xa1")).containsExactly(2_000L);
        assertThat(run.when("L1 takes 0xa1")).containsExactly(50_000L);
    }

    @Test
    void aServiceStepForOneDeviceLeavesTheOthersAlone() {
        MachineFixture.Outcome run = new MachineFixture()
                .plainGuest(GuestStep.of(StepKind.SERVICE, 1), EOI)
                .levelDevice("first", GSI, 0)
                .levelDevice("second", GSI, 0)
                .runFor(0.001);

        assertThat(run.story(EventKind.DEVICE_SERVICED)).containsExactly("device1 device-serviced");
        assertThat(run.story(EventKind.DEVICE_IDLE)).contains("device1 device-idle");
    }

    @Test
    void aServiceStepForAllAsksEachDeviceOfTheVectorInTurn() {
        MachineFixture.Outcome run = new MachineFixture()
                .plainGuest(service(), EOI)
                .levelDevice("first", GSI, 0)
                .levelDevice("elsewhere", GSI + 1, 0)
                .levelDevice("third", GSI, 500)
                .messageDevice("message", 0xa1, 700)
                .runFor(300);

        assertThat(run.story(EventKind.DEVICE_SERVICED, EventKind.DEVICE_IDLE))
                .containsExactly("device0 device-serviced", "device2 device-idle", "device3 device-idle");
    }

    @Test
    void anInterruptBetweenTwoPartsOfAServiceStepIsHandledAndTheStepGoesOnWhereItWas() {
        MachineFixture.Outcome run = new MachineFixture()
                .plainGuest(step(StepKind.STI), service(), step(StepKind.CLI), EOI)
                .levelDevice("first", GSI, 0)
                .levelDevice("second", GSI, 0)
                .messageDevice("urgent", 0xd1, 5)
                .runFor(300);

        assertThat(run.story(EventKind.DEVICE_SERVICED, EventKind.INTERRUPT_TAKEN, EventKind.LAPIC_EOI))
                .containsExactly(
                        "L1 takes 0xa1",
                        "device0 device-serviced",
                        "L1 takes 0xd1",
                        "device2 device-serviced",
                        "L1 EOIs 0xd1",
                        "device1 device-serviced",
                        "L1 EOIs 0xa1");
    }

    @Test
    void anInterruptedStepKeepsTheRestOfItsTimeToTheNanosecond() {
        MachineFixture.Outcome run = new MachineFixture()
                .plainGuest(run(10), EOI)
                .latency(LatencyKind.EOI_WITHOUT_EXIT, DelayTable.fixed(30))
                .program(
                        ProgramRole.BACKGROUND, run(100), GuestStep.of(StepKind.SERVICE, 0), step(StepKind.RUN_FOREVER))
                .messageDevice("nic", 0x51, 33.333)
                .runFor(1000);

        assertThat(run.when("L1 takes 0x51")).containsExactly(36_333L);
        assertThat(run.when("exit L1 EPT_VIOLATION")).containsExactly(100_000L + 10_000 + 30);
    }

    @Test
    void aRunStepDrawsItsTimeAnewEachTime() {
        MachineFixture.Outcome run = new MachineFixture()
                .plainGuest(EOI)
                .program(
                        ProgramRole.BACKGROUND,
                        GuestStep.run(DelayTable.uniform(1_000, 50_000)),
                        GuestStep.of(StepKind.SERVICE, 0))
                .messageDevice("nic", 0x51, 100_000)
                .runFor(2000);

        assertThat(run.times(EventKind.DEVICE_IDLE)).hasSizeGreaterThan(20);
        assertThat(run.when("exit L1 EPT_VIOLATION").get(0))
                .isNotEqualTo(run.when("exit L1 EPT_VIOLATION").get(1)
                        - run.when("enter L1").get(1));
    }

    @Test
    void aBackgroundProgramStartsOverAtItsEnd() {
        MachineFixture.Outcome run = new MachineFixture()
                .plainGuest(service(), EOI)
                .pin(edgePin(GSI, 0xa1))
                .program(ProgramRole.BACKGROUND, run(10), step(StepKind.HALT))
                .edgeDevice("timer", GSI, 20, 500)
                .runFor(2000);

        assertThat(run.when("exit L1 HLT")).hasSize(3);
    }

    @Test
    void handlersNestedWithoutEndAreReportedAndNotStackedForEver() {
        MachineFixture endless = new MachineFixture()
                .plainGuest(EOI, step(StepKind.STI), run(1000), service())
                .causesAt(0);

        assertThatThrownBy(() -> endless.runFor(1000))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(String.valueOf(GuestContext.MAX_DEPTH));
    }
}
