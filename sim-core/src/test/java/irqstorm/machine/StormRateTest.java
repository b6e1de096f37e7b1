// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import static irqstorm.machine.MachineFixture.lapicEoi;
import static irqstorm.machine.MachineFixture.micros;
import static irqstorm.machine.MachineFixture.run;
import static irqstorm.machine.MachineFixture.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import irqstorm.apic.IoApicProfile.OnEoiAsserted;
import irqstorm.apic.Profiles;
import irqstorm.apic.TriggerMode;
import irqstorm.check.LineResult;
import irqstorm.check.StormResult;
import irqstorm.guest.EoiMechanism;
import irqstorm.guest.ProgramRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The rate of a throttled storm is arithmetic: N deliveries take N·τ, then the guest has the pause to itself, so the mean rate is N / (N·τ
 * + pause). τ is one turn: L1's handler, the EOI exit, the way to the VMM and back.
 */
class StormRateTest {
    private static final double PAUSE_MICROS = 10_000;

    private static MachineFixture storm(
            int limit, double l1Micros, double entryMicros, double serviceMicros, double gapMicros) {
        return new MachineFixture()
                .ioApic(Profiles.qemu20()
                        .withOnEoiAsserted(
                                new OnEoiAsserted.Throttled(limit, (long) (PAUSE_MICROS * 1000), true, false)))
                .latency(LatencyKind.USERSPACE_ENTRY, entryMicros)
                .program(ProgramRole.L1_ON_INTERRUPT, run(l1Micros), lapicEoi(EoiMechanism.MMIO))
                .program(ProgramRole.ON_INTERRUPT, run(serviceMicros), service(), run(1), lapicEoi(EoiMechanism.MMIO))
                .device(
                        "uhci",
                        new Wire.Line(MachineFixture.GSI, TriggerMode.LEVEL),
                        new Arrivals.AfterService(micros(gapMicros), Arrivals.UNLIMITED));
    }

    @ParameterizedTest(name = "limit {0}, L1 {1} us, userspace entry {2} us, service {3} us")
    @CsvSource({
        "1000, 2, 6, 400000",
        "1000, 2, 6, 800000",
        "1000, 2, 12, 400000",
        "1000, 20, 6, 400000",
        "100, 2, 6, 2000000",
        "5000, 2, 6, 400000"
    })
    void theMeanRateFollowsFromTurnThrottleAndPause(
            int limit, double l1Micros, double entryMicros, double serviceMicros) {
        double lineToAccept = 2;
        double eoiExit = 1;
        double userspaceExit = 1;
        double turn = l1Micros + eoiExit + userspaceExit + lineToAccept + entryMicros;
        double expected = limit / (limit * turn + PAUSE_MICROS) * 1e6;

        StormResult storm = storm(limit, l1Micros, entryMicros, serviceMicros, 5)
                .runFor(3_000_000)
                .findings()
                .storm();

        double rate = storm.deliveries() * 1e9 / storm.totalNanos();
        assertThat(rate).isCloseTo(expected, withinPercentage(2));
    }

    @ParameterizedTest(name = "throttle limit {0}")
    @CsvSource({"1", "2", "37", "10000"})
    void aQuickServiceEndsTheStormInTheFirstPauseSoTheLimitIsTheAmplification(int limit) {
        double longerThanThePause = 2 * PAUSE_MICROS;
        LineResult line = storm(limit, 2, 6, 20, longerThanThePause)
                .runFor(1_000_000)
                .findings()
                .lines()
                .get(0);

        assertThat(line.deliveries()).isEqualTo(line.assertions() * limit);
        assertThat(line.assertions()).isGreaterThan(1);
    }

    @Test
    void aCauseThatComesDuringThePauseIsDeliveredAtOnceAndTheTimerStillServesThePin() {
        double withinThePause = PAUSE_MICROS / 2;
        LineResult line = storm(1, 2, 6, 4_000, withinThePause)
                .runFor(100_000)
                .findings()
                .lines()
                .get(0);

        assertThat(line.deliveries()).isGreaterThan(line.assertions());
    }

    @Test
    void theShareOfL2IsThePauseBetweenTheBursts() {
        double turn = 2 + 1 + 1 + 2 + 6;
        double serviceMicros = 400_000;
        MachineFixture.Outcome run = storm(1000, 2, 6, serviceMicros, 5).runFor(3_000_000);

        // The redundant deliveries leave one request pending in L2's local APIC: its handler runs once more after the
        // last service.
        double spuriousHandler = serviceMicros * 1000;
        double share = (run.timed().machine().guestNanos(2) - spuriousHandler)
                / run.findings().storm().totalNanos();

        assertThat(share).isCloseTo(PAUSE_MICROS / (PAUSE_MICROS + 1000 * turn), withinPercentage(3));
    }
}
