// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import static irqstorm.machine.MachineFixture.DISABLE;
import static irqstorm.machine.MachineFixture.ENABLE;
import static irqstorm.machine.MachineFixture.GSI;
import static irqstorm.machine.MachineFixture.VECTOR;
import static irqstorm.machine.MachineFixture.plain;
import static irqstorm.machine.MachineFixture.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import irqstorm.apic.IoApicProfile;
import irqstorm.apic.IoApicProfile.OnEoiAsserted;
import irqstorm.apic.IoApicProfile.Save;
import irqstorm.apic.Profiles;
import irqstorm.check.Damage;
import irqstorm.check.Verdict;
import irqstorm.event.EventKind;
import irqstorm.kvm.IrqchipMode;
import irqstorm.kvm.UapiRevision;
import irqstorm.machine.Hazard.Deed;
import irqstorm.machine.Hazard.Destination;
import irqstorm.machine.Hazard.When;
import irqstorm.trace.TraceEvent;
import org.junit.jupiter.api.Test;

/** A VM whose flags are changed while it runs, that moves to another host, or that ends. */
class VmHazardTest {
    private static Deed to(UapiRevision uapi, long args0, boolean goesOnIfRefused) {
        return new Deed.Migrate(new Destination(uapi, args0, goesOnIfRefused, null));
    }

    @Test
    void enablingAtLastEndsAStormThatIsGoingOn() {
        MachineFixture.Outcome run = new MachineFixture()
                .causesAt(0, 3000)
                .hazard(500, new Deed.ChangeFlags(ENABLE))
                .runFor(5000);

        assertThat(run.findings().storm().episodes()).isOne();
        assertThat(run.findings().storm().first().get(0).endNanos()).isLessThan(700_000);
        assertThat(run.findings().lines().get(0).serviced()).isEqualTo(2);
        assertThat(run.findings().reason()).contains("mode QUIRKED");
        assertThat(run.happenings())
                .containsExactly("the VMM sets args[0] 0x04: the mode becomes ENABLED, and LVR stays as it is");
    }

    @Test
    void aCallThatFailsChangesNothing() {
        MachineFixture.Outcome run = plain().causesAt(0)
                .hazard(10, new Deed.ChangeFlags(ENABLE | DISABLE))
                .runFor(1000);

        assertThat(run.findings().verdict()).isEqualTo(Verdict.OK);
        assertThat(run.first(EventKind.FLAGS_CHANGED).c()).isEqualTo(-1);
        assertThat(run.happenings()).containsExactly("the VMM's call with args[0] 0x0c fails, and the mode stays");
    }

    @Test
    void aKernelWithoutTheFlagsBringsTheStormBack() {
        MachineFixture.Outcome run = new MachineFixture()
                .flags(ENABLE)
                .causesAt(0, 3000)
                .hazard(1000, to(UapiRevision.BEFORE, ENABLE, true))
                .runFor(5000);

        assertThat(run.findings().verdict()).isEqualTo(Verdict.STORM);
        assertThat(run.findings().reason()).contains("not honoured in mode QUIRKED");
        assertThat(run.findings().storm().first().get(0).startNanos()).isGreaterThanOrEqualTo(3_000_000);
        assertThat(run.first(EventKind.LAPIC_RESTORED).b()).isEqualTo(MachineFixture.SPIV_SUPPRESSING);
    }

    @Test
    void aVmmThatMindsStaysWhereItIs() {
        MachineFixture.Outcome run = new MachineFixture()
                .flags(ENABLE)
                .causesAt(0, 3000)
                .hazard(1000, to(UapiRevision.BEFORE, ENABLE, false))
                .runFor(5000);

        assertThat(run.findings().verdict()).isEqualTo(Verdict.OK);
        assertThat(run.count(EventKind.VM_MIGRATED)).isZero();
        assertThat(run.happenings())
                .containsExactly("the VM stays where it is, since the other host refuses args[0] 0x04");
    }

    @Test
    void aMoveWithNothingInFlightLosesNothing() {
        MachineFixture.Outcome run = new MachineFixture()
                .flags(ENABLE)
                .causesAt(0, 3000)
                .hazard(1000, to(UapiRevision.MERGED, ENABLE, false))
                .runFor(5000);

        assertThat(run.findings().verdict()).isEqualTo(Verdict.OK);
        assertThat(run.findings().damages()).isEmpty();
        assertThat(run.findings().lines().get(0).deliveries()).isEqualTo(2);
    }

    private static MachineFixture.Outcome movedInService(Save save) {
        IoApicProfile saving = Profiles.with(Profiles.qemu20(), save);
        return plain().ioApic(saving)
                .causesAt(0, 20, 400)
                .hazard(22, new When.InService(GSI), to(UapiRevision.MERGED, 0, false))
                .runFor(1000);
    }

    @Test
    void aSecondCauseSurvivesAMoveThatKeepsRemoteIrrAndLine() {
        MachineFixture.Outcome run = movedInService(new Save(true, true, false));

        assertThat(run.findings().verdict()).isEqualTo(Verdict.OK);
        assertThat(run.findings().lines().get(0).serviced()).isEqualTo(3);
        assertThat(run.findings().damages()).isEmpty();
    }

    @Test
    void aLostRemoteIrrLosesTheReinjection() {
        MachineFixture.Outcome run = movedInService(new Save(false, true, false));

        assertThat(run.first(EventKind.REMOTE_IRR_LOST).b()).isEqualTo(VECTOR);
        assertThat(run.findings().verdict()).isEqualTo(Verdict.LOST);
        assertThat(run.findings().damages())
                .extracting(Damage::who, Damage::isForGood)
                .containsExactly(tuple("uhci", true));
    }

    @Test
    void aLostLineLosesTheReinjection() {
        MachineFixture.Outcome run = movedInService(new Save(true, false, false));

        assertThat(run.count(EventKind.LINE_LOST)).isOne();
        assertThat(run.count(EventKind.REMOTE_IRR_LOST)).isZero();
        assertThat(run.findings().verdict()).isEqualTo(Verdict.LOST);
    }

    @Test
    void restoringThatServicesBringsTheInterruptBackWithoutRemoteIrr() {
        MachineFixture.Outcome run = movedInService(new Save(false, true, true));

        assertThat(run.findings().verdict()).isEqualTo(Verdict.OK);
        assertThat(run.findings().lines().get(0).serviced()).isEqualTo(3);
    }

    @Test
    void anotherIoApicTakesOverWhatTheFirstOneSaved() {
        VmmProfile old = MachineFixture.qemuVmm(Profiles.qemu11());
        MachineFixture.Outcome run = new MachineFixture()
                .flags(ENABLE)
                .causesAt(0, 3000)
                .hazard(1000, new Deed.Migrate(new Destination(UapiRevision.MERGED, ENABLE, false, old)))
                .runFor(5000);

        assertThat(run.first(EventKind.VM_MIGRATED).c()).isEqualTo(0x11);
        assertThat(run.findings().verdict()).isEqualTo(Verdict.STUCK);
        assertThat(run.findings().reason()).contains("version 0x11, ignored the write to the EOI register");
        assertThat(run.timed().machine().ioApic().version()).isEqualTo(0x11);
    }

    @Test
    void aVmMovesOnlyToAnIoApicWithAsManyPinsUnderSplitIrqchip() {
        VmmProfile large = MachineFixture.qemuVmm(Profiles.withPins(Profiles.qemu20(), 48));
        Deed toLarge = new Deed.Migrate(new Destination(UapiRevision.MERGED, 0, false, large));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plain().hazard(0, toLarge).config())
                .withMessageContaining("cannot move");
        Deed toSame = new Deed.Migrate(
                new Destination(UapiRevision.MERGED, 0, false, MachineFixture.qemuVmm(Profiles.qemu11())));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        plain().irqchip(IrqchipMode.KERNEL).hazard(0, toSame).config());
    }

    @Test
    void theThrottlesTimerDoesNotMoveAlong() {
        IoApicProfile throttled =
                Profiles.qemu20().withOnEoiAsserted(new OnEoiAsserted.Throttled(3, 200_000, true, false));
        MachineFixture.Outcome run = new MachineFixture()
                .ioApic(throttled)
                .causesAt(0)
                .hazard(0, new When.Throttled(), to(UapiRevision.MERGED, ENABLE, false))
                .runFor(5000);

        assertThat(run.count(EventKind.THROTTLE_EXPIRED)).isZero();
        assertThat(run.count(EventKind.VM_MIGRATED)).isOne();
    }

    // --- the end

    private static MachineFixture.Outcome destroyedWhileThrottled(boolean outlivesVm) {
        IoApicProfile throttled =
                Profiles.qemu20().withOnEoiAsserted(new OnEoiAsserted.Throttled(3, 200_000, true, outlivesVm));
        return new MachineFixture()
                .ioApic(throttled)
                .causesAt(0)
                .hazard(0, new When.Throttled(), new Deed.DestroyVm())
                .runFor(1000);
    }

    @Test
    void aTimerThatOutlivesItsVmTakesTheHostDown() {
        MachineFixture.Outcome run = destroyedWhileThrottled(true);

        assertThat(run.findings().verdict()).isEqualTo(Verdict.HOST_DOWN);
        assertThat(run.findings().reason()).contains("after the VM was freed");
        assertThat(run.first(EventKind.HOST_DOWN).timeNanos())
                .isEqualTo(run.first(EventKind.THROTTLE_ARMED).timeNanos() + 200_000);
        assertThat(run.first(EventKind.VM_DESTROYED).b()).isOne();
    }

    @Test
    void aTimerThatIsCancelledLeavesNothingBehind() {
        MachineFixture.Outcome run = destroyedWhileThrottled(false);

        assertThat(run.count(EventKind.HOST_DOWN)).isZero();
        assertThat(run.events()).last().extracting(TraceEvent::kind).isEqualTo(EventKind.VM_DESTROYED);
        assertThat(run.timed().machine().isDestroyed()).isTrue();
    }

    @Test
    void ofADestroyedVmNoLineIsStuckOrLost() {
        MachineFixture.Outcome run =
                plain().causesAt(0).hazard(3, new Deed.DestroyVm()).runFor(1000);

        assertThat(run.findings().verdict()).isEqualTo(Verdict.OK);
        assertThat(run.findings().reason()).isEqualTo("The VM was destroyed, and nothing of it was left behind.");
        assertThat(run.happenings()).containsExactly("the VM is destroyed");
    }
}
