// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import static irqstorm.machine.MachineFixture.DISABLE;
import static irqstorm.machine.MachineFixture.ENABLE;
import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.apic.Profiles;
import irqstorm.check.Verdict;
import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.kvm.IrqchipMode;
import irqstorm.trace.TraceEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The ordering of the kernel patch "KVM: x86: Add x2APIC features to control EOI broadcast suppression", told step by step: 1 the
 * interrupt for L2 arrives, 2 L1 EOIs its local APIC, 3 L1 injects into L2, 4 L2 EOIs, 5 L1 EOIs the I/O APIC.
 */
class FiveStepsTest {
    private static final List<EventKind> STEPS = List.of(
            EventKind.LINE_ASSERTED,
            EventKind.REMOTE_IRR_SET,
            EventKind.LAPIC_ACCEPTED,
            EventKind.LAPIC_EOI,
            EventKind.EOI_SUPPRESSED,
            EventKind.EOI_BROADCAST,
            EventKind.NESTED_ENTRY,
            EventKind.DEVICE_SERVICED,
            EventKind.L2_EOI,
            EventKind.DIRECTED_EOI,
            EventKind.DIRECTED_EOI_IGNORED,
            EventKind.REMOTE_IRR_CLEARED);

    private static List<EventKind> story(MachineFixture.Outcome outcome) {
        return outcome.kinds().stream().filter(STEPS::contains).toList();
    }

    @Test
    void withEnableRemoteIrrHoldsThePinFromStepTwoToStepFive() {
        MachineFixture.Outcome run =
                new MachineFixture().flags(ENABLE).causesAt(0).runFor(1000);

        assertThat(story(run))
                .containsExactly(
                        EventKind.LINE_ASSERTED,
                        EventKind.REMOTE_IRR_SET,
                        EventKind.LAPIC_ACCEPTED,
                        EventKind.LAPIC_EOI,
                        EventKind.EOI_SUPPRESSED,
                        EventKind.NESTED_ENTRY,
                        EventKind.DEVICE_SERVICED,
                        EventKind.L2_EOI,
                        EventKind.DIRECTED_EOI,
                        EventKind.REMOTE_IRR_CLEARED,
                        EventKind.NESTED_ENTRY);
        assertThat(run.findings().verdict()).isEqualTo(Verdict.OK);
        assertThat(run.findings().eoiExits()).isZero();
    }

    @Test
    void withEnableTheOffsetsAreThoseOfTheRootCauseTrace() {
        MachineFixture.Outcome run =
                new MachineFixture().flags(ENABLE).causesAt(0).runFor(1000);

        assertThat(run.first(EventKind.LAPIC_ACCEPTED).timeNanos()).isEqualTo(2_000);
        assertThat(entryOf(run, 1).timeNanos()).isEqualTo(6_000);
        assertThat(run.first(EventKind.LAPIC_EOI).timeNanos()).isEqualTo(8_000);
        assertThat(run.first(EventKind.NESTED_ENTRY).timeNanos()).isEqualTo(11_000);
        assertThat(run.first(EventKind.L2_EOI).timeNanos()).isEqualTo(59_000);
        assertThat(run.first(EventKind.MMIO_WRITE).timeNanos()).isEqualTo(67_000);
    }

    private static TraceEvent entryOf(MachineFixture.Outcome run, int level) {
        return run.events().stream()
                .filter(event -> event.kind() == EventKind.VM_ENTRY && event.b() == level)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void withQuirkedSplitTheBroadcastOfStepTwoReDeliversWhileTheLineIsHigh() {
        MachineFixture.Outcome run = new MachineFixture().causesAt(0).runFor(1000);

        assertThat(story(run).subList(0, 8))
                .containsExactly(
                        EventKind.LINE_ASSERTED,
                        EventKind.REMOTE_IRR_SET,
                        EventKind.LAPIC_ACCEPTED,
                        EventKind.LAPIC_EOI,
                        EventKind.EOI_BROADCAST,
                        EventKind.REMOTE_IRR_CLEARED,
                        EventKind.REMOTE_IRR_SET,
                        EventKind.LAPIC_ACCEPTED);
        assertThat(run.findings().verdict()).isEqualTo(Verdict.STORM);
        assertThat(run.findings().lines().get(0).deliveries()).isEqualTo(10_000);
        assertThat(run.findings().reason()).contains("SPIV bit 12", "QUIRKED", "0xa1");
    }

    @Test
    void withDisableTheGuestIsNotToldAndEndsTheInterruptAfterTheDevice() {
        MachineFixture.Outcome run =
                new MachineFixture().flags(DISABLE).causesAt(0).runFor(1000);

        assertThat(story(run))
                .containsExactly(
                        EventKind.LINE_ASSERTED,
                        EventKind.REMOTE_IRR_SET,
                        EventKind.LAPIC_ACCEPTED,
                        EventKind.NESTED_ENTRY,
                        EventKind.DEVICE_SERVICED,
                        EventKind.L2_EOI,
                        EventKind.LAPIC_EOI,
                        EventKind.EOI_BROADCAST,
                        EventKind.REMOTE_IRR_CLEARED,
                        EventKind.NESTED_ENTRY);
        assertThat(run.findings().verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void withEnableAndVersion0x11StepFiveIsIgnoredAndTheNextCauseIsNeverDelivered() {
        MachineFixture.Outcome run = new MachineFixture()
                .flags(ENABLE)
                .ioApic(Profiles.qemu11())
                .causesAt(0, 500)
                .runFor(1000);

        assertThat(run.count(EventKind.DIRECTED_EOI_IGNORED)).isEqualTo(1);
        assertThat(run.count(EventKind.REMOTE_IRR_BLOCKED)).isEqualTo(1);
        assertThat(run.findings().lines().get(0).deliveries()).isEqualTo(1);
        assertThat(run.findings().verdict()).isEqualTo(Verdict.STUCK);
        assertThat(run.findings().reason()).contains("0x11", "0xFEC00040", "Remote IRR stays set");
    }

    @Test
    void withDisableAGuestThatWasMigratedInKeepsItsOrderAndStorms() {
        MachineFixture.Outcome run = new MachineFixture()
                .flags(DISABLE)
                .resumedWithSuppressBit()
                .causesAt(0)
                .runFor(1000);

        assertThat(run.findings().verdict()).isEqualTo(Verdict.STORM);
        assertThat(run.count(EventKind.EOI_SUPPRESSED)).isZero();
    }

    @Test
    void theInKernelIoApicHidesTheBitSoTheGuestKeepsTheOrderOfTheWorkingTrace() {
        MachineFixture.Outcome run =
                new MachineFixture().irqchip(IrqchipMode.KERNEL).causesAt(0).runFor(1000);

        assertThat(story(run))
                .containsExactly(
                        EventKind.LINE_ASSERTED,
                        EventKind.LAPIC_ACCEPTED,
                        EventKind.REMOTE_IRR_SET,
                        EventKind.NESTED_ENTRY,
                        EventKind.DEVICE_SERVICED,
                        EventKind.L2_EOI,
                        EventKind.LAPIC_EOI,
                        EventKind.EOI_BROADCAST,
                        EventKind.REMOTE_IRR_CLEARED,
                        EventKind.NESTED_ENTRY);
        assertThat(run.first(EventKind.LAPIC_EOI).actor()).isEqualTo(Actor.L1);
        assertThat(run.findings().eoiExits()).isZero();
    }

    @Test
    void theInKernelIoApicSuppressesTheEoiOfARestoredBitAndIsStuckForWantOfAnEoiRegister() {
        MachineFixture.Outcome run = new MachineFixture()
                .irqchip(IrqchipMode.KERNEL)
                .resumedWithSuppressBit()
                .causesAt(0, 500)
                .runFor(1000);

        assertThat(run.findings().verdict()).isEqualTo(Verdict.STUCK);
        assertThat(run.findings().reason()).contains("QUIRKED with kernel irqchip");
    }

    @Test
    void everyEventNamesWhatCausedItAndCausesComeFirst() {
        MachineFixture.Outcome run =
                new MachineFixture().flags(ENABLE).causesAt(0).runFor(1000);

        assertThat(run.events()).allSatisfy(event -> assertThat(event.cause()).isLessThan(event.sequence()));
        TraceEvent eoi = run.first(EventKind.DIRECTED_EOI);
        TraceEvent cause = run.events().get((int) eoi.cause() - 1);
        assertThat(cause.kind()).isEqualTo(EventKind.USERSPACE_EXIT);
    }
}
