// SPDX-License-Identifier: Apache-2.0
package irqstorm.check;

import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.machine.MachineConfig;
import irqstorm.machine.MachineFixture;

/** A meter that is fed events by hand, of a machine with one pin and as many devices on it as asked for, numbered from 0. */
final class FedMeter {
    private final RunMeter meter;
    private long sequence;
    private long time;

    FedMeter(MachineConfig config) {
        meter = new RunMeter(config);
    }

    static FedMeter levelDevices(int count) {
        MachineFixture fixture = new MachineFixture();
        for (int i = 0; i < count; i++) {
            fixture.levelDevice("dev" + i, MachineFixture.GSI);
        }
        return new FedMeter(fixture.config());
    }

    static FedMeter edgeDevices(int count) {
        MachineFixture fixture =
                new MachineFixture().pin(MachineFixture.edgePin(MachineFixture.GSI, MachineFixture.VECTOR));
        for (int i = 0; i < count; i++) {
            fixture.edgeDevice("dev" + i, MachineFixture.GSI);
        }
        return new FedMeter(fixture.config());
    }

    FedMeter at(long nanos) {
        time = nanos;
        return this;
    }

    FedMeter event(EventKind kind, long a, long b, long c) {
        meter.record(++sequence, time, Actor.CHIP, kind, a, b, c, 0);
        return this;
    }

    FedMeter asserts(int device) {
        return event(EventKind.LINE_ASSERTED, device, MachineFixture.GSI, 0);
    }

    FedMeter merges(int device) {
        return event(EventKind.CAUSE_MERGED, device, MachineFixture.GSI, 0);
    }

    FedMeter pulses(int device) {
        return event(EventKind.EDGE_SENT, device, MachineFixture.GSI, 0);
    }

    FedMeter delivers() {
        return event(EventKind.IOAPIC_DELIVERED, MachineFixture.GSI, MachineFixture.VECTOR, 0);
    }

    FedMeter delivers(int times) {
        for (int i = 0; i < times; i++) {
            delivers();
        }
        return this;
    }

    /** The device is serviced and holds the line no more. */
    FedMeter services(int device) {
        return event(EventKind.DEVICE_SERVICED, device, MachineFixture.GSI, 0)
                .event(EventKind.LINE_DEASSERTED, device, MachineFixture.GSI, 0);
    }

    FedMeter remoteIrr(boolean set) {
        EventKind kind = set ? EventKind.REMOTE_IRR_SET : EventKind.REMOTE_IRR_CLEARED;
        return event(kind, MachineFixture.GSI, MachineFixture.VECTOR, 0);
    }

    FedMeter finish() {
        meter.finish(time);
        return this;
    }

    RunMeter meter() {
        return meter;
    }

    StormResult storms() {
        return meter.storms();
    }

    LineMeter lineMeter() {
        return meter.lines().get(0);
    }

    LineResult line() {
        return lineMeter().result(false, false);
    }
}
