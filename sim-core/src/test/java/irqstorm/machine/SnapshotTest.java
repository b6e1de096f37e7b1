// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.apic.TriggerMode;
import irqstorm.check.RunMeter;
import irqstorm.engine.RunLimits;
import irqstorm.event.EventKind;
import irqstorm.random.DelayTable;
import irqstorm.trace.TraceEvent;
import irqstorm.trace.TraceSink;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A machine is its configuration and its state: the same ones go on in the same way, whoever listens. */
class SnapshotTest {
    private static final RunLimits LIMITS = new RunLimits(50_000_000L, 30_000, 10_000);

    /** What a run did and where it ended. */
    private record Continuation(
            List<TraceEvent> events, long fingerprint, long stateFingerprint, long now, long l1Nanos, long l2Nanos) {
        static Continuation of(TimedMachine timed, List<TraceEvent> events) {
            Machine machine = timed.machine();
            return new Continuation(
                    List.copyOf(events),
                    machine.fingerprint(),
                    machine.stateFingerprint(),
                    timed.now(),
                    machine.guestNanos(1),
                    machine.guestNanos(2));
        }
    }

    private static TraceSink into(List<TraceEvent> events) {
        return (sequence, time, actor, kind, a, b, c, cause) ->
                events.add(new TraceEvent(sequence, time, actor, kind, a, b, c, cause));
    }

    private static void steps(TimedMachine timed, int count) {
        for (int i = 0; i < count; i++) {
            timed.step();
        }
    }

    private static Continuation goOn(TimedMachine timed, List<TraceEvent> events, int steps) {
        events.clear();
        steps(timed, steps);
        return Continuation.of(timed, events);
    }

    @Test
    void aMachineRestoredToASnapshotGoesOnExactlyAsBefore() {
        for (long seed = 0; seed < 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<TraceEvent> events = new ArrayList<>();
            TimedMachine timed = new TimedMachine(new RandomMachine(seed).config(), LIMITS, into(events));
            timed.machine().start();
            steps(timed, random.nextInt(300));
            TimedMachine.Snapshot snapshot = timed.snapshot();
            long state = timed.machine().stateFingerprint();
            int more = 1 + random.nextInt(200);

            Continuation first = goOn(timed, events, more);
            timed.restore(snapshot);
            assertThat(timed.machine().stateFingerprint()).isEqualTo(state);
            Continuation second = goOn(timed, events, more);

            assertThat(second).as("seed %d", seed).isEqualTo(first);
        }
    }

    @Test
    void aSnapshotGoesOnInAnotherMachineOfTheSameConfiguration() {
        for (long seed = 1000; seed < 1150; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            MachineConfig config = new RandomMachine(seed).config();
            List<TraceEvent> events = new ArrayList<>();
            List<TraceEvent> otherEvents = new ArrayList<>();
            TimedMachine original = new TimedMachine(config, LIMITS, into(events));
            TimedMachine other = new TimedMachine(config, LIMITS, into(otherEvents));
            original.machine().start();
            steps(original, random.nextInt(200));

            other.restore(original.snapshot());

            assertThat(goOn(other, otherEvents, 150)).as("seed %d", seed).isEqualTo(goOn(original, events, 150));
        }
    }

    @Test
    void manySnapshotsOfOneRunLeadToItsEnd() {
        MachineConfig config = new RandomMachine(6).config();
        TimedMachine undisturbed = new TimedMachine(config, LIMITS);
        undisturbed.machine().start();
        undisturbed.run();

        TimedMachine disturbed = new TimedMachine(config, LIMITS);
        disturbed.machine().start();
        SplittableRandom random = new SplittableRandom(6);
        while (disturbed.step()) {
            if (random.nextInt(10) == 0) {
                TimedMachine.Snapshot snapshot = disturbed.snapshot();
                steps(disturbed, random.nextInt(20));
                disturbed.restore(snapshot);
            }
        }

        assertThat(disturbed.machine().fingerprint())
                .isEqualTo(undisturbed.machine().fingerprint());
        assertThat(disturbed.machine().eventCount()).isGreaterThan(100);
        assertThat(disturbed.eventsRun()).isEqualTo(undisturbed.eventsRun());
    }

    @Test
    void whoListensMakesNoDifference() {
        for (long seed = 0; seed < 100; seed++) {
            MachineConfig config = new RandomMachine(seed).config();
            TimedMachine silent = finished(config);
            TimedMachine metered = finished(config, new RunMeter(config), into(new ArrayList<>()));

            assertThat(metered.machine().fingerprint())
                    .isEqualTo(silent.machine().fingerprint());
            assertThat(metered.machine().eventCount())
                    .isEqualTo(silent.machine().eventCount());
            assertThat(metered.machine().stateFingerprint())
                    .isEqualTo(silent.machine().stateFingerprint());
            assertThat(metered.now()).isEqualTo(silent.now());
        }
    }

    private static TimedMachine finished(MachineConfig config, TraceSink... sinks) {
        TimedMachine timed = new TimedMachine(config, LIMITS, sinks);
        timed.machine().start();
        timed.run();
        return timed;
    }

    @Test
    void theSameSeedGivesTheSameRunAndAnotherSeedAnotherOne() {
        MachineConfig config = new MachineFixture()
                .flags(MachineFixture.ENABLE)
                .latency(LatencyKind.NESTED_EXIT, DelayTable.uniform(1_000, 5_000))
                .causesAt(0, 100, 200)
                .config();
        Set<Long> fingerprints = new HashSet<>();
        for (long seed = 0; seed < 50; seed++) {
            long fingerprint = finished(config.withSeed(seed)).machine().fingerprint();
            assertThat(finished(config.withSeed(seed)).machine().fingerprint()).isEqualTo(fingerprint);
            fingerprints.add(fingerprint);
        }
        assertThat(fingerprints).hasSize(50);
    }

    @Test
    void twoConfigurationsDrawTheSameNumbersForTheSameThing() {
        MachineFixture fixture = new MachineFixture()
                .latency(LatencyKind.NESTED_EXIT, DelayTable.uniform(1_000, 5_000))
                .device(
                        "uhci",
                        new Wire.Line(MachineFixture.GSI, TriggerMode.LEVEL),
                        new Arrivals.Open(DelayTable.uniform(200_000, 900_000), 20));

        List<Long> enable = arrivals(fixture.flags(MachineFixture.ENABLE));
        List<Long> disable = arrivals(fixture.flags(MachineFixture.DISABLE).vcpus(2));

        assertThat(enable).hasSize(20).isEqualTo(disable);
    }

    private static List<Long> arrivals(MachineFixture fixture) {
        return fixture.runFor(30_000).times(EventKind.LINE_ASSERTED);
    }
}
