// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import static irqstorm.machine.MachineFixture.GSI;
import static irqstorm.machine.MachineFixture.edgePin;
import static irqstorm.machine.MachineFixture.lapicEoi;
import static irqstorm.machine.MachineFixture.run;
import static irqstorm.machine.MachineFixture.service;
import static irqstorm.machine.MachineFixture.step;
import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.apic.ApicMode;
import irqstorm.apic.DeliveryMode;
import irqstorm.apic.TriggerMode;
import irqstorm.check.Verdict;
import irqstorm.event.EventKind;
import irqstorm.event.UserspaceExitReason;
import irqstorm.guest.Condition;
import irqstorm.guest.EoiMechanism;
import irqstorm.guest.StepKind;
import irqstorm.kvm.IrqchipMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which ways of writing EOI leave guest mode, and which of them reach the VMM. */
class EoiExitTest {
    private static final int MSI = 0x55;

    private static MachineFixture plain(EoiMechanism mechanism) {
        return new MachineFixture()
                .apicMode(mechanism == EoiMechanism.X2APIC_MSR ? ApicMode.X2APIC : ApicMode.XAPIC)
                .plainGuest(run(5), service(), lapicEoi(mechanism), run(3));
    }

    @ParameterizedTest(name = "EOI by {0}, APICv {1}: {2}")
    @CsvSource({
        "MMIO, true, EOI_INDUCED",
        "X2APIC_MSR, true, EOI_INDUCED",
        "HYPERV_MSR, true, MSR_WRITE",
        "MMIO, false, APIC_ACCESS",
        "X2APIC_MSR, false, MSR_WRITE",
        "HYPERV_MSR, false, MSR_WRITE"
    })
    void theEoiOfALevelVectorOfTheIoApicAlwaysExits(EoiMechanism mechanism, boolean apicv, String reason) {
        MachineFixture machine = apicv ? plain(mechanism) : plain(mechanism).withoutApicv();
        MachineFixture.Outcome run = machine.causesAt(0).runFor(1000);

        assertThat(run.story()).containsSequence("exit L1 " + reason, "L1 EOIs 0xa1", "enter L1");
        assertThat(run.story(EventKind.LAPIC_EOI, EventKind.USERSPACE_EXIT, EventKind.EOI_BROADCAST))
                .containsExactly(
                        "userspace KVM_EXIT_MMIO",
                        "L1 EOIs 0xa1",
                        "userspace KVM_EXIT_IOAPIC_EOI",
                        "eoi-broadcast 0xa1");
        assertThat(run.findings().eoiExits()).isEqualTo(1);
    }

    @ParameterizedTest(name = "EOI by {0}, APICv {1}: {2}")
    @CsvSource({
        "MMIO, true, ''",
        "X2APIC_MSR, true, ''",
        "HYPERV_MSR, true, MSR_WRITE",
        "MMIO, false, APIC_ACCESS",
        "X2APIC_MSR, false, MSR_WRITE"
    })
    void theEoiOfAMessageExitsOnlyWhereTheProcessorDoesNotTakeIt(EoiMechanism mechanism, boolean apicv, String reason) {
        MachineFixture machine = apicv ? plain(mechanism) : plain(mechanism).withoutApicv();
        MachineFixture.Outcome run = machine.messageDevice("nic", MSI, 0).runFor(1000);

        int eoi = run.story().indexOf("L1 EOIs 0x55");
        assertThat(run.story().get(eoi - 1)).isEqualTo(reason.isEmpty() ? "enter L1" : "exit L1 " + reason);
        assertThat(run.findings().eoiExits()).isZero();
        assertThat(run.findings().verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void anEoiWithoutExitTakesItsOwnTimeAndTheGuestGoesOnWithTheNextStep() {
        MachineFixture.Outcome run = new MachineFixture()
                .plainGuest(run(5), lapicEoi(EoiMechanism.MMIO), run(3), service())
                .latency(LatencyKind.EOI_WITHOUT_EXIT, 0.25)
                .messageDevice("nic", MSI, 0)
                .runFor(1000);

        long eoi = run.when("L1 EOIs 0x55").get(0);
        assertThat(eoi).isEqualTo(run.when("L1 takes 0x55").get(0) + 5_000);
        assertThat(run.when("exit L1 EPT_VIOLATION")).containsExactly(eoi + 250 + 3_000);
    }

    @Test
    void anEoiWithNothingInServiceIsSpuriousAndReachesNobody() {
        MachineFixture.Outcome run = new MachineFixture()
                .plainGuest(service(), lapicEoi(EoiMechanism.MMIO), lapicEoi(EoiMechanism.MMIO))
                .causesAt(0)
                .runFor(1000);

        assertThat(run.story(EventKind.LAPIC_EOI, EventKind.LAPIC_EOI_SPURIOUS))
                .containsExactly("L1 EOIs 0xa1", "L1 EOIs nothing");
        assertThat(run.findings().eoiExits()).isEqualTo(1);
        assertThat(run.count(EventKind.EOI_BROADCAST)).isEqualTo(1);
    }

    /** kvm-semantics §1.4: the split path looks at the bitmap alone, never at TMR. */
    @Test
    void theEoiOfAMessageThatSharesItsVectorWithALevelPinExitsToUserspaceToo() {
        MachineFixture.Outcome run = plain(EoiMechanism.MMIO)
                .messageDevice("nic", MachineFixture.VECTOR, 0)
                .runFor(1000);

        assertThat(run.findings().eoiExits()).isEqualTo(1);
        assertThat(run.story(EventKind.VM_EXIT)).contains("exit L1 EOI_INDUCED");
    }

    @Test
    void theEoiOfAnEdgePinDoesNotExit() {
        MachineFixture.Outcome run = plain(EoiMechanism.MMIO)
                .pin(edgePin(GSI, MachineFixture.VECTOR))
                .edgeDevice("timer", GSI, 0, 500)
                .runFor(1000);

        assertThat(run.count(EventKind.LAPIC_EOI)).isEqualTo(2);
        assertThat(run.story(EventKind.VM_EXIT)).containsExactly("exit L1 EPT_VIOLATION", "exit L1 EPT_VIOLATION");
        assertThat(run.findings().eoiExits()).isZero();
    }

    @Test
    void withEnableTheEoiStillExitsButNotToUserspace() {
        MachineFixture.Outcome run =
                new MachineFixture().flags(MachineFixture.ENABLE).causesAt(0).runFor(1000);

        assertThat(run.story()).containsSequence("exit L1 EOI_INDUCED", "L1 EOIs 0xa1", "enter L1");
        assertThat(run.all(EventKind.USERSPACE_EXIT))
                .allSatisfy(exit -> assertThat(exit.b()).isEqualTo(UserspaceExitReason.KVM_EXIT_MMIO.ordinal()));
    }

    @Test
    void theInKernelIoApicEndsTheInterruptWithinTheExitAndNeverAsksTheVmm() {
        MachineFixture.Outcome run =
                plain(EoiMechanism.MMIO).irqchip(IrqchipMode.KERNEL).causesAt(0).runFor(1000);

        assertThat(run.when("eoi-broadcast 0xa1")).isEqualTo(run.when("L1 EOIs 0xa1"));
        assertThat(run.when("pin21 remote-irr-cleared")).isEqualTo(run.when("L1 EOIs 0xa1"));
        assertThat(run.findings().eoiExits()).isZero();
    }

    @Test
    void aWriteOfTheEoiRegisterEndsInTheKernelWhereTheIoApicIsThereAndIsIgnored() {
        MachineFixture.Outcome run = new MachineFixture()
                .irqchip(IrqchipMode.KERNEL)
                .plainGuest(
                        service(),
                        step(StepKind.IOAPIC_EOI),
                        lapicEoi(EoiMechanism.MMIO).when(Condition.LEVEL))
                .causesAt(0)
                .runFor(1000);

        assertThat(run.story(
                        EventKind.VM_EXIT,
                        EventKind.MMIO_WRITE,
                        EventKind.DIRECTED_EOI_IGNORED,
                        EventKind.USERSPACE_EXIT,
                        EventKind.REMOTE_IRR_CLEARED))
                .containsExactly(
                        "exit L1 EPT_VIOLATION",
                        "userspace KVM_EXIT_MMIO",
                        "exit L1 EPT_VIOLATION",
                        "write fec00040 = 0xa1",
                        "directed-eoi-ignored 0xa1",
                        "exit L1 EOI_INDUCED",
                        "pin21 remote-irr-cleared");
        long written = run.first(EventKind.MMIO_WRITE).timeNanos();
        assertThat(run.all(EventKind.VM_ENTRY))
                .anySatisfy(entry -> assertThat(entry.timeNanos()).isEqualTo(written));
    }

    @Test
    void anEdgeVectorIsNoLevelConditionSoAConditionalDirectedEoiIsNotWrittenForIt() {
        MachineFixture.Outcome run = new MachineFixture()
                .flags(MachineFixture.ENABLE)
                .messageDevice("nic", MSI, 0)
                .causesAt(500)
                .runFor(1000);

        assertThat(run.story(EventKind.MMIO_WRITE)).containsExactly("write fec00040 = 0xa1");
        assertThat(run.findings().verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void anInterruptForADisabledDeliveryModeReachesNobody() {
        MachineFixture.Outcome run = plain(EoiMechanism.MMIO)
                .pin(new Pin(GSI, 0x61, TriggerMode.LEVEL, false, false, DeliveryMode.SMI, false, 0))
                .causesAt(0)
                .runFor(1000);

        assertThat(run.count(EventKind.LAPIC_ACCEPTED)).isZero();
        assertThat(run.findings().verdict()).isEqualTo(Verdict.STUCK);
    }
}
