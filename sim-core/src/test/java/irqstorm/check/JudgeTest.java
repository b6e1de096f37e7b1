// SPDX-License-Identifier: Apache-2.0
package irqstorm.check;

import static irqstorm.machine.MachineFixture.DISABLE;
import static irqstorm.machine.MachineFixture.ENABLE;
import static irqstorm.machine.MachineFixture.GSI;
import static irqstorm.machine.MachineFixture.edgePin;
import static irqstorm.machine.MachineFixture.lapicEoi;
import static irqstorm.machine.MachineFixture.levelPin;
import static irqstorm.machine.MachineFixture.maskedPin;
import static irqstorm.machine.MachineFixture.plain;
import static irqstorm.machine.MachineFixture.run;
import static irqstorm.machine.MachineFixture.service;
import static irqstorm.machine.MachineFixture.step;
import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.apic.IoApicProfile;
import irqstorm.apic.IoApicProfile.OnEoiAsserted;
import irqstorm.apic.Profiles;
import irqstorm.engine.StopReason;
import irqstorm.guest.EoiMechanism;
import irqstorm.guest.GuestStep;
import irqstorm.guest.ProgramRole;
import irqstorm.guest.StepKind;
import irqstorm.kvm.IrqchipMode;
import irqstorm.machine.MachineFixture;
import org.junit.jupiter.api.Test;

/** The verdict on small machines whose outcome is known, and the sentence that comes with it. */
class JudgeTest {
    private static final GuestStep EOI = lapicEoi(EoiMechanism.MMIO);

    private static IoApicProfile throttled(int limit, double delayMicros) {
        return Profiles.qemu20()
                .withOnEoiAsserted(new OnEoiAsserted.Throttled(limit, (long) (delayMicros * 1000), true, false));
    }

    // --- OK
    // -----------------------------------------------------------------------------------------------------------

    @Test
    void aLateEoiIsFineAndTheReasonSaysSo() {
        Findings findings = plain().causesAt(0).runFor(1000).findings();

        assertThat(findings.verdict()).isEqualTo(Verdict.OK);
        assertThat(findings.reason())
                .isEqualTo("The guest EOIs the LAPIC after the device is serviced (SPIV bit 12 clear): "
                        + "the EOI clears Remote IRR when the line is low already.");
        assertThat(findings.lines()).singleElement().satisfies(line -> {
            assertThat(line.stuck()).isFalse();
            assertThat(line.lost()).isFalse();
        });
        assertThat(findings.storm().episodes()).isZero();
        assertThat(findings.throttleFirings()).isZero();
        assertThat(findings.eoiExits()).isEqualTo(1);
    }

    @Test
    void aLateEoiWithTheBitSetIsToldApart() {
        Findings findings = plain().resumed(MachineFixture.SPIV_SUPPRESSING, false)
                .causesAt(0)
                .runFor(1000)
                .findings();

        assertThat(findings.verdict()).isEqualTo(Verdict.OK);
        assertThat(findings.reason()).startsWith("The guest EOIs the LAPIC after the device is serviced: ");
    }

    @Test
    void aSuppressedEarlyEoiIsFineAndTheReasonNamesBitModeAndRegister() {
        Findings findings =
                new MachineFixture().flags(ENABLE).causesAt(0).runFor(1000).findings();

        assertThat(findings.reason())
                .isEqualTo("The early LAPIC EOI is suppressed (SPIV bit 12 set and honoured in mode ENABLED with split "
                        + "irqchip); Remote IRR holds the pin until the write to the EOI register at 0xFEC00040.");
    }

    @Test
    void anEarlyEoiThatHappensToDoNoHarmIsNotCalledALateOne() {
        Findings findings = new MachineFixture()
                .plainGuest(step(StepKind.MASK_PIN), EOI, service(), step(StepKind.UNMASK_PIN))
                .causesAt(0)
                .runFor(1000)
                .findings();

        assertThat(findings.verdict()).isEqualTo(Verdict.OK);
        assertThat(findings.reason())
                .isEqualTo("The guest EOIs the LAPIC before the device is serviced, and the EOI reaches the I/O APIC; "
                        + "yet no assertion was delivered again more than 2 times.");
    }

    @Test
    void withoutLevelLinesThereIsNothingToExplain() {
        Findings edges = plain().pin(edgePin(GSI, 0xa1))
                .edgeDevice("timer", GSI, 0)
                .messageDevice("nic", 0x51, 0)
                .runFor(1000)
                .findings();

        assertThat(edges.verdict()).isEqualTo(Verdict.OK);
        assertThat(edges.reason()).isEqualTo("Every interrupt was delivered and ended; no level line was involved.");
    }

    // --- STUCK
    // --------------------------------------------------------------------------------------------------------

    @Test
    void aPinWhoseEoiNobodyOwesIsStuckThoughTheRunGoesOn() {
        MachineFixture machine =
                new MachineFixture().flags(ENABLE).ioApic(Profiles.qemu11()).causesAt(0, 400);

        assertThat(machine.findingsAt(60).verdict()).isEqualTo(Verdict.OK);
        assertThat(machine.findingsAt(300).verdict()).isEqualTo(Verdict.STUCK);
        assertThat(machine.findingsAt(300).reason())
                .isEqualTo(
                        "Pin 21 (uhci): the LAPIC EOI of vector 0xa1 was suppressed (SPIV bit 12 set and honoured in "
                                + "mode ENABLED with split irqchip), and the I/O APIC, version 0x11, ignored the write to the "
                                + "EOI register at 0xFEC00040; Remote IRR stays set and nobody owes an EOI.");
    }

    @Test
    void aGuestWhoseEoiIsSuppressedAndThatWritesNoEoiRegisterIsStuck() {
        Findings findings = plain().flags(ENABLE)
                .resumed(MachineFixture.SPIV_SUPPRESSING, false)
                .causesAt(0)
                .runFor(1000)
                .findings();

        assertThat(findings.verdict()).isEqualTo(Verdict.STUCK);
        assertThat(findings.reason()).contains("was suppressed", "and no write to the EOI register followed");
        assertThat(findings.lines().get(0).stuck()).isTrue();
    }

    @Test
    void aGuestThatNeverEndsItsInterruptIsStuckWhenItComesToRestAndNotBefore() {
        MachineFixture machine =
                new MachineFixture().plainGuest(run(5), service()).causesAt(0);

        assertThat(machine.findingsAt(500).verdict()).isEqualTo(Verdict.OK);
        Findings atRest = machine.runFor(1000).findings();
        assertThat(atRest.verdict()).isEqualTo(Verdict.STUCK);
        assertThat(atRest.reason())
                .isEqualTo("Pin 21 (uhci) was delivered, and the guest comes to rest without ending vector 0xa1 in its "
                        + "local APIC; Remote IRR stays set.");
    }

    @Test
    void aMessageThatADisabledLapicRefusesLeavesAVmmsPinStuck() {
        Findings findings = plain().program(ProgramRole.BOOT, GuestStep.of(StepKind.WRITE_SPIV, 0xff))
                .causesAt(0)
                .runFor(1000)
                .findings();

        assertThat(findings.verdict()).isEqualTo(Verdict.STUCK);
        assertThat(findings.reason())
                .isEqualTo("Pin 21 (uhci) was delivered, and no local APIC ended vector 0xa1; "
                        + "Remote IRR stays set and nobody owes an EOI.");
        assertThat(findings.lines().get(0).lost()).isTrue();
    }

    @Test
    void theFirstOfSeveralStuckPinsIsNamed() {
        Findings findings = new MachineFixture()
                .plainGuest(run(5), service())
                .pin(levelPin(GSI + 1, 0x51))
                .pin(levelPin(GSI + 2, 0x61))
                .levelDevice("first", GSI + 2, 0)
                .levelDevice("second", GSI + 1, 0)
                .runFor(1000)
                .findings();

        assertThat(findings.reason()).startsWith("Pin 23 (first)");
        assertThat(findings.lines()).allMatch(LineResult::stuck);
    }

    @Test
    void aPinWhoseRemoteIrrDoesNotGateIsNeverStuck() {
        IoApicProfile ungated = ungated();
        Findings findings = new MachineFixture()
                .ioApic(ungated)
                .plainGuest(run(5), service())
                .causesAt(0)
                .runFor(1000)
                .findings();

        assertThat(findings.verdict()).isEqualTo(Verdict.OK);
    }

    private static IoApicProfile ungated() {
        return Profiles.with(Profiles.qemu20(), IoApicProfile.RemoteIrrGates.NEVER);
    }

    // --- LOST
    // ---------------------------------------------------------------------------------------------------------

    @Test
    void aLevelThatTheKernelCouldNotDeliverToADisabledLapicIsLost() {
        Findings findings = plain().irqchip(IrqchipMode.KERNEL)
                .program(ProgramRole.BOOT, GuestStep.of(StepKind.WRITE_SPIV, 0xff))
                .causesAt(0)
                .runFor(1000)
                .findings();

        assertThat(findings.verdict()).isEqualTo(Verdict.LOST);
        assertThat(findings.reason())
                .isEqualTo("Pin 21 (uhci): an interrupt was asserted, no local APIC accepted it, "
                        + "and nothing will deliver it again.");
    }

    @Test
    void aRefusedMessageIsLost() {
        Findings findings = plain().program(ProgramRole.BOOT, GuestStep.of(StepKind.WRITE_SPIV, 0xff))
                .messageDevice("nic", 0x51, 0)
                .runFor(1000)
                .findings();

        assertThat(findings.verdict()).isEqualTo(Verdict.LOST);
        assertThat(findings.reason()).isEqualTo("Device nic: a message was sent and no local APIC accepted it.");
    }

    @Test
    void anAssertionOnAMaskedPinIsNotLost() {
        assertThat(plain().pin(maskedPin(GSI, 0xa1))
                        .causesAt(0)
                        .runFor(1000)
                        .findings()
                        .verdict())
                .isEqualTo(Verdict.OK);
    }

    @Test
    void anAssertionThatNothingDeliversAnyMoreIsLostAtRestOnly() {
        IoApicProfile forgets = Profiles.qemu20().withOnEoiAsserted(new OnEoiAsserted.None());
        double betweenServiceAndEoi = 15;
        MachineFixture machine = new MachineFixture()
                .ioApic(forgets)
                .plainGuest(service(), run(50), EOI)
                .causesAt(0, betweenServiceAndEoi);

        Findings findings = machine.runFor(1000).findings();

        assertThat(findings.verdict()).isEqualTo(Verdict.LOST);
        assertThat(findings.lines().get(0).lost()).isTrue();
        assertThat(findings.lines().get(0).stuck()).isFalse();
        assertThat(machine.findingsAt(1000).verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void anAssertionThatTheThrottleHoldsBackIsNotLost() {
        MachineFixture machine = new MachineFixture()
                .ioApic(throttled(1, 5_000_000))
                .plainGuest(service(), run(50), EOI)
                .causesAt(0, 15);

        MachineFixture.Outcome stopped = machine.runFor(1000);

        assertThat(stopped.findings().throttleFirings()).isEqualTo(1);
        assertThat(stopped.timed().machine().isThrottled()).isTrue();
        Judge judge = new Judge(stopped.timed().machine(), new RunMeter(machine.config()));
        assertThat(judge.judge(0, true).verdict()).isEqualTo(Verdict.OK);
    }

    // --- STORM
    // --------------------------------------------------------------------------------------------------------

    @Test
    void aTrustedBitThatIsNotHonouredIsNamedWithModeVectorAndPin() {
        Findings findings = new MachineFixture().causesAt(0).runFor(1000).findings();

        assertThat(findings.verdict()).isEqualTo(Verdict.STORM);
        assertThat(findings.reason())
                .isEqualTo(
                        "Pin 21 (uhci): the guest EOIs the LAPIC before the device is serviced, trusting SPIV bit 12, "
                                + "but the bit is not honoured in mode QUIRKED with split irqchip: the EOI of vector 0xa1 "
                                + "reaches the I/O APIC, clears Remote IRR while the line is still high, and the pin delivers "
                                + "again.");
    }

    @Test
    void anEarlyEoiWithTheBitClearIsToldApart() {
        Findings findings = new MachineFixture()
                .flags(DISABLE)
                .program(
                        ProgramRole.L1_ON_EXTERNAL_INTERRUPT, EOI, step(StepKind.STI), run(2), step(StepKind.RESUME_L2))
                .program(ProgramRole.L1_ON_L2_EOI, step(StepKind.RESUME_L2))
                .ioApic(throttled(5, 100))
                .causesAt(0)
                .runFor(1000)
                .findings();

        assertThat(findings.verdict()).isEqualTo(Verdict.STORM);
        assertThat(findings.reason())
                .startsWith("Pin 21 (uhci): the guest EOIs the LAPIC before the device is serviced, with SPIV bit 12 "
                        + "clear: the EOI of vector 0xa1 ");
    }

    @Test
    void anEarlyEoiThatTheThrottleStopsAfterTwoRedundantDeliveriesIsNoStorm() {
        MachineFixture.Outcome two = early(3);
        MachineFixture.Outcome three = early(4);

        assertThat(two.findings().lines().get(0).redundantDeliveries()).isEqualTo(2);
        assertThat(two.findings().verdict()).isEqualTo(Verdict.OK);
        assertThat(three.findings().lines().get(0).redundantDeliveries()).isEqualTo(3);
        assertThat(three.findings().verdict()).isEqualTo(Verdict.STORM);
    }

    private static MachineFixture.Outcome early(int limit) {
        return new MachineFixture().ioApic(throttled(limit, 10_000)).causesAt(0).runFor(1000);
    }

    @Test
    void aStormOfOneLineIsToldByThatLineThoughOthersAreFine() {
        Findings findings = new MachineFixture()
                .resumedWithSuppressBit()
                .flags(DISABLE)
                .pin(levelPin(GSI + 1, 0x51))
                .ioApic(throttled(10, 1_000))
                .levelDevice("quiet", GSI + 1)
                .levelDevice("storming", GSI, 0)
                .runFor(10_000)
                .findings();

        assertThat(findings.reason()).startsWith("Pin 21 (storming): ").contains("0xa1");
    }

    @Test
    void stuckIsWorseThanLostAndLostIsWorseThanAStorm() {
        MachineFixture storm = new MachineFixture().ioApic(throttled(10, 1_000)).causesAt(0);
        assertThat(storm.runFor(10_000).findings().verdict()).isEqualTo(Verdict.STORM);

        MachineFixture andLost = storm.pin(edgePin(GSI + 1, 0x51)).edgeDevice("edge", GSI + 2, 0);
        assertThat(andLost.runFor(10_000).findings().verdict()).isEqualTo(Verdict.LOST);

        MachineFixture andStuck = andLost.program(ProgramRole.L1_ON_L2_EOI, step(StepKind.RESUME_L2))
                .flags(ENABLE);
        Findings worst = andStuck.runFor(10_000).findings();
        assertThat(worst.lines()).anyMatch(LineResult::lost);
        assertThat(worst.verdict()).isEqualTo(Verdict.STUCK);
    }

    @Test
    void aRunThatALimitStopsIsJudgedByWhatItShowed() {
        MachineFixture.Outcome endless = new MachineFixture()
                .ioApic(Profiles.qemu20().withOnEoiAsserted(new OnEoiAsserted.Immediate()))
                .causesAt(0)
                .runFor(1000);

        assertThat(endless.timed().run()).isEqualTo(StopReason.TIME);
        assertThat(endless.findings().verdict()).isEqualTo(Verdict.STORM);
        assertThat(endless.findings().storm().episodes()).isEqualTo(1);
        assertThat(endless.findings().lines().get(0).serviced()).isZero();
    }
}
