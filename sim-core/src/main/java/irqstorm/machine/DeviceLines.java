// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.engine.Priority;
import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.machine.Signalling.EventPerUnmask;
import irqstorm.machine.Signalling.Unmask;
import irqstorm.state.StateStore;
import irqstorm.trace.EventLog;
import java.util.List;

/**
 * How the causes of devices become levels, pulses, events and messages.
 *
 * <p>A device has a cause or not; it signals on its line or not; and a timer may be under way that keeps it from signalling: a level
 * line's least time between rises, or the unmasking of a source of events.
 */
final class DeviceLines {
    private static final int CAUSE = 0;
    private static final int SIGNAL = 1;
    private static final int TIMER = 2;
    private static final int WORDS_PER_DEVICE = 3;

    private final Wire[] wires;
    private final int[] gsis;
    private final boolean[] bypasses;
    private final boolean[] gsiWaitsForEoi;
    private final Board board;
    private final Agenda agenda;
    private final EventLog log;
    private final StateStore store;
    private final int base;
    private final StateStore times;
    private final int lastRise;

    DeviceLines(MachineConfig config, Board board, StateStore store, StateStore times, Agenda agenda, EventLog log) {
        List<Device> devices = config.devices();
        this.board = board;
        this.agenda = agenda;
        this.log = log;
        this.store = store;
        this.base = store.reserve(WORDS_PER_DEVICE * devices.size());
        this.times = times;
        this.lastRise = times.reserve(devices.size());
        this.wires = new Wire[devices.size()];
        this.gsis = new int[devices.size()];
        this.bypasses = new boolean[devices.size()];
        this.gsiWaitsForEoi = new boolean[config.ioApic().pins()];
        boolean pastTheChip = config.ioApic().eventSources().bypassesChip();
        for (int device = 0; device < wires.length; device++) {
            wires[device] = devices.get(device).wire();
            gsis[device] = wires[device] instanceof Wire.Line line ? line.gsi() : -1;
            if (waitsForEoi(device)) {
                gsiWaitsForEoi[gsis[device]] = true;
                bypasses[device] = pastTheChip;
                board.watchEois(gsis[device]);
            }
            times.set(lastRise + device, -minimumRiseGap(device));
        }
    }

    private Signalling signalling(int device) {
        return wires[device] instanceof Wire.Line line ? line.signalling() : Signalling.PULSE;
    }

    private boolean waitsForEoi(int device) {
        return signalling(device) instanceof EventPerUnmask events && events.unmask() == Unmask.EOI;
    }

    private long minimumRiseGap(int device) {
        return signalling(device) instanceof Signalling.Level level ? level.minimumRiseGapNanos() : 0;
    }

    /** The pin of the device's line, or −1. */
    int gsi(int device) {
        return gsis[device];
    }

    /** Whether the device has a cause that was not serviced. */
    boolean hasCause(int device) {
        return get(device, CAUSE) != 0;
    }

    /** The device has a cause, or one more. */
    void caused(int device) {
        boolean merged = hasCause(device);
        set(device, CAUSE, 1);
        if (wires[device] instanceof Wire.Message message) {
            log.record(Actor.DEVICE, EventKind.EDGE_SENT, device, -1, message.vector());
            board.sendEdge(message.vector(), message.destination());
        } else if (signalling(device) instanceof Signalling.Pulse) {
            log.record(Actor.DEVICE, EventKind.EDGE_SENT, device, gsis[device], 0);
            board.setGsi(gsis[device], true);
            release(device);
        } else if (merged) {
            log.record(Actor.DEVICE, EventKind.CAUSE_MERGED, device, gsis[device], 0);
        } else if (signalling(device) instanceof EventPerUnmask) {
            log.record(Actor.DEVICE, EventKind.LINE_ASSERTED, device, gsis[device], 0);
            signalUnlessMasked(device);
        } else {
            riseInTime(device);
        }
    }

    /** The cause of the device was serviced. A line falls unless another device holds it; a signalled event stays signalled. */
    void serviced(int device) {
        set(device, CAUSE, 0);
        log.record(Actor.DEVICE, EventKind.DEVICE_SERVICED, device, gsis[device], 0);
        if (signalling(device) instanceof EventPerUnmask) {
            log.record(Actor.DEVICE, EventKind.LINE_DEASSERTED, device, gsis[device], 0);
        } else if (get(device, SIGNAL) != 0) {
            set(device, SIGNAL, 0);
            log.record(Actor.DEVICE, EventKind.LINE_DEASSERTED, device, gsis[device], 0);
            release(device);
        }
    }

    /** The guest accesses the device's registers, and whatever that does to the cause is still to come. */
    void accessed(int device) {
        if (signalling(device) instanceof EventPerUnmask events
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
        boolean falls = false;
        for (int device = 0; device < wires.length; device++) {
            if (gsis[device] == pin && signalling(device) instanceof EventPerUnmask events && waitsForEoi(device)) {
                boolean signalled = get(device, SIGNAL) != 0;
                if (signalled) {
                    unmask(device, events);
                }
                // A level that an ioctl still carries may find the source unmasked; the next EOI lowers it all the
                // same.
                falls |= !bypasses[device] && (signalled || !board.countsSources());
            }
        }
        if (falls && (board.countsSources() || !isHeld(pin))) {
            board.lowerAtOnce(pin);
        }
    }

    private void unmask(int device, EventPerUnmask events) {
        set(device, SIGNAL, 0);
        log.record(Actor.DEVICE, EventKind.SOURCE_UNMASKED, device, gsis[device], 0);
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
        if (signalling(device) instanceof EventPerUnmask) {
            signalUnlessMasked(device);
        } else {
            riseInTime(device);
        }
    }

    private void signalUnlessMasked(int device) {
        if (get(device, SIGNAL) != 0 || get(device, TIMER) != 0) {
            return;
        }
        set(device, SIGNAL, 1);
        log.record(Actor.DEVICE, EventKind.EVENT_SIGNALLED, device, gsis[device], 0);
        if (bypasses[device]) {
            board.sendByRoute(gsis[device]);
        } else {
            board.setGsi(gsis[device], true);
        }
    }

    private void riseInTime(int device) {
        if (get(device, TIMER) != 0) {
            return;
        }
        long wait = times.get(lastRise + device) + minimumRiseGap(device) - agenda.now();
        if (wait > 0) {
            log.record(Actor.DEVICE, EventKind.RISE_POSTPONED, device, gsis[device], wait);
            startTimer(device, wait);
            return;
        }
        times.set(lastRise + device, agenda.now());
        set(device, SIGNAL, 1);
        log.record(Actor.DEVICE, EventKind.LINE_ASSERTED, device, gsis[device], 0);
        board.setGsi(gsis[device], true);
    }

    /** The device holds its line no more; where the I/O APIC does not count, the line stays high while another device holds it. */
    private void release(int device) {
        board.setGsi(gsis[device], !board.countsSources() && isHeld(gsis[device]));
    }

    /** Whether any device holds the line of {@code gsi}. */
    boolean isHeld(int gsi) {
        for (int device = 0; device < wires.length; device++) {
            if (gsis[device] == gsi && get(device, SIGNAL) != 0 && !bypasses[device]) {
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
        for (int device = 0; device < wires.length; device++) {
            if (gsis[device] == gsi && waitsForEoi(device) && get(device, SIGNAL) != 0) {
                return bypasses[device] || board.ioApic().isLineHigh(gsi);
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
