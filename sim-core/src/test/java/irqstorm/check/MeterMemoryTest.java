// SPDX-License-Identifier: Apache-2.0
package irqstorm.check;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.event.EventKind;
import irqstorm.machine.AllocatedBytes;
import irqstorm.machine.MachineFixture;
import org.junit.jupiter.api.Test;

/** A storm has no end: the meter's memory must not grow with it. */
class MeterMemoryTest {
    private static final int EVENTS = 1_000_000;

    private static void storm(FedMeter meter, long from, int events) {
        for (int i = 0; i < events; i++) {
            meter.at(from + i * 7L);
            switch (i % 5) {
                case 0 -> meter.remoteIrr(true);
                case 1 -> meter.delivers();
                case 2 -> meter.event(EventKind.LAPIC_EOI, 0, MachineFixture.VECTOR, 1);
                case 3 -> meter.event(EventKind.EOI_BROADCAST, 0, MachineFixture.VECTOR, 1);
                default -> meter.remoteIrr(false);
            }
        }
    }

    @Test
    void aMillionEventsOfOneStormAllocateNothing() {
        FedMeter meter = FedMeter.levelDevices(1).asserts(0);
        storm(meter, 0, EVENTS / 10);

        long bytes = AllocatedBytes.during(() -> storm(meter, EVENTS, EVENTS));

        assertThat(bytes).isLessThan(EVENTS / 10);
        assertThat(meter.finish().storms().episodes()).isEqualTo(1);
    }

    @Test
    void aHundredThousandEpisodesLeaveAsManyObjectsAsAreKept() {
        FedMeter meter = FedMeter.levelDevices(1);
        for (int i = 0; i < 100_000; i++) {
            meter.at(i * 10L).asserts(0).delivers(4).services(0);
        }

        assertThat(meter.storms().episodes()).isEqualTo(100_000);
        assertThat(meter.storms().first()).hasSize(StormResult.KEPT);
    }
}
