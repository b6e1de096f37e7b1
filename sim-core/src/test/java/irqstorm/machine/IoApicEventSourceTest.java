// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import static irqstorm.machine.MachineFixture.GSI;
import static irqstorm.machine.MachineFixture.VECTOR;
import static irqstorm.machine.MachineFixture.early;
import static irqstorm.machine.MachineFixture.edgePin;
import static irqstorm.machine.MachineFixture.plain;
import static irqstorm.machine.MachineFixture.run;
import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.apic.DeliveryMode;
import irqstorm.apic.IoApicProfile;
import irqstorm.apic.IoApicProfile.EventSources;
import irqstorm.apic.IoApicProfile.EventSources.Told;
import irqstorm.apic.IoApicProfile.LineModel;
import irqstorm.apic.Profiles;
import irqstorm.apic.RedirectionEntry;
import irqstorm.apic.TriggerMode;
import irqstorm.check.Verdict;
import irqstorm.engine.Priority;
import irqstorm.event.EventKind;
import irqstorm.kvm.EoiSlotFault;
import irqstorm.kvm.IrqchipMode;
import irqstorm.state.StateStore;
import irqstorm.trace.EventLog;
import irqstorm.vmm.LapicModel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sources whose events go through an I/O APIC, the kernel's or a VMM's, that tells them of EOIs. */
class IoApicEventSourceTest {
    private static IoApicProfile chip(Told told, boolean edgeSwitch) {
        return Profiles.with(Profiles.qemu20(), new EventSources(told, edgeSwitch, false));
    }

    // --- the in-kernel I/O APIC

    @Test
    void inTheKernelTheEoiLowersTheLineBeforeRemoteIrrIsCleared() {
        MachineFixture.Outcome run =
                early().irqchip(IrqchipMode.KERNEL).sourceUnmaskedByEoi(0).runFor(40);

        assertThat(run.story(Story.sourceKinds()))
                .startsWith(
                        "device0 event-signalled",
                        "pin21 ioapic-delivered",
                        "pin21 remote-irr-set",
                        "L1 EOIs 0xa1",
                        "device0 source-unmasked",
                        "pin21 remote-irr-cleared",
                        "device0 event-signalled");
        assertThat(run.times(EventKind.EVENT_SIGNALLED).get(1))
                .as("not at the EOI, though the cause is there")
                .isEqualTo(run.times(EventKind.SOURCE_UNMASKED).get(0) + 10_000);
    }

    @Test
    void inTheKernelASuppressedEoiUnmasksTheSourceAllTheSame() {
        MachineFixture.Outcome run = plain().irqchip(IrqchipMode.KERNEL)
                .resumed(MachineFixture.SPIV_SUPPRESSING, false)
                .sourceUnmaskedByEoi(0)
                .runFor(1000);

        assertThat(run.story(Story.sourceKinds()))
                .containsExactly(
                        "device0 event-signalled",
                        "pin21 ioapic-delivered",
                        "pin21 remote-irr-set",
                        "device0 device-serviced",
                        "L1 EOIs 0xa1",
                        "eoi-suppressed 0xa1",
                        "device0 source-unmasked");
        assertThat(run.timed().machine().isLineHigh(GSI)).isFalse();
        assertThat(run.findings().verdict()).as("Remote IRR is still set").isEqualTo(Verdict.STUCK);
        assertThat(run.findings().reason()).endsWith("; Remote IRR stays set and nobody owes an EOI.");
    }

    @Test
    void inTheKernelTheEoiOfAnEdgePinIsInterceptedForASourceThatWaitsForIt() {
        MachineFixture machine =
                plain().irqchip(IrqchipMode.KERNEL).pin(edgePin(GSI, VECTOR)).sourceUnmaskedByEoi(0, 400);
        MachineFixture.Outcome run = machine.runFor(1000);

        assertThat(run.times(EventKind.EVENT_SIGNALLED)).containsExactly(0L, 400_000L);
        assertThat(run.count(EventKind.SOURCE_UNMASKED)).isEqualTo(2);
        assertThat(run.findings().lines().get(0).deliveries()).isEqualTo(2);
        MachineFixture.Outcome pulses = plain().irqchip(IrqchipMode.KERNEL)
                .pin(edgePin(GSI, VECTOR))
                .edgeDevice("timer", GSI, 0)
                .runFor(1000);
        assertThat(pulses.count(EventKind.EOI_BROADCAST))
                .as("without one it is not")
                .isZero();
    }

    @Test
    void underSplitIrqchipTheEoiOfAnEdgePinReachesNoSource() {
        MachineFixture.Outcome run =
                plain().pin(edgePin(GSI, VECTOR)).sourceUnmaskedByEoi(0, 400).runFor(1000);

        assertThat(run.count(EventKind.EVENT_SIGNALLED)).isEqualTo(1);
        assertThat(run.findings().verdict()).isEqualTo(Verdict.STUCK);
    }

    // --- other I/O APICs

    @ParameterizedTest
    @EnumSource(
            value = Told.class,
            names = {"VECTOR", "LEVEL", "ENDED"})
    void aVmmsIoApicLowersTheLineBeforeItClearsRemoteIrr(Told told) {
        MachineFixture.Outcome run =
                early().ioApic(chip(told, false)).sourceUnmaskedByEoi(0).runFor(60);

        assertThat(run.story(Story.sourceKinds()))
                .startsWith(
                        "device0 event-signalled",
                        "pin21 remote-irr-set",
                        "pin21 ioapic-delivered",
                        "L1 EOIs 0xa1",
                        "device0 source-unmasked",
                        "pin21 remote-irr-cleared",
                        "device0 event-signalled",
                        "pin21 remote-irr-set",
                        "pin21 ioapic-delivered");
    }

    @Test
    void withoutIrqchipTheVmmsOwnLocalApicTellsTheSource() {
        MachineFixture.Outcome run = early().irqchip(IrqchipMode.NONE)
                .lapic(MachineFixture.ownLapic(LapicModel.Suppression.NOT_ADVERTISED))
                .ioApic(chip(Told.ENDED, false))
                .sourceUnmaskedByEoi(0)
                .runFor(1000);

        assertThat(run.count(EventKind.EVENT_SIGNALLED)).isEqualTo(2);
        assertThat(run.findings().verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void anEntryThatIsMadeEdgeTriggeredUnmasksTheSourceWhereTheProfileSaysSo() {
        assertThat(isLineHighAfterTheSwitch(chip(Told.ENDED, true))).isFalse();
        assertThat(isLineHighAfterTheSwitch(chip(Told.ENDED, false))).isTrue();
    }

    /** Whether the line of a source that has signalled is still high when the guest makes its entry edge-triggered. */
    private static boolean isLineHighAfterTheSwitch(IoApicProfile profile) {
        MachineConfig config = plain().ioApic(profile).sourceUnmaskedByEoi(0).config();
        StateStore state = new StateStore();
        StateStore times = new StateStore();
        EventLog log = new EventLog(times);
        Idle idle = new Idle();
        Board board = new Board(
                config, state, times, idle, log, new Delays(times, config, Durations.DRAWN), EoiSlotFault.NONE, idle);
        idle.lines = new DeviceLines(config, board, state, times, idle, log);
        long level = RedirectionEntry.of(VECTOR, DeliveryMode.FIXED, false, TriggerMode.LEVEL, false, 0);
        board.window().writeEntry(GSI, level);
        idle.lines.caused(0);
        assertThat(board.ioApic().isLineHigh(GSI)).isTrue();
        board.window().writeEntry(GSI, level & ~RedirectionEntry.LEVEL);
        return board.ioApic().isLineHigh(GSI);
    }

    /** Time stands still, and no vCPU runs. */
    private static final class Idle implements Agenda, Board.VcpuThreads {
        private @Nullable DeviceLines lines;

        @Override
        public long now() {
            return 0;
        }

        @Override
        public long schedule(long delayNanos, Priority priority, long payload, long cause) {
            return 0;
        }

        @Override
        public void cancel(long handle) {}

        @Override
        public long waitNanos(long timeNanos) {
            return 0;
        }

        @Override
        public long inTurn(StateStore times, int busyUntil, long delay) {
            return delay;
        }

        @Override
        public long untilNanos(long timeNanos) {
            return 0;
        }

        @Override
        public void addSince(StateStore times, int sum, int since) {}

        @Override
        public long remainingNanos(long handle) {
            return 0;
        }

        @Override
        public void acknowledged(int pin) {
            if (lines != null) {
                lines.acknowledged(pin);
            }
        }

        @Override
        public void accepted(int vcpu) {}

        @Override
        public void ioctlBegun(int vcpu) {}

        @Override
        public void ioctlDone(int vcpu) {}
    }

    @ParameterizedTest
    @EnumSource(
            value = LineModel.class,
            names = {"LEVEL_OR", "COUNTER", "SATURATING_COUNTER"})
    void aLineThatADeviceHoldsBesidesTheSourceStaysHighOverTheEoi(LineModel line) {
        MachineFixture.Outcome run = early().ioApic(Profiles.with(chip(Told.ENDED, false), line))
                .levelDevice("uhci", GSI, 0)
                .sourceUnmaskedByEoi(1)
                .runFor(30);

        assertThat(run.story(Story.sourceKinds()))
                .containsSequence(
                        "device1 source-unmasked",
                        "pin21 remote-irr-cleared",
                        "pin21 remote-irr-set",
                        "pin21 ioapic-delivered");
        assertThat(run.findings().lines().get(0).name()).isEqualTo("uhci+gpu");
        assertThat(run.timed().machine().isLineHigh(GSI)).isFalse();
    }

    @Test
    void twoSourcesOfOneCountedLineAreBothUnmaskedByOneEoi() {
        MachineFixture.Outcome run = plain().ioApic(Profiles.with(chip(Told.ENDED, false), LineModel.COUNTER))
                .sourceUnmaskedByEoi(0)
                .sourceUnmaskedByEoi(1)
                .runFor(1000);

        assertThat(run.count(EventKind.SOURCE_UNMASKED)).isEqualTo(2);
        assertThat(run.timed().machine().isLineHigh(GSI)).isFalse();
        assertThat(run.findings().verdict()).isEqualTo(Verdict.OK);
        assertThat(RedirectionEntry.hasRemoteIrr(run.timed().machine().entry(GSI)))
                .isFalse();
    }
}
