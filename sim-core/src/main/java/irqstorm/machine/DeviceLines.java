// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.engine.Priority;
import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.machine.Signalling.EventPerUnmask;
import irqstorm.machine.Signalling.Unmask;
import irqstorm.state.StateStore;
import irqstorm.trace.EventLog;

/**
 * How the causes of devices become levels, pulses, events and messages.
 *
 * <p>A device has a cause or not; it signals on its line or not; and a timer may be under way that keeps it from signalling: a level
 * line's least time between rises, if it rose before, or the unmasking of a source of events.
 */
final class DeviceLines {
    private static final int CAUSE = 0;
    private static final int SIGNAL = 1;
    private static final int TIMER = 2;
    private static final int RISEN = 3;
    private static final int WORDS_PER_DEVICE = 4;

    private final DeviceWires wires;
    private final boolean[] gsiWaitsForEoi;
    private final Board board;
    private final IrqfdPath irqfds;
    private final Agenda agenda;
    private final EventLog log;
    private final StateStore store;
    private final int base;
    private final StateStore times;
    private final int lastRise;

    DeviceLines(MachineConfig config, Board board, StateStore store, StateStore times, Agenda agenda, EventLog log) {
        this.wires = new DeviceWires(config);
        this.board = board;
        this.irqfds = new IrqfdPath(board, log);
        this.agenda = agenda;
        this.log = log;
        this.store = store;
        this.base = store.reserve(WORDS_PER_DEVICE * wires.count());
        this.times = times;
        this.lastRise = times.reserve(wires.count());
        this.gsiWaitsForEoi = new boolean[config.ioApic().pins()];
        for (int device = 0; device < wires.count(); device++) {
            if (wires.waitsForEoi(device)) {
                gsiWaitsForEoi[wires.gsi(device)] = true;
                board.kvm().registerAckNotifier(wires.gsi(device));
            }
        }
    }

    /** The pin of the device's line, or −1. */
    int gsi(int device) {
        return wires.gsi(device);
    }

    /** Whether the device has a cause that was not serviced. */
    boolean hasCause(int device) {
        return get(device, CAUSE) != 0;
    }

    /** The device has a cause, or one more. */
    void caused(int device) {
        boolean merged = hasCause(device);
        set(device, CAUSE, 1);
        if (wires.wire(device) instanceof Wire.Message message) {
            log.record(Actor.DEVICE, EventKind.EDGE_SENT, device, -1, message.vector());
            board.sendEdge(message.vector(), message.destination());
        } else if (wires.signalling(device) instanceof Signalling.Pulse) {
            log.record(Actor.DEVICE, EventKind.EDGE_SENT, device, wires.gsi(device), 0);
            board.setGsi(wires.gsi(device), true);
            release(device);
        } else if (merged) {
            log.record(Actor.DEVICE, EventKind.CAUSE_MERGED, device, wires.gsi(device), 0);
        } else if (wires.signalling(device) instanceof EventPerUnmask) {
            log.record(Actor.DEVICE, EventKind.LINE_ASSERTED, device, wires.gsi(device), 0);
            signalUnlessMasked(device);
        } else {
            riseInTime(device);
        }
    }

    /** The cause of the device was serviced. A line falls unless another device holds it; a signalled event stays signalled. */
    void serviced(int device) {
        set(device, CAUSE, 0);
        log.record(Actor.DEVICE, EventKind.DEVICE_SERVICED, device, wires.gsi(device), 0);
        if (wires.signalling(device) instanceof EventPerUnmask) {
            log.record(Actor.DEVICE, EventKind.LINE_DEASSERTED, device, wires.gsi(device), 0);
        } else if (get(device, SIGNAL) != 0) {
            set(device, SIGNAL, 0);
            log.record(Actor.DEVICE, EventKind.LINE_DEASSERTED, device, wires.gsi(device), 0);
            release(device);
        }
    }

    /** The guest accesses the device's registers, and whatever that does to the cause is still to come. */
    void accessed(int device) {
        if (wires.signalling(device) instanceof EventPerUnmask events
                && events.unmask() == Unmask.ANY_ACCESS
                && get(device, SIGNAL) != 0) {
            unmask(device, events);
            release(device);
        }
    }

    /** The I/O APIC tells the sources of {@code pin} of an EOI: those that wait for one end their signal before this returns. */
    void acknowledged(int pin) {
        if (!gsiWaitsForEoi[pin]) {
            return;
        }
        boolean driven = false;
        for (int device : wires.on(pin)) {
            if (wires.waitsForEoi(device) && wires.signalling(device) instanceof EventPerUnmask events) {
                boolean signalled = get(device, SIGNAL) != 0;
                driven |= !wires.bypassesChip(device);
                if (signalled) {
                    unmask(device, events);
                }
                if (signalled && !wires.bypassesChip(device) && board.countsSources()) {
                    board.lowerAtOnce(pin);
                }
            }
        }
        // Also if none had signalled: a rise that was on its way to the kernel at an earlier EOI has arrived since.
        if (driven && !board.countsSources() && !isHeld(pin)) {
            board.lowerAtOnce(pin);
        }
    }

    private void unmask(int device, EventPerUnmask events) {
        set(device, SIGNAL, 0);
        log.record(Actor.DEVICE, EventKind.SOURCE_UNMASKED, device, wires.gsi(device), 0);
        startTimer(device, events.unmaskLatencyNanos());
    }

    private void startTimer(int device, long delayNanos) {
        set(device, TIMER, 1);
        agenda.schedule(delayNanos, Priority.INPUT, Payload.of(Payload.DEVICE_TIMER, device), log.cause());
    }

    /** What kept the device from signalling is over. */
    void timerExpired(int device) {
        set(device, TIMER, 0);
        if (!hasCause(device)) {
            return;
        }
        if (wires.signalling(device) instanceof EventPerUnmask) {
            signalUnlessMasked(device);
        } else {
            rise(device);
        }
    }

    private void signalUnlessMasked(int device) {
        if (get(device, SIGNAL) != 0 || get(device, TIMER) != 0) {
            return;
        }
        set(device, SIGNAL, 1);
        log.record(Actor.DEVICE, EventKind.EVENT_SIGNALLED, device, wires.gsi(device), 0);
        if (wires.bypassesChip(device)) {
            irqfds.signal(wires.gsi(device));
        } else {
            board.setGsi(wires.gsi(device), true);
        }
    }

    private void riseInTime(int device) {
        if (get(device, TIMER) != 0) {
            return;
        }
        long wait = get(device, RISEN) == 0
                ? 0
                : agenda.waitNanos(times.get(lastRise + device) + wires.minimumRiseGap(device));
        if (wait > 0) {
            log.record(Actor.DEVICE, EventKind.RISE_POSTPONED, device, wires.gsi(device), wait);
            startTimer(device, wait);
        } else {
            rise(device);
        }
    }

    private void rise(int device) {
        if (wires.minimumRiseGap(device) > 0) {
            set(device, RISEN, 1);
            times.set(lastRise + device, agenda.now());
        }
        set(device, SIGNAL, 1);
        log.record(Actor.DEVICE, EventKind.LINE_ASSERTED, device, wires.gsi(device), 0);
        board.setGsi(wires.gsi(device), true);
    }

    /** The device holds its line no more; where the I/O APIC does not count, the line stays high while another device holds it. */
    private void release(int device) {
        board.setGsi(wires.gsi(device), !board.countsSources() && isHeld(wires.gsi(device)));
    }

    /** Whether any device holds the line of {@code gsi}. */
    boolean isHeld(int gsi) {
        for (int device : wires.on(gsi)) {
            if (get(device, SIGNAL) != 0 && !wires.bypassesChip(device)) {
                return true;
            }
        }
        return false;
    }

    /** The sources of {@code pin}, whose line was forced low, are asked whether they still assert. */
    void resample(int pin) {
        if (isHeld(pin)) {
            board.setGsi(pin, true);
        }
    }

    /** Whether a source of {@code gsi} has signalled, its signal has arrived, and only an EOI lets it signal again. */
    boolean awaitsEoi(int gsi) {
        for (int device : wires.on(gsi)) {
            if (wires.waitsForEoi(device) && get(device, SIGNAL) != 0) {
                return wires.bypassesChip(device) || board.ioApic().isLineHigh(gsi);
            }
        }
        return false;
    }

    private long get(int device, int word) {
        return store.get(base + device * WORDS_PER_DEVICE + word);
    }

    private void set(int device, int word, long value) {
        store.set(base + device * WORDS_PER_DEVICE + word, value);
    }
}
