// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import static irqstorm.machine.MachineFixture.DISABLE;
import static irqstorm.machine.MachineFixture.ENABLE;
import static irqstorm.machine.MachineFixture.lapicEoi;
import static irqstorm.machine.MachineFixture.run;
import static irqstorm.machine.MachineFixture.service;
import static irqstorm.machine.MachineFixture.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import irqstorm.apic.ApicMode;
import irqstorm.apic.Profiles;
import irqstorm.check.Verdict;
import irqstorm.engine.RunLimits;
import irqstorm.event.EventKind;
import irqstorm.guest.Condition;
import irqstorm.guest.EoiMechanism;
import irqstorm.guest.GuestStep;
import irqstorm.guest.ProgramRole;
import irqstorm.guest.StepKind;
import irqstorm.kvm.Errno;
import irqstorm.kvm.IrqchipMode;
import irqstorm.kvm.SuppressEoiBroadcastMode;
import irqstorm.kvm.UapiRevision;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The guest finds out at boot what it is told, and acts on it from then on. */
class BootTest {
    private static final RunLimits LIMITS = new RunLimits(1_000_000_000L, 1_000_000, 10_000);

    @ParameterizedTest(name = "{0} with flags {1}, CPUID x2APIC {2}: LVR {3}")
    @CsvSource({
        "SPLIT, 0, true, 1050014, true",
        "SPLIT, 4, true, 1050014, true",
        "SPLIT, 8, true, 50014, false",
        "KERNEL, 0, true, 50014, false",
        "KERNEL, 8, true, 50014, false",
        "NONE, 0, true, 50014, false",
        "SPLIT, 0, false, 50014, false",
        "SPLIT, 4, false, 50014, false"
    })
    void theGuestTakesTheEarlyOrderExactlyWhereBit24IsShown(
            IrqchipMode irqchip, long flags, boolean x2Apic, String lvr, boolean early) {
        MachineFixture machine = new MachineFixture().irqchip(irqchip).flags(flags);
        MachineFixture.Outcome run =
                (x2Apic ? machine : machine.withoutX2ApicInCpuid()).causesAt(0).runFor(100);

        List<String> boot = run.story(EventKind.LVR_READ, EventKind.SPIV_WRITTEN);
        assertThat(boot).startsWith("LVR " + lvr, "SPIV 1ff -> 1ff");
        assertThat(boot).hasSize(early ? 3 : 2);
        if (early) {
            assertThat(boot.get(2)).isEqualTo("SPIV 11ff -> 11ff");
        }
        List<String> order = run.story(EventKind.LAPIC_EOI, EventKind.DEVICE_SERVICED);
        assertThat(order.get(0)).isEqualTo(early ? "L1 EOIs 0xa1" : "device0 device-serviced");
    }

    @ParameterizedTest
    @CsvSource({"XAPIC", "X2APIC"})
    void bothWaysToAccessTheLocalApicShowTheSame(ApicMode mode) {
        MachineFixture.Outcome run =
                new MachineFixture().apicMode(mode).causesAt(0).runFor(100);

        assertThat(run.story(EventKind.LVR_READ, EventKind.SPIV_WRITTEN))
                .containsExactly("LVR 1050014", "SPIV 1ff -> 1ff", "SPIV 11ff -> 11ff");
    }

    @Test
    void aGuestThatTriesTheBitAlthoughItIsNotShownFindsThatItDidNotStick() {
        MachineFixture.Outcome run = new MachineFixture()
                .flags(DISABLE)
                .program(
                        ProgramRole.BOOT,
                        GuestStep.of(StepKind.WRITE_SPIV, MachineFixture.SPIV_SUPPRESSING),
                        step(StepKind.READ_SPIV))
                .causesAt(0)
                .runFor(1000);

        assertThat(run.story(EventKind.SPIV_WRITTEN)).containsExactly("SPIV 11ff -> 1ff");
        assertThat(run.findings().verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void aGuestThatNeverSetsBit12KeepsTheLateOrderWhereverItBoots() {
        for (IrqchipMode irqchip : IrqchipMode.values()) {
            MachineFixture.Outcome run = new MachineFixture()
                    .irqchip(irqchip)
                    .program(
                            ProgramRole.BOOT,
                            step(StepKind.READ_LVR),
                            GuestStep.of(StepKind.WRITE_SPIV, 0x1ff),
                            step(StepKind.READ_SPIV))
                    .causesAt(0)
                    .runFor(1000);

            assertThat(run.story(EventKind.LAPIC_EOI, EventKind.DEVICE_SERVICED))
                    .containsExactly("device0 device-serviced", "L1 EOIs 0xa1");
            assertThat(run.findings().verdict()).isEqualTo(Verdict.OK);
        }
    }

    @Test
    void aGuestThatClearsTheBitAgainGoesBackToTheLateOrder() {
        MachineFixture.Outcome run = new MachineFixture()
                .program(
                        ProgramRole.BOOT,
                        step(StepKind.READ_LVR),
                        GuestStep.of(StepKind.WRITE_SPIV, MachineFixture.SPIV_SUPPRESSING),
                        step(StepKind.READ_SPIV),
                        GuestStep.of(StepKind.WRITE_SPIV, 0x1ff).when(Condition.DIRECTED_EOI),
                        step(StepKind.READ_SPIV))
                .causesAt(0)
                .runFor(1000);

        assertThat(run.story(EventKind.LAPIC_EOI, EventKind.DEVICE_SERVICED))
                .containsExactly("device0 device-serviced", "L1 EOIs 0xa1");
    }

    @Test
    void aGuestMayChangeItsMindWhileItRuns() {
        MachineFixture.Outcome run = new MachineFixture()
                .flags(ENABLE)
                .plainGuest(
                        run(5),
                        lapicEoi(EoiMechanism.MMIO).when(Condition.DIRECTED_EOI),
                        service(),
                        step(StepKind.IOAPIC_EOI).when(Condition.DIRECTED_EOI),
                        lapicEoi(EoiMechanism.MMIO).unless(Condition.DIRECTED_EOI))
                .program(
                        ProgramRole.BACKGROUND,
                        run(100),
                        step(StepKind.READ_LVR),
                        GuestStep.of(StepKind.WRITE_SPIV, MachineFixture.SPIV_SUPPRESSING)
                                .when(Condition.SUPPRESSION_ADVERTISED),
                        step(StepKind.READ_SPIV),
                        step(StepKind.RUN_FOREVER))
                .causesAt(0, 300)
                .runFor(1000);

        assertThat(run.story(EventKind.LAPIC_EOI, EventKind.DEVICE_SERVICED, EventKind.DIRECTED_EOI))
                .containsExactly(
                        "device0 device-serviced",
                        "L1 EOIs 0xa1",
                        "L1 EOIs 0xa1",
                        "device0 device-serviced",
                        "directed-eoi 0xa1");
    }

    @Test
    void aResumedGuestDoesNotBootAndKeepsItsBelief() {
        MachineFixture.Outcome run = new MachineFixture()
                .flags(DISABLE)
                .resumedWithSuppressBit()
                .causesAt(0)
                .runFor(100);

        assertThat(run.count(EventKind.LVR_READ)).isZero();
        assertThat(run.first(EventKind.LAPIC_RESTORED).b()).isEqualTo(MachineFixture.SPIV_SUPPRESSING);
        assertThat(run.first(EventKind.LAPIC_RESTORED).c()).isEqualTo(0x50014);
        assertThat(run.story(EventKind.LAPIC_EOI, EventKind.DEVICE_SERVICED).get(0))
                .isEqualTo("L1 EOIs 0xa1");
    }

    @Test
    void aGuestResumedWithoutTheBitKeepsTheLateOrderThoughItIsShownNow() {
        MachineFixture.Outcome run =
                new MachineFixture().resumed(0x1ff, false).causesAt(0).runFor(1000);

        assertThat(run.first(EventKind.LAPIC_RESTORED).c()).isEqualTo(0x1050014);
        assertThat(run.story(EventKind.LAPIC_EOI, EventKind.DEVICE_SERVICED))
                .containsExactly("device0 device-serviced", "L1 EOIs 0xa1");
        assertThat(run.findings().verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void enableHelpsAGuestThatBootedUnderTheQuirkWithoutAReboot() {
        MachineFixture.Outcome run = new MachineFixture()
                .flags(ENABLE)
                .resumedWithSuppressBit()
                .causesAt(0)
                .runFor(1000);

        assertThat(run.count(EventKind.EOI_SUPPRESSED)).isEqualTo(1);
        assertThat(run.findings().verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void aGuestWithItsLapicDisabledRefusesInterrupts() {
        MachineFixture.Outcome run = new MachineFixture()
                .program(ProgramRole.BOOT, GuestStep.of(StepKind.WRITE_SPIV, 0xff))
                .messageDevice("nic", 0x51, 0)
                .runFor(1000);

        assertThat(run.count(EventKind.LAPIC_REFUSED)).isEqualTo(1);
        assertThat(run.findings().verdict()).isEqualTo(Verdict.LOST);
    }

    @Test
    void everyVcpuBootsByItself() {
        MachineFixture.Outcome run = new MachineFixture().vcpus(3).causesAt(0).runFor(100);

        assertThat(run.all(EventKind.LVR_READ)).extracting(event -> event.a()).containsExactly(0L, 1L, 2L);
    }

    @Test
    void aMachineWhoseFlagsAreRefusedDoesNotStart() {
        TimedMachine refused = new TimedMachine(
                new MachineFixture().irqchip(IrqchipMode.KERNEL).flags(ENABLE).config(), LIMITS);

        assertThat(refused.machine().enableCap().isOk()).isFalse();
        assertThat(refused.machine().enableCap().errno()).isEqualTo(Errno.EINVAL);
        assertThatThrownBy(() -> refused.machine().start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("needs split irqchip");
    }

    @Test
    void enableIsRefusedWhereItComesBeforeTheIrqchipIsSplit() {
        MachineConfig tooEarly =
                new MachineFixture().flags(ENABLE).flagsBeforeIrqchip().config();

        assertThat(new TimedMachine(tooEarly, LIMITS).machine().enableCap().reason())
                .contains("irqchip none at this point");
    }

    @Test
    void theModeIsWhatTheFlagsOfTheRevisionSay() {
        MachineFixture both = new MachineFixture().flags(ENABLE | DISABLE);

        assertThat(mode(new MachineFixture())).isEqualTo(SuppressEoiBroadcastMode.QUIRKED);
        assertThat(mode(new MachineFixture().flags(ENABLE))).isEqualTo(SuppressEoiBroadcastMode.ENABLED);
        assertThat(mode(new MachineFixture().flags(DISABLE))).isEqualTo(SuppressEoiBroadcastMode.DISABLED);
        assertThat(mode(both.uapi(UapiRevision.V3))).isEqualTo(SuppressEoiBroadcastMode.HIDDEN_BUT_HONOURED);
    }

    private static SuppressEoiBroadcastMode mode(MachineFixture fixture) {
        return new TimedMachine(fixture.config(), LIMITS).machine().firstSuppressMode();
    }

    @Test
    void theIoApicThatTheGuestSeesIsTheKernelsOnlyWithAnInKernelIrqchip() {
        MachineFixture fixture = new MachineFixture().ioApic(Profiles.qemu20());

        assertThat(fixture.config().ioApic().version()).isEqualTo(0x20);
        assertThat(fixture.irqchip(IrqchipMode.NONE).config().ioApic().version())
                .isEqualTo(0x20);
        assertThat(fixture.irqchip(IrqchipMode.KERNEL).config().ioApic().version())
                .isEqualTo(0x11);
    }
}
