// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import static irqstorm.machine.MachineFixture.GSI;
import static irqstorm.machine.MachineFixture.VECTOR;
import static irqstorm.machine.MachineFixture.edgePin;
import static irqstorm.machine.MachineFixture.lapicEoi;
import static irqstorm.machine.MachineFixture.micros;
import static irqstorm.machine.MachineFixture.plain;
import static irqstorm.machine.MachineFixture.run;
import static irqstorm.machine.MachineFixture.service;
import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.apic.DeliveryMode;
import irqstorm.apic.IoApicProfile.OnEoiAsserted;
import irqstorm.apic.Profiles;
import irqstorm.apic.TriggerMode;
import irqstorm.check.LineResult;
import irqstorm.check.Verdict;
import irqstorm.event.EventKind;
import irqstorm.guest.EoiMechanism;
import irqstorm.kvm.IrqchipMode;
import irqstorm.random.DelayTable;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When devices have causes, and what they do to their lines. */
class DevicesTest {
    private static final Wire LEVEL = new Wire.Line(GSI, TriggerMode.LEVEL);

    @Test
    void givenTimesAreKeptWhateverBecomesOfTheCauses() {
        MachineFixture.Outcome run = plain().causesAt(1, 3, 3, 700).runFor(1000);

        assertThat(run.times(EventKind.LINE_ASSERTED)).containsExactly(1_000L, 700_000L);
        assertThat(run.times(EventKind.CAUSE_MERGED)).containsExactly(3_000L, 3_000L);
        LineResult line = run.findings().lines().get(0);
        assertThat(line.assertions()).isEqualTo(2);
        assertThat(line.mergedCauses()).isEqualTo(2);
        assertThat(line.serviced()).isEqualTo(2);
    }

    @Test
    void openArrivalsFollowEachOtherAtTheirGapUpToTheirLimit() {
        MachineFixture.Outcome run =
                plain().device("uhci", LEVEL, new Arrivals.Open(micros(100), 4)).runFor(10_000);

        assertThat(run.times(EventKind.LINE_ASSERTED)).containsExactly(100_000L, 200_000L, 300_000L, 400_000L);
    }

    @Test
    void arrivalsAfterServiceCountFromTheServiceUpToTheirLimit() {
        MachineFixture.Outcome run = plain().device("uhci", LEVEL, new Arrivals.AfterService(micros(50), 3))
                .runFor(10_000);

        List<Long> asserted = run.times(EventKind.LINE_ASSERTED);
        List<Long> serviced = run.times(EventKind.DEVICE_SERVICED);
        assertThat(asserted).hasSize(3);
        assertThat(asserted.get(0)).isEqualTo(50_000);
        assertThat(asserted.get(1)).isEqualTo(serviced.get(0) + 50_000);
        assertThat(asserted.get(2)).isEqualTo(serviced.get(1) + 50_000);
    }

    @Test
    void aSilencedDeviceHasNoCauseAnyMoreAndWhatIsUnderWayRunsItsCourse() {
        MachineFixture.Outcome run = plain().device("open", LEVEL, new Arrivals.Open(micros(100), Arrivals.UNLIMITED))
                .device("after", new Wire.Message(0x51, 0), new Arrivals.AfterService(micros(10), Arrivals.UNLIMITED))
                .runFor(250);

        assertThat(run.times(EventKind.LINE_ASSERTED)).containsExactly(100_000L, 200_000L);
        assertThat(run.all(EventKind.EDGE_SENT))
                .isNotEmpty()
                .allSatisfy(edge -> assertThat(edge.timeNanos()).isLessThanOrEqualTo(250_000));
        assertThat(run.findings().verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void theFirstCauseOfADeviceMayBeAtTimeZero() {
        MachineFixture.Outcome run = plain().device("uhci", LEVEL, new Arrivals.Open(DelayTable.fixed(0), 3))
                .runFor(1000);

        assertThat(run.times(EventKind.LINE_ASSERTED)).containsExactly(0L);
        assertThat(run.times(EventKind.CAUSE_MERGED)).containsExactly(0L, 0L);
    }

    @ParameterizedTest
    @EnumSource(
            value = IrqchipMode.class,
            names = {"KERNEL", "SPLIT"})
    void aSharedLineIsHighUntilItsLastDeviceIsServiced(IrqchipMode irqchip) {
        double afterTheFirstWasAsked = 30;
        MachineFixture.Outcome run = plain().irqchip(irqchip)
                .levelDevice("early", GSI, 0)
                .levelDevice("late", GSI, 1000)
                .levelDevice("again", GSI, 1000 + afterTheFirstWasAsked)
                .runFor(2000);

        assertThat(run.findings().lines()).singleElement().satisfies(line -> {
            assertThat(line.name()).isEqualTo("early+late+again");
            assertThat(line.assertions()).isEqualTo(3);
            assertThat(line.redundantDeliveries()).isZero();
            assertThat(line.serviced()).isEqualTo(3);
            assertThat(line.lost()).isFalse();
        });
        assertThat(run.findings().verdict()).isEqualTo(Verdict.OK);
        assertThat(run.timed().machine().isLineHigh(GSI)).isFalse();
    }

    @Test
    void aDeviceThatRaisesASharedLineAfterItWasAskedIsDeliveredByTheEoi() {
        MachineFixture.Outcome run = new MachineFixture()
                .plainGuest(service(), run(50), lapicEoi(EoiMechanism.MMIO))
                .levelDevice("a", GSI, 0, 40)
                .levelDevice("b", GSI, 0)
                .runFor(2000);

        assertThat(run.story(EventKind.LINE_ASSERTED, EventKind.LAPIC_EOI, EventKind.IOAPIC_DELIVERED))
                .containsExactly(
                        "device0 line-asserted",
                        "pin21 ioapic-delivered",
                        "device1 line-asserted",
                        "device0 line-asserted",
                        "L1 EOIs 0xa1",
                        "pin21 ioapic-delivered",
                        "L1 EOIs 0xa1");
        assertThat(run.findings().lines().get(0).redundantDeliveries()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = IrqchipMode.class,
            names = {"KERNEL", "SPLIT"})
    void anEdgeDevicePulsesItsLineOnceForEachCause(IrqchipMode irqchip) {
        MachineFixture.Outcome run = plain().irqchip(irqchip)
                .pin(edgePin(GSI, VECTOR))
                .edgeDevice("timer", GSI, 0, 100, 101, 500)
                .runFor(1000);

        LineResult line = run.findings().lines().get(0);
        assertThat(line.assertions()).isEqualTo(4);
        assertThat(line.deliveries()).isEqualTo(4);
        assertThat(line.redundantDeliveries()).isZero();
        assertThat(run.timed().machine().isLineHigh(GSI)).isFalse();
        assertThat(run.count(EventKind.LINE_ASSERTED)).isZero();
        assertThat(run.findings().verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void thePulseOfAnEdgeDeviceLeavesALineHighThatAnotherDeviceHolds() {
        MachineFixture.Outcome run = new MachineFixture()
                .plainGuest(run(100), service(), lapicEoi(EoiMechanism.MMIO))
                .levelDevice("holder", GSI, 0)
                .edgeDevice("pulser", GSI, 20)
                .runFor(30);

        assertThat(run.story(EventKind.EDGE_SENT, EventKind.LINE_DEASSERTED, EventKind.REMOTE_IRR_BLOCKED))
                .startsWith("device1 edge-sent", "pin21 remote-irr-blocked", "pin21 remote-irr-blocked");
        assertThat(run.story(EventKind.LINE_DEASSERTED)).containsExactly("device0 line-deasserted");
    }

    @Test
    void anEdgeOnAMaskedPinIsLost() {
        MachineFixture.Outcome run = plain().pin(
                        new Pin(GSI, VECTOR, TriggerMode.EDGE, false, true, DeliveryMode.FIXED, false, 0))
                .edgeDevice("timer", GSI, 0)
                .runFor(1000);

        assertThat(run.count(EventKind.EDGE_LOST)).isEqualTo(1);
        assertThat(run.findings().verdict()).isEqualTo(Verdict.LOST);
    }

    @Test
    void aMessageGoesToItsVcpuWithoutTheIoApic() {
        MachineFixture.Outcome run = plain().vcpus(2)
                .device("nic", new Wire.Message(0x51, 1), MachineFixture.at(0))
                .runFor(1000);

        assertThat(run.story(EventKind.EDGE_SENT, EventKind.LAPIC_ACCEPTED, EventKind.INTERRUPT_TAKEN))
                .containsExactly("device0 edge-sent", "vcpu1 IRR 0x51", "vcpu1 L1 takes 0x51");
        assertThat(run.first(EventKind.LAPIC_ACCEPTED).c()).isZero();
        assertThat(run.when("vcpu1 IRR 0x51")).containsExactly(2_000L);
        assertThat(run.count(EventKind.IOAPIC_DELIVERED)).isZero();
    }

    @Test
    void messagesOfTwoDevicesWithOneVectorAreOneLine() {
        MachineFixture.Outcome run = plain().messageDevice("a", 0x51, 0, 200)
                .messageDevice("b", 0x51, 400)
                .runFor(1000);

        assertThat(run.findings().lines()).singleElement().satisfies(line -> {
            assertThat(line.name()).isEqualTo("a+b");
            assertThat(line.deliveries()).isEqualTo(3);
        });
        assertThat(run.findings().verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void aMessageThatFindsItsVectorPendingMergesInTheLocalApic() {
        MachineFixture.Outcome run =
                plain().messageDevice("nic", 0x51, 0, 0.1, 0.2).runFor(1000);

        assertThat(run.story(EventKind.LAPIC_ACCEPTED, EventKind.INTERRUPT_TAKEN))
                .containsExactly("IRR 0x51", "IRR 0x51", "IRR 0x51", "L1 takes 0x51");
    }

    @Test
    void anIoApicThatResamplesAsksTheDevicesAfterTheEoi() {
        MachineFixture.Outcome run = new MachineFixture()
                .ioApic(Profiles.qemu20().withOnEoiAsserted(new OnEoiAsserted.Resample(7_000)))
                .plainGuest(run(5), lapicEoi(EoiMechanism.MMIO), run(30), service())
                .causesAt(0)
                .runFor(1000);

        long eoi = run.when("eoi-broadcast 0xa1").get(0);
        assertThat(run.times(EventKind.IOAPIC_DELIVERED).get(1)).isEqualTo(eoi + 7_000);
        assertThat(run.timed().machine().isLineHigh(GSI)).isFalse();
    }

    @Test
    void aResampledDeviceThatHoldsItsLineNoMoreIsNotDelivered() {
        MachineFixture.Outcome run = new MachineFixture()
                .ioApic(Profiles.qemu20().withOnEoiAsserted(new OnEoiAsserted.Resample(60_000)))
                .plainGuest(run(5), lapicEoi(EoiMechanism.MMIO), run(1), service())
                .causesAt(0)
                .runFor(1000);

        assertThat(run.count(EventKind.IOAPIC_DELIVERED)).isEqualTo(1);
        assertThat(run.findings().verdict()).isEqualTo(Verdict.OK);
    }
}
