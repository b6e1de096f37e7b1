// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import static irqstorm.machine.MachineFixture.DISABLE;
import static irqstorm.machine.MachineFixture.ENABLE;
import static irqstorm.machine.MachineFixture.GSI;
import static irqstorm.machine.MachineFixture.VECTOR;
import static irqstorm.machine.MachineFixture.early;
import static irqstorm.machine.MachineFixture.lapicEoi;
import static irqstorm.machine.MachineFixture.maskedPin;
import static irqstorm.machine.MachineFixture.plain;
import static irqstorm.machine.MachineFixture.run;
import static irqstorm.machine.MachineFixture.service;
import static irqstorm.machine.MachineFixture.step;
import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.apic.Profiles;
import irqstorm.check.LineResult;
import irqstorm.check.RunMeter;
import irqstorm.check.Verdict;
import irqstorm.engine.RunLimits;
import irqstorm.event.EventKind;
import irqstorm.guest.EoiMechanism;
import irqstorm.guest.GuestStep;
import irqstorm.guest.StepKind;
import irqstorm.kvm.IrqchipMode;
import irqstorm.machine.Signalling.Unmask;
import irqstorm.vmm.SplitRoutes;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sources that signal an event once and are then masked in the host until an EOI, or an access, unmasks them: VFIO's INTx. */
class EventSourceTest {
    private static final GuestStep EOI = lapicEoi(EoiMechanism.MMIO);

    // --- QEMU, split irqchip: irqfd past the I/O APIC

    @Test
    void underSplitIrqchipAnEventGoesPastTheIoApicAndRemoteIrrStaysClear() {
        MachineFixture.Outcome run = plain().sourceUnmaskedByEoi(0).runFor(1000);

        assertThat(run.story(Story.sourceKinds()))
                .containsExactly(
                        "device0 event-signalled",
                        "pin21 route-delivered",
                        "device0 device-serviced",
                        "L1 EOIs 0xa1",
                        "device0 source-unmasked");
        assertThat(run.first(EventKind.LAPIC_ACCEPTED).c())
                .as("level-triggered")
                .isEqualTo(1);
        assertThat(run.timed().machine().isLineHigh(GSI)).isFalse();
        assertThat(run.findings().verdict()).isEqualTo(Verdict.OK);
        assertThat(run.findings().reason()).endsWith(": the EOI unmasks the source when its cause is gone already.");
    }

    @Test
    void credentialGuardStormsUnderQuirkAtTheRateOfTheHostThoughRemoteIrrIsNeverSet() {
        MachineFixture.Outcome run = new MachineFixture()
                .sourceUnmaskedByEoi(0)
                .latency(LatencyKind.USERSPACE_ENTRY, 20)
                .runFor(2000);

        assertThat(run.findings().verdict()).isEqualTo(Verdict.STORM);
        assertThat(run.findings().reason())
                .isEqualTo(
                        "Pin 21 (gpu): the guest EOIs the LAPIC before the device is serviced, trusting SPIV bit 12, "
                                + "but the bit is not honoured in mode QUIRKED with split irqchip: the EOI of vector 0xa1 "
                                + "unmasks the source while its cause is still there, and it signals again.");
        assertThat(run.count(EventKind.REMOTE_IRR_SET)).isZero();
        assertThat(run.findings().throttleFirings()).isZero();
        List<Long> signals = run.times(EventKind.EVENT_SIGNALLED);
        List<Long> unmaskings = run.times(EventKind.SOURCE_UNMASKED);
        assertThat(signals).hasSizeGreaterThan(4);
        for (int i = 1; i < signals.size(); i++) {
            assertThat(signals.get(i)).isEqualTo(unmaskings.get(i - 1) + 10_000);
        }
    }

    @Test
    void aHostThatIsSlowEnoughToUnmaskLetsTheGuestServiceTheDevice() {
        Wire slow = new Wire.Line(GSI, new Signalling.EventPerUnmask(1, Unmask.EOI, 200_000));
        MachineFixture.Outcome run =
                new MachineFixture().device("gpu", slow, MachineFixture.at(0)).runFor(2000);

        assertThat(run.count(EventKind.EVENT_SIGNALLED)).isEqualTo(1);
        assertThat(run.findings().verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void underEnableTheSourceIsUnmaskedByTheWriteOfTheEoiRegister() {
        MachineFixture.Outcome run =
                new MachineFixture().flags(ENABLE).sourceUnmaskedByEoi(0).runFor(1000);

        assertThat(run.story(Story.sourceKinds()))
                .containsExactly(
                        "device0 event-signalled",
                        "pin21 route-delivered",
                        "L1 EOIs 0xa1",
                        "eoi-suppressed 0xa1",
                        "device0 device-serviced",
                        "directed-eoi 0xa1",
                        "device0 source-unmasked");
        assertThat(run.findings().verdict()).isEqualTo(Verdict.OK);
        assertThat(run.findings().reason())
                .isEqualTo("The early LAPIC EOI is suppressed (SPIV bit 12 set and honoured in mode ENABLED with split "
                        + "irqchip); the source stays masked until the write to the EOI register at 0xFEC00040.");
    }

    @Test
    void underDisableTheGuestEndsTheInterruptLateAndTheSourceIsUnmaskedThen() {
        MachineFixture.Outcome run =
                new MachineFixture().flags(DISABLE).sourceUnmaskedByEoi(0).runFor(1000);

        assertThat(run.story(EventKind.DEVICE_SERVICED, EventKind.SOURCE_UNMASKED))
                .containsExactly("device0 device-serviced", "device0 source-unmasked");
        assertThat(run.findings().verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void withoutAnEoiRegisterASuppressedEoiLeavesTheSourceMaskedForGood() {
        MachineFixture machine =
                new MachineFixture().flags(ENABLE).ioApic(Profiles.qemu11()).sourceUnmaskedByEoi(0, 400);

        assertThat(machine.findingsAt(60).verdict()).isEqualTo(Verdict.OK);
        assertThat(machine.findingsAt(300).verdict()).isEqualTo(Verdict.STUCK);
        MachineFixture.Outcome run = machine.runFor(1000);
        assertThat(run.count(EventKind.EVENT_SIGNALLED)).isEqualTo(1);
        assertThat(run.count(EventKind.REMOTE_IRR_SET)).isZero();
        assertThat(run.findings().verdict()).isEqualTo(Verdict.STUCK);
        assertThat(run.findings().reason())
                .contains("ignored the write to the EOI register")
                .endsWith("; its source stays masked and nobody owes an EOI.");
    }

    @Test
    void aGuestThatNeverEndsTheInterruptLeavesTheSourceMasked() {
        MachineFixture.Outcome run = new MachineFixture()
                .plainGuest(run(5), service())
                .sourceUnmaskedByEoi(0)
                .runFor(1000);

        assertThat(run.findings().verdict()).isEqualTo(Verdict.STUCK);
        assertThat(run.findings().reason()).endsWith(" in its local APIC; its source stays masked.");
    }

    @Test
    void anEventOnAMaskedPinTakesTheRouteThatTheVmmLeftInTheKernel() {
        MachineFixture machine = new MachineFixture()
                .plainGuest(run(5), service(), step(StepKind.MASK_PIN), EOI)
                .sourceUnmaskedByEoi(0, 400);

        assertThat(machine.runFor(1000).count(EventKind.ROUTE_DELIVERED))
                .as("QEMU keeps the route")
                .isEqualTo(2);
        machine.split(new SplitRoutes(
                SplitRoutes.EoiExits.RESERVED, SplitRoutes.MaskedRoute.REMOVED, SplitRoutes.VectorZero.IGNORED));
        MachineFixture.Outcome removed = machine.runFor(1000);
        assertThat(removed.count(EventKind.ROUTE_DELIVERED)).isEqualTo(1);
        assertThat(removed.count(EventKind.EVENT_SIGNALLED)).isEqualTo(1);
    }

    @Test
    void anEventOnAPinThatWasNeverUnmaskedHasNoRoute() {
        MachineFixture.Outcome run =
                plain().pin(maskedPin(GSI, VECTOR)).sourceUnmaskedByEoi(0).runFor(1000);

        assertThat(run.story(EventKind.EVENT_SIGNALLED, EventKind.PIN_MASKED, EventKind.LAPIC_ACCEPTED))
                .containsExactly("device0 event-signalled", "pin21 pin-masked");
        assertThat(run.findings().verdict()).isEqualTo(Verdict.OK);
    }

    // --- the state of a source

    @Test
    void aSourceIsQuietUntilItIsUnmaskedHoweverManyCausesItHas() {
        MachineFixture.Outcome run = early().sourceUnmaskedByEoi(0, 1, 2)
                .latency(LatencyKind.VMM_HANDLING, 100)
                .runFor(120);

        assertThat(run.count(EventKind.CAUSE_MERGED)).isEqualTo(2);
        assertThat(run.times(EventKind.EVENT_SIGNALLED).get(0)).isZero();
        assertThat(run.times(EventKind.EVENT_SIGNALLED).get(1))
                .isEqualTo(run.times(EventKind.SOURCE_UNMASKED).get(0) + 10_000);
    }

    @Test
    void aCauseThatComesWhileTheSourceIsBeingUnmaskedIsSignalledWhenItIs() {
        MachineFixture machine = plain().sourceUnmaskedByEoi(0);
        long unmasked = machine.runFor(1000).times(EventKind.SOURCE_UNMASKED).get(0);

        MachineFixture.Outcome run =
                plain().sourceUnmaskedByEoi(0, (unmasked + 4_000) / 1000.0).runFor(1000);

        assertThat(run.times(EventKind.EVENT_SIGNALLED)).containsExactly(0L, unmasked + 10_000);
        assertThat(run.findings().lines().get(0).redundantDeliveries()).isZero();
    }

    @Test
    void aCauseThatIsServicedBeforeTheUnmaskingSignalsNothingMore() {
        MachineFixture.Outcome run = plain().sourceUnmaskedByEoi(0, 500).runFor(1000);

        assertThat(run.times(EventKind.EVENT_SIGNALLED)).containsExactly(0L, 500_000L);
        LineResult line = run.findings().lines().get(0);
        assertThat(line.assertions()).isEqualTo(2);
        assertThat(line.serviced()).isEqualTo(2);
    }

    @Test
    void aRedundantSignalIsARedundantDelivery() {
        LineResult line =
                early().sourceUnmaskedByEoi(0).runFor(1000).findings().lines().get(0);

        assertThat(line.assertions()).isEqualTo(1);
        assertThat(line.deliveries()).isEqualTo(2);
        assertThat(line.redundantDeliveries()).isEqualTo(1);
    }

    @Test
    void snapshotsTakenAtAnyTimeBetweenSignalAndUnmaskingGoOnAsTheMachineDid() {
        MachineConfig config =
                new MachineFixture().sourceUnmaskedByEoi(0, 200, 300).config();
        RunLimits limits = new RunLimits(1_000_000, 3_000, 10_000);
        TimedMachine undisturbed = new TimedMachine(config, limits);
        undisturbed.machine().start();
        undisturbed.run();

        TimedMachine disturbed = new TimedMachine(config, limits, new RunMeter(config));
        TimedMachine other = new TimedMachine(config, limits);
        disturbed.machine().start();
        for (int step = 0; disturbed.step(); step++) {
            TimedMachine.Snapshot snapshot = disturbed.snapshot();
            for (int more = 0; more < 12; more++) {
                disturbed.step();
            }
            disturbed.restore(snapshot);
            if (step % 50 == 0) {
                other.restore(snapshot);
                other.run();
                assertThat(other.machine().fingerprint())
                        .isEqualTo(undisturbed.machine().fingerprint());
            }
        }

        assertThat(disturbed.machine().fingerprint())
                .isEqualTo(undisturbed.machine().fingerprint());
        assertThat(disturbed.machine().stateFingerprint())
                .isEqualTo(undisturbed.machine().stateFingerprint());
    }

    // --- unmasked by any access

    @Test
    void onTheSlowPathAnyAccessUnmasksTheSourceBeforeItServicesAndBeforeTheEoi() {
        MachineFixture.Outcome run = plain().source(Unmask.ANY_ACCESS, 2, 0).runFor(1000);

        assertThat(run.story(Story.sourceKinds()))
                .startsWith(
                        "device0 event-signalled",
                        "pin21 remote-irr-set",
                        "pin21 ioapic-delivered",
                        "device0 source-unmasked")
                .containsSubsequence(
                        "device0 source-unmasked",
                        "device0 event-signalled",
                        "device0 source-unmasked",
                        "device0 device-serviced",
                        "L1 EOIs 0xa1");
        assertThat(run.first(EventKind.DEVICE_ACCESSED).timeNanos())
                .isEqualTo(run.first(EventKind.SOURCE_UNMASKED).timeNanos());
        assertThat(run.findings().verdict()).isEqualTo(Verdict.OK);
        assertThat(run.timed().machine().isLineHigh(GSI)).isFalse();
    }

    @Test
    void onTheSlowPathTheEoiUnmasksNothing() {
        MachineFixture.Outcome run = new MachineFixture()
                .plainGuest(run(5), EOI)
                .source(Unmask.ANY_ACCESS, 1, 0)
                .runFor(20);

        assertThat(run.count(EventKind.SOURCE_UNMASKED)).isZero();
        assertThat(run.count(EventKind.EVENT_SIGNALLED)).isEqualTo(1);
        assertThat(run.count(EventKind.IOAPIC_DELIVERED)).as("the line is high").isGreaterThan(1);
    }

    @Test
    void anAccessThatFindsNothingToServiceUnmasksAllTheSame() {
        MachineFixture.Outcome run = new MachineFixture()
                .plainGuest(service(), run(30), EOI)
                .source(Unmask.ANY_ACCESS, 1, 0)
                .runFor(1000);
        assertThat(run.story(EventKind.SOURCE_UNMASKED, EventKind.DEVICE_SERVICED))
                .containsExactly("device0 source-unmasked", "device0 device-serviced");
        assertThat(run.count(EventKind.EVENT_SIGNALLED)).isEqualTo(1);
    }

    @Test
    void inTheKernelTheAccessLowersTheLineByAnIoctlThatTheVcpuWaitsFor() {
        MachineFixture.Outcome run = plain().irqchip(IrqchipMode.KERNEL)
                .source(Unmask.ANY_ACCESS, 1, 0)
                .runFor(1000);

        assertThat(run.timed().machine().isLineHigh(GSI)).isFalse();
        assertThat(run.findings().lines().get(0).deliveries()).isEqualTo(1);
        long acted = run.times(EventKind.SOURCE_UNMASKED).get(0);
        long back = run.times(EventKind.VM_ENTRY).stream()
                .filter(time -> time > acted)
                .findFirst()
                .orElseThrow();
        double ioctlAndEntry = 2 + 6;
        assertThat(back - acted).isEqualTo((long) (ioctlAndEntry * 1000));
    }
}
