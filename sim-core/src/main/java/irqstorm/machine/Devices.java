// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.apic.TriggerMode;
import irqstorm.engine.Priority;
import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.random.DelayTable;
import irqstorm.state.StateStore;
import irqstorm.trace.EventLog;
import java.util.ArrayList;
import java.util.List;

/**
 * The devices of a machine: when they have a cause, what they do to their line or which message they send, and what an access of the
 * guest to their registers does.
 */
final class Devices {
    private static final int NO_STREAM = -1;
    private static final int PENDING = 0;
    private static final int ARRIVED = 1;
    private static final int WORDS_PER_DEVICE = 2;

    private final List<Device> devices;
    private final Board board;
    private final Agenda agenda;
    private final EventLog log;
    private final Delays delays;
    private final StateStore store;
    private final int base;
    private final StateStore times;
    private final int nextArrival;
    private final int stopped;
    private final int[] streams;
    private final int[] gsis;
    private final int[] vectors;

    Devices(
            MachineConfig config,
            Board board,
            StateStore store,
            StateStore times,
            Agenda agenda,
            EventLog log,
            Delays delays) {
        this.devices = config.devices();
        this.board = board;
        this.agenda = agenda;
        this.log = log;
        this.delays = delays;
        this.store = store;
        this.base = store.reserve(WORDS_PER_DEVICE * devices.size());
        this.stopped = store.reserve(1);
        this.times = times;
        this.nextArrival = times.reserve(devices.size());
        this.streams = new int[devices.size()];
        this.gsis = new int[devices.size()];
        this.vectors = new int[devices.size()];
        for (int i = 0; i < devices.size(); i++) {
            Device device = devices.get(i);
            streams[i] = register(device);
            gsis[i] = device.wire() instanceof Wire.Line line ? line.gsi() : -1;
            vectors[i] = device.wire() instanceof Wire.Message message ? message.vector() : -1;
        }
    }

    private int register(Device device) {
        DelayTable gap = device.arrivals() instanceof Arrivals.Open open
                ? open.gap()
                : device.arrivals() instanceof Arrivals.AfterService after ? after.gap() : null;
        return gap == null ? NO_STREAM : delays.register("arrivals/" + device.name(), gap);
    }

    /** The first causes are on their way. */
    void start() {
        for (int device = 0; device < devices.size(); device++) {
            scheduleArrival(device);
        }
    }

    /** No device has another cause. */
    void stop() {
        store.set(stopped, 1);
        for (int device = 0; device < devices.size(); device++) {
            agenda.cancel(times.get(nextArrival + device));
        }
    }

    private void scheduleArrival(int device) {
        long arrived = store.get(word(device, ARRIVED));
        Arrivals arrivals = devices.get(device).arrivals();
        long delay;
        if (arrivals instanceof Arrivals.Times given) {
            if (arrived >= given.timesNanos().size()) {
                return;
            }
            delay = given.timesNanos().get((int) arrived) - agenda.now();
        } else {
            if (arrived >= limit(arrivals)) {
                return;
            }
            delay = delays.draw(streams[device]);
        }
        if (store.get(stopped) == 0) {
            long payload = Payload.of(Payload.DEVICE_ARRIVAL, device);
            times.set(nextArrival + device, agenda.schedule(delay, Priority.INPUT, payload, 0));
        }
    }

    private static long limit(Arrivals arrivals) {
        if (arrivals instanceof Arrivals.Open open) {
            return open.limit();
        }
        return arrivals instanceof Arrivals.AfterService after ? after.limit() : Arrivals.UNLIMITED;
    }

    /** The device has a cause now. */
    void arrive(int device) {
        store.add(word(device, ARRIVED), 1);
        boolean merged = isPending(device);
        store.set(word(device, PENDING), 1);
        Wire wire = devices.get(device).wire();
        if (wire instanceof Wire.Message message) {
            log.record(Actor.DEVICE, EventKind.EDGE_SENT, device, -1, message.vector());
            board.sendEdge(message.vector(), message.destination());
        } else if (wire instanceof Wire.Line line && line.signalling() == TriggerMode.EDGE) {
            log.record(Actor.DEVICE, EventKind.EDGE_SENT, device, line.gsi(), 0);
            board.setGsi(line.gsi(), true);
            board.setGsi(line.gsi(), !board.countsSources() && isHeld(line.gsi()));
        } else if (merged) {
            log.record(Actor.DEVICE, EventKind.CAUSE_MERGED, device, gsis[device], 0);
        } else {
            log.record(Actor.DEVICE, EventKind.LINE_ASSERTED, device, gsis[device], 0);
            board.setGsi(gsis[device], true);
        }
        if (!(devices.get(device).arrivals() instanceof Arrivals.AfterService)) {
            scheduleArrival(device);
        }
    }

    /** The guest's access reaches the device: a pending cause is serviced, and a held line falls unless another device holds it. */
    void access(int device) {
        if (!isPending(device)) {
            log.record(Actor.DEVICE, EventKind.DEVICE_IDLE, device, gsis[device], 0);
            return;
        }
        store.set(word(device, PENDING), 0);
        log.record(Actor.DEVICE, EventKind.DEVICE_SERVICED, device, gsis[device], 0);
        if (holdsLine(device)) {
            log.record(Actor.DEVICE, EventKind.LINE_DEASSERTED, device, gsis[device], 0);
            board.setGsi(gsis[device], !board.countsSources() && isHeld(gsis[device]));
        }
        if (devices.get(device).arrivals() instanceof Arrivals.AfterService) {
            scheduleArrival(device);
        }
    }

    private boolean holdsLine(int device) {
        return devices.get(device).wire() instanceof Wire.Line line && line.signalling() == TriggerMode.LEVEL;
    }

    private boolean isPending(int device) {
        return store.get(word(device, PENDING)) != 0;
    }

    /** Whether any device holds the line of {@code gsi}. */
    boolean isHeld(int gsi) {
        for (int device = 0; device < devices.size(); device++) {
            if (gsis[device] == gsi && isPending(device) && holdsLine(device)) {
                return true;
            }
        }
        return false;
    }

    /** The source of {@code pin} is asked whether it still asserts. */
    void resample(int pin) {
        if (isHeld(pin)) {
            board.setGsi(pin, true);
        }
    }

    /** The devices whose interrupt has {@code vector}, by the pins as programmed or by their messages. */
    int[] wiredTo(int vector, List<Pin> pins) {
        List<Integer> wired = new ArrayList<>();
        for (int device = 0; device < devices.size(); device++) {
            int gsi = gsis[device];
            boolean byPin = pins.stream().anyMatch(pin -> pin.gsi() == gsi && pin.vector() == vector);
            if (byPin || vectors[device] == vector) {
                wired.add(device);
            }
        }
        return wired.stream().mapToInt(Integer::intValue).toArray();
    }

    private int word(int device, int field) {
        return base + device * WORDS_PER_DEVICE + field;
    }
}
