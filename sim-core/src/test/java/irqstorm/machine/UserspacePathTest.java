// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import static irqstorm.machine.MachineFixture.GSI;
import static irqstorm.machine.MachineFixture.lapicEoi;
import static irqstorm.machine.MachineFixture.levelPin;
import static irqstorm.machine.MachineFixture.micros;
import static irqstorm.machine.MachineFixture.plain;
import static irqstorm.machine.MachineFixture.run;
import static irqstorm.machine.MachineFixture.service;
import static irqstorm.machine.MachineFixture.step;
import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.apic.DeliveryMode;
import irqstorm.apic.TriggerMode;
import irqstorm.check.Verdict;
import irqstorm.engine.RunLimits;
import irqstorm.event.EventKind;
import irqstorm.guest.EoiMechanism;
import irqstorm.guest.GuestStep;
import irqstorm.guest.ProgramRole;
import irqstorm.guest.StepKind;
import irqstorm.kvm.IrqchipMode;
import irqstorm.random.DelayTable;
import irqstorm.trace.TraceEvent;
import irqstorm.vmm.LapicModel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The way of a vCPU's thread to the VMM and back, the ioctls on it, and interrupts without a local APIC in the kernel. */
class UserspacePathTest {
    private static final RunLimits LIMITS = new RunLimits(10_000_000_000L, 1_000_000, 10_000);

    @Test
    void anAccessOfADeviceGoesThroughExitUserspaceVmmAndBackEachInItsTime() {
        MachineFixture.Outcome run = plain().latency(LatencyKind.MMIO_EXIT, 3)
                .latency(LatencyKind.USERSPACE_EXIT, 1.5)
                .latency(LatencyKind.VMM_HANDLING, 0.7)
                .latency(LatencyKind.USERSPACE_ENTRY, 2.5)
                .causesAt(0)
                .runFor(1000);

        long exit = run.when("exit L1 EPT_VIOLATION").get(0);
        assertThat(run.when("userspace KVM_EXIT_MMIO")).containsExactly(exit + 4_500);
        assertThat(run.when("device0 device-serviced")).containsExactly(exit + 5_200);
        assertThat(run.when("enter L1").get(1)).isEqualTo(exit + 7_700);
    }

    @Test
    void inTheStormTheVcpuDoesNotReEnterBeforeTheInterruptThatItsVmmSentIsAccepted() {
        MachineFixture.Outcome run = new MachineFixture().causesAt(0).runFor(1000);

        List<String> turn = run.story(
                EventKind.VM_ENTRY, EventKind.LAPIC_ACCEPTED, EventKind.IOAPIC_DELIVERED, EventKind.INTERRUPT_TAKEN);
        int first = turn.indexOf("L1 takes 0xa1");
        assertThat(turn.subList(first + 1, first + 9))
                .containsExactly(
                        "pin21 ioapic-delivered",
                        "IRR 0xa1",
                        "enter L1",
                        "L1 takes 0xa1",
                        "pin21 ioapic-delivered",
                        "IRR 0xa1",
                        "enter L1",
                        "L1 takes 0xa1");
    }

    @Test
    void theThreadWaitsForAllTheIoctlsOfItsAction() {
        long slowest = 40_000;
        MachineFixture.Outcome run = new MachineFixture()
                .irqchip(IrqchipMode.KERNEL)
                .plainGuest(service(), lapicEoi(EoiMechanism.MMIO))
                .latency(LatencyKind.LINE_TO_ACCEPT, DelayTable.fixed(slowest))
                .causesAt(0)
                .runFor(1000);

        long serviced = run.when("device0 device-serviced").get(0);
        long userspaceEntry = 6_000;
        assertThat(run.when("enter L1").get(1)).isEqualTo(serviced + slowest + userspaceEntry);
    }

    /** KVM_IRQ_LINE of one GSI goes under the VMM's lock: a later call never overtakes an earlier one. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theIoctlsOfALineKeepTheirOrderHoweverLongEachTakes(long seed) {
        List<Boolean> seenByKernel = new ArrayList<>();
        MachineConfig config = new MachineFixture()
                .irqchip(IrqchipMode.KERNEL)
                .plainGuest(service(), lapicEoi(EoiMechanism.MMIO))
                .latency(LatencyKind.LINE_TO_ACCEPT, DelayTable.uniform(0, 50_000))
                .device("a", new Wire.Line(GSI, TriggerMode.LEVEL), new Arrivals.AfterService(micros(1), 50))
                .seed(seed)
                .config();
        TimedMachine timed = new TimedMachine(config, LIMITS);
        timed.machine().start();
        boolean high = false;
        while (timed.step()) {
            if (timed.machine().isLineHigh(GSI) != high) {
                high = !high;
                seenByKernel.add(high);
            }
        }

        assertThat(seenByKernel).hasSize(100);
        assertThat(high).isFalse();
    }

    @Test
    void linesOfDifferentPinsDoNotWaitForEachOther() {
        DelayTable firstSlow = DelayTable.uniform(0, 100_000);
        MachineFixture fixture = new MachineFixture()
                .irqchip(IrqchipMode.KERNEL)
                .plainGuest(service(), lapicEoi(EoiMechanism.MMIO))
                .latency(LatencyKind.LINE_TO_ACCEPT, firstSlow)
                .pin(levelPin(GSI + 1, 0x51))
                .levelDevice("a", GSI, 0)
                .levelDevice("b", GSI + 1, 0);

        List<List<String>> orders = new ArrayList<>();
        for (long seed = 0; seed < 20; seed++) {
            orders.add(fixture.seed(seed)
                    .runFor(1000)
                    .story(EventKind.LAPIC_ACCEPTED)
                    .subList(0, 2));
        }

        assertThat(orders).contains(List.of("IRR 0xa1", "IRR 0x51"), List.of("IRR 0x51", "IRR 0xa1"));
    }

    @Test
    void withoutApicvTheGuestExitsAndKvmInjectsAtTheNextEntry() {
        MachineFixture.Outcome run = plain().withoutApicv().causesAt(0).runFor(1000);

        assertThat(run.story().subList(0, 5))
                .containsExactly("enter L1", "IRR 0xa1", "exit L1 EXTERNAL_INTERRUPT", "enter L1", "L1 takes 0xa1");
        long handling = 1_000;
        long injection = 200;
        assertThat(run.when("L1 takes 0xa1"))
                .containsExactly(run.when("exit L1 EXTERNAL_INTERRUPT").get(0) + handling + injection);
        assertThat(run.count(EventKind.USERSPACE_EXIT)).isEqualTo(2);
    }

    @Test
    void withoutALapicInTheKernelTheVmmInjectsAndTheEoiGoesToTheVmmThoughApicvIsOn() {
        MachineFixture.Outcome run =
                plain().irqchip(IrqchipMode.NONE).causesAt(0).runFor(1000);

        assertThat(run.story(
                        EventKind.VM_EXIT,
                        EventKind.USERSPACE_EXIT,
                        EventKind.INTERRUPT_TAKEN,
                        EventKind.LAPIC_EOI,
                        EventKind.EOI_BROADCAST))
                .containsExactly(
                        "exit L1 EXTERNAL_INTERRUPT",
                        "userspace KVM_EXIT_MMIO",
                        "L1 takes 0xa1",
                        "exit L1 EPT_VIOLATION",
                        "userspace KVM_EXIT_MMIO",
                        "exit L1 APIC_ACCESS",
                        "userspace KVM_EXIT_MMIO",
                        "L1 EOIs 0xa1",
                        "eoi-broadcast 0xa1");
        long exit = run.when("exit L1 EXTERNAL_INTERRUPT").get(0);
        assertThat(run.when("L1 takes 0xa1")).containsExactly(exit + 1_000 + 1_000 + 6_000);
        assertThat(run.findings().eoiExits()).isZero();
        assertThat(run.findings().verdict()).isEqualTo(Verdict.OK);
    }

    @ParameterizedTest
    @EnumSource(LapicModel.Suppression.class)
    void aVmmsOwnLapicStormsOnlyWhereItAdvertisesABitItIgnores(LapicModel.Suppression suppression) {
        MachineFixture.Outcome run = new MachineFixture()
                .irqchip(IrqchipMode.NONE)
                .lapic(MachineFixture.ownLapic(suppression))
                .causesAt(0)
                .runFor(1000);

        boolean advertised = suppression == LapicModel.Suppression.ADVERTISED_IGNORED;
        assertThat(run.story(EventKind.LVR_READ)).containsExactly(advertised ? "LVR 1050014" : "LVR 50014");
        assertThat(run.findings().verdict()).isEqualTo(advertised ? Verdict.STORM : Verdict.OK);
        if (advertised) {
            assertThat(run.findings().reason()).contains("SPIV bit 12", "by the VMM's local APIC");
        }
    }

    @Test
    void aVmmsOwnLapicDropsARestoredBitThatItCannotHold() {
        MachineFixture.Outcome run = new MachineFixture()
                .irqchip(IrqchipMode.NONE)
                .lapic(MachineFixture.ownLapic(LapicModel.Suppression.NOT_ADVERTISED))
                .resumedWithSuppressBit()
                .causesAt(0)
                .runFor(1000);

        assertThat(run.first(EventKind.LAPIC_RESTORED).b()).isEqualTo(0x1ff);
        assertThat(run.findings().verdict()).isEqualTo(Verdict.STORM);
        assertThat(run.findings().reason()).contains("SPIV bit 12 clear");
    }

    @Test
    void severalVcpusEachHandleThePinThatIsRoutedToThem() {
        MachineFixture.Outcome run = plain().vcpus(3)
                .pin(levelPin(GSI + 1, 0x51, 1))
                .pin(levelPin(GSI + 2, 0x61, 2))
                .levelDevice("a", GSI, 0)
                .levelDevice("b", GSI + 1, 0)
                .levelDevice("c", GSI + 2, 0)
                .runFor(1000);

        assertThat(run.story(EventKind.INTERRUPT_TAKEN, EventKind.LAPIC_EOI))
                .containsExactlyInAnyOrder(
                        "L1 takes 0xa1",
                        "L1 EOIs 0xa1",
                        "vcpu1 L1 takes 0x51",
                        "vcpu1 L1 EOIs 0x51",
                        "vcpu2 L1 takes 0x61",
                        "vcpu2 L1 EOIs 0x61");
        assertThat(run.findings().eoiExits()).isEqualTo(3);
        assertThat(run.all(EventKind.USERSPACE_EXIT).stream().map(TraceEvent::a))
                .contains(0L, 1L, 2L);
    }

    @Test
    void aVcpuOutsideGuestModeIsNotKickedAndLooksBeforeItsNextEntry() {
        double whileInTheVmm = 10;
        MachineFixture.Outcome run = plain().program(
                        ProgramRole.BACKGROUND, run(2), GuestStep.of(StepKind.SERVICE, 0), step(StepKind.RUN_FOREVER))
                .latency(LatencyKind.VMM_HANDLING, 20)
                .latency(LatencyKind.INTERRUPT_KICK, 900)
                .messageDevice("nic", 0xc1, whileInTheVmm)
                .runFor(3000);

        long back = 2_000 + 4_000 + 1_000 + 20_000 + 6_000;
        assertThat(run.when("IRR 0xc1")).containsExactly(12_000L);
        assertThat(run.when("enter L1")).contains(back);
        assertThat(run.when("L1 takes 0xc1")).containsExactly(back);
    }

    @Test
    void anUnmaskedRouteIsKnownToAVcpuThatWasInGuestModeAllTheTime() {
        MachineFixture.Outcome run = new MachineFixture()
                .plainGuest(run(1), step(StepKind.UNMASK_PIN), service(), lapicEoi(EoiMechanism.MMIO))
                .vcpus(2)
                .pin(new Pin(GSI, 0x61, TriggerMode.LEVEL, false, true, DeliveryMode.FIXED, false, 1))
                .messageDevice("nic", 0x61, 0)
                .levelDevice("uhci", GSI, 200, 400)
                .runFor(1000);

        assertThat(run.story(EventKind.INTERRUPT_TAKEN))
                .containsExactly("L1 takes 0x61", "vcpu1 L1 takes 0x61", "vcpu1 L1 takes 0x61");
        assertThat(run.findings().verdict()).isEqualTo(Verdict.OK);
    }
}
