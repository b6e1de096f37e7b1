// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import irqstorm.apic.IoApicProfile.OnEoiAsserted;
import irqstorm.apic.Profiles;
import irqstorm.engine.RunLimits;
import irqstorm.engine.SimTime;
import irqstorm.engine.StopReason;
import irqstorm.guest.EoiMechanism;
import irqstorm.guest.StepKind;
import irqstorm.random.DelayTable;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A machine that repeats what it did, and one that runs its model for every event, can't be told from each other. */
class RepeatingMachineTest {
    private static final long NEVER = Long.MAX_VALUE;
    private static final long SLICE_NANOS = 3_000_000;
    private static final RunLimits LIMITS = new RunLimits(10 * SimTime.NANOS_PER_SECOND, Long.MAX_VALUE, 1_000);

    private static RecordedMachine started(MachineConfig config, RunLimits limits, long modelEvents) {
        RecordedMachine machine = new RecordedMachine(config, limits, modelEvents);
        machine.timed().machine().start();
        return machine;
    }

    /** Runs a machine both ways. Returns how many events were repeated. */
    private static long assertRepeats(MachineConfig config, RunLimits limits, long modelEvents) {
        RecordedMachine model = started(config, limits, NEVER);
        RecordedMachine repeating = started(config, limits, modelEvents);
        StopReason stop = StopReason.TIME;
        for (int slice = 1; stop == StopReason.TIME && slice <= 20; slice++) {
            stop = model.timed().runUntil(slice * SLICE_NANOS);
            assertThat(repeating.timed().runUntil(slice * SLICE_NANOS)).isEqualTo(stop);
            assertSame(repeating, model);
        }
        model.timed().machine().silenceDevices();
        repeating.timed().machine().silenceDevices();
        assertThat(repeating.timed().run()).isEqualTo(model.timed().run());
        assertSame(repeating, model);
        assertThat(model.timed().modelEventsRun()).isEqualTo(model.timed().eventsRun());
        return repeating.timed().eventsRun() - repeating.timed().modelEventsRun();
    }

    /** Both have done the same since they were compared last. */
    private static void assertSame(RecordedMachine repeating, RecordedMachine model) {
        assertThat(repeating.look()).isEqualTo(model.look());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 100})
    void randomMachinesDoTheSame(long modelEvents) {
        long repeated = 0;
        for (long seed = 0; seed < 600; seed++) {
            RandomMachine random = new RandomMachine(seed);
            repeated += assertRepeats(random.config(), new RunLimits(100_000_000, 20_000, 1_000), modelEvents);
        }
        assertThat(repeated).isGreaterThan(50_000);
    }

    @Test
    void smallRandomMachinesWithHazardsDoTheSame() {
        for (long seed = 0; seed < 400; seed++) {
            assertRepeats(new SmallRandomMachine(seed).config(), new RunLimits(200_000_000, 20_000, 1_000), 1);
        }
    }

    /** Where the run ends in the middle of what would have been repeated, it ends as the model's does. */
    @Test
    void limitsEndBothAtTheSameEvent() {
        for (long seed = 0; seed < 50; seed++) {
            MachineConfig config = new RandomMachine(seed).config();
            int atStart = config.vcpus()
                    + config.devices().size()
                    + config.hazards().steps().size();
            for (int more = 0; more < 4; more++) {
                assertRepeats(config, new RunLimits(100_000_000, 700 + seed, atStart + more), 1);
            }
        }
    }

    /** A throttle counts to ten thousand; that it has come further does not make another state, and when it gets there is not missed. */
    @Test
    void aThrottledStormIsRepeatedWhileItsEoisAreCounted() {
        MachineConfig config = storm(new OnEoiAsserted.Throttled(10_000, 10_000_000, true, false));
        TimedMachine timed = new TimedMachine(config, LIMITS, 100);
        timed.machine().start();
        timed.runUntil(2 * SimTime.NANOS_PER_SECOND);

        assertThat(timed.eventsRun()).isGreaterThan(100_000);
        assertThat(timed.modelEventsRun()).isBetween(100L, 1_000L);
        assertRepeats(config, LIMITS, 100);
    }

    /** A pause of an hour and a quarter has more bits than a number in a term of times. */
    @ParameterizedTest
    @ValueSource(longs = {1_000, 1L << 36, (1L << 42) + 5, 1L << 43})
    void aPauseMayBeOfAnyLength(long pauseNanos) {
        RunLimits limits = new RunLimits(SimTime.LATEST / 2, 3_000, 1_000);
        Signalling events = new Signalling.EventPerUnmask(1, Signalling.Unmask.EOI, pauseNanos);
        for (MachineConfig config : List.of(
                storm(new OnEoiAsserted.Throttled(3, pauseNanos, true, false)),
                storm(new OnEoiAsserted.Resample(pauseNanos)),
                storm(new OnEoiAsserted.Immediate(), events),
                withUhci(MachineFixture.plain(), Signalling.LEVEL, DelayTable.fixed(pauseNanos)))) {
            RecordedMachine model = started(config, limits, NEVER);
            RecordedMachine repeating = started(config, limits, 1);
            assertThat(repeating.timed().run()).isEqualTo(model.timed().run());
            assertSame(repeating, model);
        }
    }

    /** Interrupts that come faster than their handlers end nest too deeply at last: in the model, and not while it is found out. */
    @ParameterizedTest
    @ValueSource(longs = {1, 60, 70})
    void aRuleOfTheModelIsBrokenAtTheSameEvent(long modelEvents) {
        MachineConfig config = MachineFixture.plain()
                .plainGuest(
                        MachineFixture.lapicEoi(EoiMechanism.MMIO),
                        MachineFixture.step(StepKind.STI),
                        MachineFixture.run(10_000))
                .device(
                        "nic",
                        new Wire.Message(0x51, 0),
                        new Arrivals.Open(DelayTable.fixed(20_000), Arrivals.UNLIMITED))
                .config();
        RecordedMachine model = started(config, LIMITS, NEVER);
        RecordedMachine repeating = started(config, LIMITS, modelEvents);

        assertThatIllegalStateException().isThrownBy(model.timed()::run).withMessageContaining("nested");
        assertThatIllegalStateException().isThrownBy(repeating.timed()::run).withMessageContaining("nested");
        assertSame(repeating, model);
    }

    @Test
    void whatIsDoneBetweenRunsIsNotOverlooked() {
        MachineConfig config = storm(new OnEoiAsserted.Immediate());
        RecordedMachine model = started(config, LIMITS, NEVER);
        RecordedMachine repeating = started(config, LIMITS, 1);
        TimedMachine.Snapshot early = repeating.timed().snapshot();
        for (RecordedMachine each : List.of(model, repeating)) {
            each.timed().runUntil(SLICE_NANOS);
            each.timed().step();
            each.timed().runUntil(2 * SLICE_NANOS);
        }
        assertSame(repeating, model);

        RecordedMachine again = started(config, LIMITS, NEVER);
        again.look();
        repeating.timed().restore(early);
        repeating.timed().runUntil(SLICE_NANOS);
        again.timed().runUntil(SLICE_NANOS);
        assertSame(repeating, again);
    }

    /** Eight vCPUs with a device each are in a new state nearly always, and to look for old ones would be in vain. */
    @Test
    void aMachineWhoseStatesHardlyReturnIsLeftToItsModel() {
        MachineFixture fixture = new MachineFixture().vcpus(8);
        for (int device = 0; device < 8; device++) {
            fixture.device(
                    "nic" + device,
                    new Wire.Message(0x40 + device, device),
                    new Arrivals.Open(DelayTable.uniform(0, 20_000), Arrivals.UNLIMITED));
        }
        TimedMachine timed = new TimedMachine(fixture.config(), LIMITS, 100);
        timed.machine().start();
        timed.runUntil(SimTime.NANOS_PER_SECOND / 20);

        assertThat(timed.eventsRun()).isGreaterThan(200_000);
        assertThat((double) timed.modelEventsRun() / timed.eventsRun()).isGreaterThan(0.98);
    }

    private static MachineConfig storm(OnEoiAsserted reaction) {
        return storm(reaction, Signalling.LEVEL);
    }

    private static MachineConfig storm(OnEoiAsserted reaction, Signalling signalling) {
        MachineFixture fixture = new MachineFixture()
                .ioApic(Profiles.qemu20().withOnEoiAsserted(reaction))
                .resumedWithSuppressBit()
                .flags(0);
        return withUhci(fixture, signalling, DelayTable.uniform(0, 10_000));
    }

    private static MachineConfig withUhci(MachineFixture fixture, Signalling signalling, DelayTable gap) {
        return fixture.device(
                        "uhci",
                        new Wire.Line(MachineFixture.GSI, signalling),
                        new Arrivals.AfterService(gap, Arrivals.UNLIMITED))
                .config();
    }
}
