// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.apic.IoApicProfile.OnEoiAsserted;
import irqstorm.apic.Profiles;
import irqstorm.check.RunMeter;
import irqstorm.engine.RunLimits;
import irqstorm.engine.SimTime;
import irqstorm.event.EventKind;
import irqstorm.guest.EoiMechanism;
import irqstorm.guest.GuestStep;
import irqstorm.guest.StepKind;
import irqstorm.kvm.IrqchipMode;
import irqstorm.random.DelayTable;
import java.nio.LongBuffer;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** However long a storm lasts, simulating and measuring it makes no garbage. */
class StormAllocationTest {
    private final long[] deliveries = {0};

    @ParameterizedTest
    @CsvSource({
        "SPLIT, false, 200000",
        "KERNEL, false, 50000",
        "NONE, false, 50000",
        "SPLIT, true, 50000",
        "KERNEL, true, 50000",
        "NONE, true, 50000"
    })
    void aDeliveryAllocatesLessThanAByteOnAverage(IrqchipMode irqchip, boolean events, long count) {
        Signalling signalling =
                events ? new Signalling.EventPerUnmask(1, Signalling.Unmask.EOI, 1_000) : Signalling.LEVEL;
        OnEoiAsserted throttle = new OnEoiAsserted.Throttled(500, 200_000, true, false);
        MachineConfig config = new MachineFixture()
                .irqchip(irqchip)
                .flags(irqchip == IrqchipMode.NONE ? 0 : MachineFixture.DISABLE)
                .resumedWithSuppressBit()
                .ioApic(Profiles.qemu20().withOnEoiAsserted(throttle))
                .kernelIoApic(Profiles.kvmInKernel().withOnEoiAsserted(throttle))
                .latency(LatencyKind.USERSPACE_ENTRY, DelayTable.uniform(1_000, 9_000))
                .device(
                        "uhci",
                        new Wire.Line(MachineFixture.GSI, signalling),
                        new Arrivals.AfterService(DelayTable.uniform(0, 10_000), Arrivals.UNLIMITED))
                .config();
        RunLimits noLimits = new RunLimits(1L << 50, Long.MAX_VALUE, 1_000);
        TimedMachine timed = new TimedMachine(
                config,
                noLimits,
                new RunMeter(config),
                (sequence, time, actor, kind, a, b, c, cause) -> deliveries[0] +=
                        kind == EventKind.IOAPIC_DELIVERED || kind == EventKind.ROUTE_DELIVERED ? 1 : 0);
        timed.machine().start();
        runUntilDelivered(timed, count / 4);
        long before = deliveries[0];

        long bytes = AllocatedBytes.during(() -> runUntilDelivered(timed, before + count));

        assertThat((double) bytes / (deliveries[0] - before)).isLessThan(1);
    }

    @Test
    void aStormThatNothingEndsMakesNoObjectAtAllWhetherOrNotItIsTraced() {
        MachineConfig config = new MachineFixture()
                .ioApic(Profiles.qemu20().withOnEoiAsserted(new OnEoiAsserted.Immediate()))
                .plainGuest(GuestStep.of(StepKind.LAPIC_EOI, EoiMechanism.MMIO.ordinal()))
                .latency(LatencyKind.USERSPACE_ENTRY, DelayTable.uniform(1_000, 9_000))
                .causesAt(100)
                .config();
        RunLimits noLimits = new RunLimits(1L << 50, Long.MAX_VALUE, 1_000);
        LongBuffer trace = LongBuffer.allocate(1 << 10);
        TimedMachine silent = new TimedMachine(config, noLimits);
        TimedMachine traced = new TimedMachine(
                config, noLimits, new RunMeter(config), (sequence, time, actor, kind, a, b, c, cause) -> {
                    deliveries[0] += kind == EventKind.IOAPIC_DELIVERED ? 1 : 0;
                    trace.position(0)
                            .put(time)
                            .put(actor.ordinal())
                            .put(kind.ordinal())
                            .put(a)
                            .put(b)
                            .put(c);
                });
        for (TimedMachine machine : List.of(silent, traced)) {
            machine.machine().start();
            machine.runUntil(SimTime.NANOS_PER_SECOND);

            // The least of three: code that goes back to the interpreter makes the objects it had left out, once.
            long bytes = LongStream.rangeClosed(2, 4)
                    .map(second -> AllocatedBytes.during(() -> machine.runUntil(second * SimTime.NANOS_PER_SECOND)))
                    .min()
                    .orElseThrow();

            assertThat(bytes).isZero();
        }
        assertThat(deliveries[0]).isGreaterThan(20_000);
    }

    private void runUntilDelivered(TimedMachine timed, long count) {
        while (deliveries[0] < count) {
            timed.runUntil(timed.now() + SimTime.NANOS_PER_MILLI);
        }
    }
}
