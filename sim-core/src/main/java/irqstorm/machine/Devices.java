// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.apic.VectorSet;
import irqstorm.engine.Priority;
import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.random.DelayTable;
import irqstorm.state.StateStore;
import irqstorm.trace.EventLog;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The devices of a machine: when they have a cause, and what an access of the guest to their registers does. */
final class Devices {
    private static final int ACCESSED = 0;
    private static final int HAD_LAST = 1;
    private static final int WORDS_PER_DEVICE = 2;

    private final List<Device> devices;
    private final DeviceLines lines;
    private final Agenda agenda;
    private final EventLog log;
    private final StateStore store;
    private final int base;
    private final int arrived;
    private final StateStore times;
    private final int nextArrival;
    private final int stopped;
    private final @Nullable DelayStream[] streams;

    Devices(
            MachineConfig config,
            DeviceLines lines,
            StateStore store,
            StateStore times,
            Agenda agenda,
            EventLog log,
            Delays delays) {
        this.devices = config.devices();
        this.lines = lines;
        this.agenda = agenda;
        this.log = log;
        this.store = store;
        this.base = store.reserve(WORDS_PER_DEVICE * devices.size());
        this.arrived = store.reserveTallies(devices.size());
        this.stopped = store.reserve(1);
        this.times = times;
        this.nextArrival = times.reserve(devices.size());
        this.streams = new @Nullable DelayStream[devices.size()];
        for (int i = 0; i < devices.size(); i++) {
            streams[i] = register(devices.get(i), delays);
        }
    }

    private static @Nullable DelayStream register(Device device, Delays delays) {
        DelayTable gap = device.arrivals() instanceof Arrivals.Open open
                ? open.gap()
                : device.arrivals() instanceof Arrivals.AfterService after ? after.gap() : null;
        return gap == null ? null : delays.register("arrivals/" + device.name(), gap);
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
        Arrivals arrivals = devices.get(device).arrivals();
        if (store.get(word(device, HAD_LAST)) != 0 || limit(arrivals) == 0) {
            return;
        }
        long delay = arrivals instanceof Arrivals.Times given
                ? agenda.untilNanos(given.timesNanos().get((int) store.tally(arrived + device)))
                : Objects.requireNonNull(streams[device]).draw();
        if (store.get(stopped) == 0) {
            long payload = Payload.of(Payload.DEVICE_ARRIVAL, device);
            times.set(nextArrival + device, agenda.schedule(delay, Priority.INPUT, payload, 0));
        }
    }

    private static long limit(Arrivals arrivals) {
        if (arrivals instanceof Arrivals.Open open) {
            return open.limit();
        }
        return arrivals instanceof Arrivals.AfterService after
                ? after.limit()
                : ((Arrivals.Times) arrivals).timesNanos().size();
    }

    /** The device has a cause now. */
    void arrive(int device) {
        long limit = limit(devices.get(device).arrivals());
        if (limit != Arrivals.UNLIMITED && store.countTo(arrived + device, limit)) {
            store.set(word(device, HAD_LAST), 1);
        }
        lines.caused(device);
        if (!(devices.get(device).arrivals() instanceof Arrivals.AfterService)) {
            scheduleArrival(device);
        }
    }

    /** The guest's access reaches the device: the last of those that a pending cause needs services it. */
    void access(int device) {
        lines.accessed(device);
        if (!lines.hasCause(device)) {
            log.record(Actor.DEVICE, EventKind.DEVICE_IDLE, device, lines.gsi(device), 0);
            return;
        }
        long left = devices.get(device).wire().accesses() - store.get(word(device, ACCESSED)) - 1;
        if (left > 0) {
            store.add(word(device, ACCESSED), 1);
            log.record(Actor.DEVICE, EventKind.DEVICE_ACCESSED, device, lines.gsi(device), left);
            return;
        }
        store.set(word(device, ACCESSED), 0);
        lines.serviced(device);
        if (devices.get(device).arrivals() instanceof Arrivals.AfterService) {
            scheduleArrival(device);
        }
    }

    /** How many accesses of the guest service a cause of the device. */
    int accesses(int device) {
        return devices.get(device).wire().accesses();
    }

    /**
     * The devices whose interrupt has a vector, by the pins as programmed or by their messages: for each vector in ascending order, and
     * each as often as it has to be accessed.
     */
    int[][] byVector(List<Pin> pins) {
        int[][] wired = new int[VectorSet.VECTORS][0];
        for (int device = 0; device < devices.size(); device++) {
            for (int vector : vectors(device, pins)) {
                wired[vector] = DeviceWires.with(wired[vector], device, accesses(device));
            }
        }
        return wired;
    }

    private int[] vectors(int device, List<Pin> pins) {
        if (devices.get(device).wire() instanceof Wire.Message message) {
            return new int[] {message.vector()};
        }
        int gsi = lines.gsi(device);
        return pins.stream()
                .filter(pin -> pin.gsi() == gsi)
                .mapToInt(Pin::vector)
                .distinct()
                .toArray();
    }

    private int word(int device, int field) {
        return base + device * WORDS_PER_DEVICE + field;
    }
}
