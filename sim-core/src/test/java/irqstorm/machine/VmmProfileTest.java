// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import static irqstorm.machine.MachineFixture.lapicEoi;
import static irqstorm.machine.MachineFixture.run;
import static irqstorm.machine.MachineFixture.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import irqstorm.apic.FatalModelError;
import irqstorm.apic.IoApicProfile;
import irqstorm.apic.IoApicProfile.Broadcast;
import irqstorm.apic.IoApicProfile.LineModel;
import irqstorm.apic.IoApicProfile.Polarity;
import irqstorm.apic.IoApicProfile.RemoteIrrSet;
import irqstorm.apic.Profiles;
import irqstorm.apic.RedirectionEntry;
import irqstorm.apic.TriggerMode;
import irqstorm.check.Verdict;
import irqstorm.event.EventKind;
import irqstorm.guest.EoiMechanism;
import irqstorm.kvm.IrqchipMode;
import irqstorm.machine.MachineFixture.Outcome;
import irqstorm.trace.TraceEvent;
import irqstorm.vmm.LapicModel;
import irqstorm.vmm.SplitRoutes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What surrounds an I/O APIC acts: its routes, its own local APICs, how its lines are driven, and where its VMM stops. */
class VmmProfileTest {
    private static MachineFixture plain(IrqchipMode irqchip, IoApicProfile ioApic) {
        return new MachineFixture()
                .irqchip(irqchip)
                .ioApic(ioApic)
                .plainGuest(run(1), service(), run(2), lapicEoi(EoiMechanism.MMIO))
                .causesAt(100, 600);
    }

    private static LapicModel lapic(LapicModel.Place place) {
        return new LapicModel(
                place,
                0x14,
                LapicModel.Suppression.NOT_ADVERTISED,
                LapicModel.Broadcasts.LEVEL,
                LapicModel.IllegalVectors.REFUSED,
                LapicModel.RepeatedVector.ACCEPTED);
    }

    private static List<Long> times(Outcome outcome, EventKind kind) {
        return outcome.events().stream()
                .filter(event -> event.kind() == kind)
                .map(TraceEvent::timeNanos)
                .toList();
    }

    @Test
    void aVmmWhoseIoApicTakesNoEoiStopsAtTheFirst() {
        Outcome outcome = plain(IrqchipMode.SPLIT, Profiles.with(Profiles.qemu20(), Broadcast.FATAL))
                .runFor(1000);
        assertThat(outcome.findings().verdict()).isEqualTo(Verdict.VMM_STOPPED);
        assertThat(outcome.findings().reason())
                .isEqualTo("The VMM stops: an EOI reaches its I/O APIC, and qemu-ioapic-0x20 takes none.");
        assertThat(outcome.timed().machine().stoppedAt()).isEqualTo(FatalModelError.Cause.EOI);
        assertThat(outcome.count(EventKind.VMM_STOPPED)).isEqualTo(1);
        assertThat(outcome.events().get(outcome.events().size() - 1).kind()).isEqualTo(EventKind.VMM_STOPPED);
    }

    @Test
    void anEoiThatGetsThroughDoesNotStopTheVmm() {
        Outcome outcome = plain(IrqchipMode.SPLIT, Profiles.qemu20()).runFor(1000);
        assertThat(outcome.findings().verdict()).isEqualTo(Verdict.OK);
        assertThat(outcome.timed().machine().stoppedAt()).isNull();
    }

    @Test
    void aRouteThatIsNotReservedProducesNoEoiExitAndItsPinSticks() {
        Outcome outcome = plain(IrqchipMode.SPLIT, Profiles.qemu20())
                .split(new SplitRoutes(
                        SplitRoutes.EoiExits.UNRESERVED, SplitRoutes.MaskedRoute.KEPT, SplitRoutes.VectorZero.IGNORED))
                .runFor(1000);
        assertThat(outcome.findings().verdict()).isEqualTo(Verdict.STUCK);
        assertThat(outcome.findings().reason())
                .contains("(no EOI exit: its route's GSI is not among the reserved ones)");
        assertThat(outcome.findings().eoiExits()).isZero();
    }

    @Test
    void localApicsOfTheVmmsOwnAnswerAtOnceWhetherTheyAcceptAMessage() {
        Outcome outcome = plain(IrqchipMode.NONE, Profiles.with(Profiles.qemu20(), RemoteIrrSet.IF_ACCEPTED))
                .runFor(1000);
        assertThat(outcome.count(EventKind.REMOTE_IRR_SET)).isEqualTo(2);
        assertThat(times(outcome, EventKind.IOAPIC_DELIVERED)).isEqualTo(times(outcome, EventKind.LAPIC_ACCEPTED));
    }

    @ParameterizedTest
    @EnumSource(LapicModel.Place.class)
    void onlyALocalApicInTheVmmNeedsAnExitToItForAnEoi(LapicModel.Place place) {
        Outcome outcome =
                plain(IrqchipMode.NONE, Profiles.qemu20()).lapic(lapic(place)).runFor(1000);
        assertThat(outcome.findings().verdict()).isEqualTo(Verdict.OK);
        assertThat(outcome.count(EventKind.EOI_BROADCAST)).isEqualTo(2);
        long exits = outcome.count(EventKind.USERSPACE_EXIT);
        assertThat(exits > 2)
                .as("%d exits, two of them to service the device", exits)
                .isEqualTo(place == LapicModel.Place.VMM);
    }

    @ParameterizedTest
    @EnumSource(Polarity.class)
    void anActiveLowLineIsIdleUntilItsDeviceAssertsItWhetherPolarityIsHonouredOrNot(Polarity polarity) {
        MachineFixture fixture = plain(IrqchipMode.SPLIT, Profiles.with(Profiles.qemu20(), polarity));
        Pin pin = fixture.config().pins().stream()
                .filter(candidate -> candidate.gsi() == MachineFixture.GSI)
                .findFirst()
                .orElseThrow();
        fixture.pin(new Pin(
                pin.gsi(),
                pin.vector(),
                pin.trigger(),
                true,
                pin.masked(),
                pin.delivery(),
                pin.logical(),
                pin.destination()));
        Outcome outcome = fixture.runFor(1000);
        assertThat(outcome.count(EventKind.IOAPIC_DELIVERED)).isEqualTo(2);
        assertThat(outcome.findings().verdict()).isEqualTo(Verdict.OK);
        Machine machine = outcome.timed().machine();
        assertThat(machine.isLineHigh(MachineFixture.GSI)).isEqualTo(polarity == Polarity.HONOURED);
        assertThat(RedirectionEntry.hasRemoteIrr(machine.entry(MachineFixture.GSI)))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = LineModel.class,
            names = {"LEVEL_OR", "COUNTER", "SATURATING_COUNTER"})
    void aSharedLineFallsWhenItsLastDeviceIsServiced(LineModel line) {
        Outcome outcome = plain(IrqchipMode.SPLIT, Profiles.with(Profiles.qemu20(), line))
                .device(
                        "nic",
                        new Wire.Line(MachineFixture.GSI, TriggerMode.LEVEL),
                        new Arrivals.Times(List.of(100_000L, 1_200_000L)))
                .runFor(2000);
        assertThat(outcome.findings().verdict()).isEqualTo(Verdict.OK);
        assertThat(outcome.timed().machine().isLineHigh(MachineFixture.GSI)).isFalse();
        assertThat(outcome.count(EventKind.DEVICE_SERVICED)).isEqualTo(4);
    }

    @Test
    void aProfileIsUsedOnlyWhereItIsFound() {
        MachineConfig config = plain(IrqchipMode.NONE, Profiles.qemu20()).config();
        VmmProfile splitOnly =
                new VmmProfile(Profiles.qemu20(), false, config.vmm().split(), null);
        assertThat(splitOnly.hosts()).containsExactly(IrqchipMode.SPLIT);
        assertThat(splitOnly.withIoApic(Profiles.qemu11()).ioApic()).isEqualTo(Profiles.qemu11());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VmmProfile(Profiles.qemu20(), false, null, null))
                .withMessage("profile qemu-ioapic-0x20 is found under no irqchip mode");
    }
}
