// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.trace.EventLog;

/** Records what an I/O APIC does, and hands it to its port and its clock. */
public final class TracedIoApicOutput implements IoApicOutput {
    private final EventLog log;
    private final IoApicPort port;
    private final IoApicClock clock;

    /** An output that records to {@code log} what it hands to {@code port} and {@code clock}. */
    public TracedIoApicOutput(EventLog log, IoApicPort port, IoApicClock clock) {
        this.log = log;
        this.port = port;
        this.clock = clock;
    }

    @Override
    public Delivery deliver(int pin, long message) {
        log.record(Actor.CHIP, EventKind.IOAPIC_DELIVERED, pin, InterruptMessage.vector(message), 0);
        return port.deliver(pin, message);
    }

    @Override
    public void remoteIrrChanged(int pin, int vector, boolean set) {
        log.record(Actor.CHIP, set ? EventKind.REMOTE_IRR_SET : EventKind.REMOTE_IRR_CLEARED, pin, vector, 0);
    }

    @Override
    public void heldBack(int pin, int vector, HeldBack reason) {
        EventKind kind = switch (reason) {
            case MASKED -> EventKind.PIN_MASKED;
            case REMOTE_IRR -> EventKind.REMOTE_IRR_BLOCKED;
            case EDGE_LOST -> EventKind.EDGE_LOST;
            case UNSUPPORTED -> EventKind.LEVEL_REFUSED;
        };
        log.record(Actor.CHIP, kind, pin, vector, 0);
    }

    @Override
    public void resample(int pin, long latencyNanos) {
        clock.resample(pin, latencyNanos);
    }

    @Override
    public void acknowledged(int pin) {
        clock.acknowledged(pin);
    }

    @Override
    public void throttle(int pin, int vector, long delayNanos) {
        log.record(Actor.CHIP, EventKind.THROTTLE_ARMED, pin, vector, delayNanos);
        clock.startThrottleTimer(delayNanos);
    }

    @Override
    public void entryWritten(int pin, long entry) {
        log.record(Actor.CHIP, EventKind.RTE_WRITTEN, pin, RedirectionEntry.vector(entry), entry);
        port.entryWritten(pin, entry);
    }
}
