// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import static irqstorm.machine.MachineFixture.GSI;
import static irqstorm.machine.MachineFixture.at;
import static irqstorm.machine.MachineFixture.edgePin;
import static irqstorm.machine.MachineFixture.lapicEoi;
import static irqstorm.machine.MachineFixture.plain;
import static irqstorm.machine.MachineFixture.run;
import static irqstorm.machine.MachineFixture.service;
import static irqstorm.machine.MachineFixture.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import irqstorm.check.LineResult;
import irqstorm.check.Verdict;
import irqstorm.event.EventKind;
import irqstorm.event.ExitReason;
import irqstorm.guest.EoiMechanism;
import irqstorm.guest.GuestStep;
import irqstorm.guest.StepKind;
import irqstorm.machine.Signalling.Unmask;
import irqstorm.trace.TraceEvent;
import org.junit.jupiter.api.Test;

/** What devices of several register accesses, of spaced rises and of pulses do to their lines. */
class LineModelTest {
    private static Wire level(int accesses, long gapNanos) {
        return new Wire.Line(GSI, new Signalling.Level(accesses, gapNanos));
    }

    @Test
    void anAhciControllerIsServicedByTheSecondOfTwoAccessesEachOfWhichExits() {
        MachineFixture.Outcome run = plain().device("ahci", level(2, 0), at(0)).runFor(1000);

        assertThat(run.story(
                        EventKind.LINE_ASSERTED,
                        EventKind.DEVICE_ACCESSED,
                        EventKind.DEVICE_SERVICED,
                        EventKind.LINE_DEASSERTED,
                        EventKind.DEVICE_IDLE))
                .containsExactly(
                        "device0 line-asserted",
                        "device0 device-accessed",
                        "device0 device-serviced",
                        "device0 line-deasserted");
        assertThat(run.exits(ExitReason.EPT_VIOLATION)).hasSize(2);
        TraceEvent first = run.first(EventKind.DEVICE_ACCESSED);
        assertThat(first.c()).as("accesses left").isEqualTo(1);
        double toAndFromTheVmm = 4 + 1 + 6;
        assertThat(run.first(EventKind.LINE_DEASSERTED).timeNanos() - first.timeNanos())
                .isEqualTo((long) (toAndFromTheVmm * 1000));
    }

    @Test
    void anInterruptBetweenTheTwoAccessesFindsTheLineStillHigh() {
        MachineFixture.Outcome run = new MachineFixture()
                .plainGuest(step(StepKind.STI), service(), lapicEoi(EoiMechanism.MMIO))
                .pin(edgePin(GSI + 1, 0xe1))
                .device("ahci", level(2, 0), at(0))
                .edgeDevice("timer", GSI + 1, 10)
                .runFor(1000);

        assertThat(run.story(EventKind.INTERRUPT_TAKEN, EventKind.DEVICE_ACCESSED, EventKind.LINE_DEASSERTED))
                .containsExactly(
                        "L1 takes 0xa1", "device0 device-accessed", "L1 takes 0xe1", "device0 line-deasserted");
    }

    @Test
    void everyCauseTakesAllItsAccessesAndOneThatComesBetweenThemIsServicedToo() {
        double betweenTheAccesses = 18;
        MachineFixture.Outcome run = plain().device("ahci", level(2, 0), at(0, betweenTheAccesses, 500))
                .runFor(1000);

        LineResult line = run.findings().lines().get(0);
        assertThat(run.count(EventKind.CAUSE_MERGED)).isEqualTo(1);
        assertThat(line.deliveries()).isEqualTo(2);
        assertThat(line.serviced()).isEqualTo(2);
        assertThat(run.exits(ExitReason.EPT_VIOLATION)).hasSize(4);
        assertThat(run.findings().verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void devicesOnOneVectorAreAccessedAsOftenAsEachNeeds() {
        MachineFixture.Outcome run = plain().device("ahci", level(2, 0), at(0))
                .device("uhci", level(1, 0), at(0))
                .device("uart", level(3, 0), at(1))
                .runFor(1000);

        assertThat(run.story(EventKind.DEVICE_ACCESSED, EventKind.DEVICE_SERVICED))
                .containsExactly(
                        "device0 device-accessed",
                        "device0 device-serviced",
                        "device1 device-serviced",
                        "device2 device-accessed",
                        "device2 device-accessed",
                        "device2 device-serviced");
    }

    @Test
    void aServiceStepForOneDeviceMakesAllItsAccessesAndNoOthers() {
        MachineFixture.Outcome run = new MachineFixture()
                .plainGuest(GuestStep.of(StepKind.SERVICE, 1), service(), lapicEoi(EoiMechanism.MMIO))
                .device("uhci", level(1, 0), at(0))
                .device("ahci", level(2, 0), at(0))
                .runFor(1000);

        assertThat(run.story(EventKind.DEVICE_ACCESSED, EventKind.DEVICE_SERVICED))
                .containsExactly("device1 device-accessed", "device1 device-serviced", "device0 device-serviced");
    }

    @Test
    void anEhciControllerRaisesItsLineNoSoonerThanItsGapAfterTheLastRise() {
        MachineFixture.Outcome run = plain().device("ehci", level(1, 1_000_000), at(100, 300, 400, 1500))
                .runFor(4000);

        assertThat(run.times(EventKind.LINE_ASSERTED)).containsExactly(100_000L, 1_100_000L, 2_100_000L);
        assertThat(run.all(EventKind.RISE_POSTPONED))
                .extracting(TraceEvent::timeNanos, TraceEvent::c)
                .containsExactly(tuple(300_000L, 800_000L), tuple(1_500_000L, 600_000L));
        assertThat(run.times(EventKind.CAUSE_MERGED)).containsExactly(400_000L);
        assertThat(run.findings().lines().get(0).deliveries()).isEqualTo(3);
        assertThat(run.findings().verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void aLineFallsAtOnceWhateverItsGap() {
        MachineFixture.Outcome run =
                plain().device("ehci", level(1, 1_000_000), at(100)).runFor(1000);

        assertThat(run.first(EventKind.LINE_DEASSERTED).timeNanos()).isLessThan(200_000);
    }

    @Test
    void aCauseThatIsServicedWhileItsRiseWaitsRaisesNothing() {
        MachineFixture.Outcome run = plain().device("ehci", level(1, 1_000_000), at(100, 300))
                .device("other", level(1, 0), at(400))
                .runFor(4000);

        assertThat(run.all(EventKind.LINE_ASSERTED).stream().filter(event -> event.a() == 0))
                .hasSize(1);
        assertThat(run.all(EventKind.DEVICE_SERVICED).stream().filter(event -> event.a() == 0))
                .hasSize(2);
        assertThat(run.timed().machine().isLineHigh(GSI)).isFalse();
        assertThat(run.findings().lines().get(0).latencyMaxNanos()).isLessThan(200_000);
    }

    @Test
    void aPulsedCauseIsServicedByItsAccessesAndTheLineKnowsNothingOfIt() {
        MachineFixture.Outcome run = plain().pin(edgePin(GSI, MachineFixture.VECTOR))
                .device("uart", new Wire.Line(GSI, new Signalling.Pulse(2)), at(0, 200))
                .runFor(1000);

        assertThat(run.story(EventKind.EDGE_SENT, EventKind.DEVICE_ACCESSED, EventKind.DEVICE_SERVICED))
                .containsExactly(
                        "device0 edge-sent",
                        "device0 device-accessed",
                        "device0 device-serviced",
                        "device0 edge-sent",
                        "device0 device-accessed",
                        "device0 device-serviced");
        assertThat(run.timed().machine().isLineHigh(GSI)).isFalse();
    }

    @Test
    void aTimerThatNobodyServicesInterruptsAtEveryTick() {
        MachineFixture.Outcome run = plain().pin(edgePin(GSI, MachineFixture.VECTOR))
                .device("pit", new Wire.Line(GSI, new Signalling.Pulse(0)), at(0, 100, 200))
                .runFor(1000);

        assertThat(run.exits(ExitReason.EPT_VIOLATION)).isEmpty();
        assertThat(run.findings().lines().get(0).deliveries()).isEqualTo(3);
        assertThat(run.findings().verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void aLineThatNothingWouldLowerIsNoLine() {
        assertThatThrownBy(() -> new Signalling.Level(0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("level line of 0 accesses and 0 ns between rises");
        assertThatThrownBy(() -> new Signalling.Level(1, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Signalling.Pulse(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("pulse of -1 accesses");
        assertThatThrownBy(() -> new Signalling.EventPerUnmask(0, Unmask.EOI, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("events of 0 accesses and 0 ns to unmask");
        assertThatThrownBy(() -> new Signalling.EventPerUnmask(1, Unmask.EOI, -1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
