// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.machine.Signalling.EventPerUnmask;
import irqstorm.machine.Signalling.Unmask;
import java.util.Arrays;
import java.util.List;

/** How the devices of a machine are wired, by their numbers: what never changes. */
final class DeviceWires {
    private final Wire[] wires;
    private final int[] gsis;
    private final int[][] onGsi;
    private final boolean bypassesChip;

    DeviceWires(MachineConfig config) {
        List<Device> devices = config.devices();
        this.wires = new Wire[devices.size()];
        this.gsis = new int[devices.size()];
        this.onGsi = new int[config.ioApic().pins()][0];
        this.bypassesChip = config.ioApic().eventSources().bypassesChip();
        for (int device = 0; device < wires.length; device++) {
            wires[device] = devices.get(device).wire();
            gsis[device] = -1;
            if (wires[device] instanceof Wire.Line line) {
                gsis[device] = line.gsi();
                onGsi[line.gsi()] = with(onGsi[line.gsi()], device, 1);
            }
        }
    }

    /** {@code devices}, and {@code device} after them so many {@code times}. */
    static int[] with(int[] devices, int device, int times) {
        int[] all = Arrays.copyOf(devices, devices.length + times);
        Arrays.fill(all, devices.length, all.length, device);
        return all;
    }

    int count() {
        return wires.length;
    }

    Wire wire(int device) {
        return wires[device];
    }

    /** The pin of the device's line, or −1. */
    int gsi(int device) {
        return gsis[device];
    }

    /** The devices on the line of {@code gsi}, in ascending order; not to be changed. */
    int[] on(int gsi) {
        return onGsi[gsi];
    }

    /** How the device drives its line; a message is a pulse. */
    Signalling signalling(int device) {
        return wires[device] instanceof Wire.Line line ? line.signalling() : Signalling.PULSE;
    }

    /** Whether the device is a source of events that an EOI unmasks. */
    boolean waitsForEoi(int device) {
        return signalling(device) instanceof EventPerUnmask events && events.unmask() == Unmask.EOI;
    }

    /** Whether the events of the device go past the I/O APIC, so that its line is never high there: those of an irqfd may. */
    boolean bypassesChip(int device) {
        return bypassesChip && waitsForEoi(device);
    }

    /** The least time from one rise of the device's line to the next, nanoseconds. */
    long minimumRiseGap(int device) {
        return signalling(device) instanceof Signalling.Level level ? level.minimumRiseGapNanos() : 0;
    }
}
