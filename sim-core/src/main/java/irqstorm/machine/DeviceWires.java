// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.machine.Signalling.EventPerUnmask;
import irqstorm.machine.Signalling.Unmask;
import java.util.List;

/** How the devices of a machine are wired, by their numbers: what never changes. */
final class DeviceWires {
    private final Wire[] wires;
    private final int[] gsis;
    private final boolean bypassesChip;

    DeviceWires(MachineConfig config) {
        List<Device> devices = config.devices();
        this.wires = new Wire[devices.size()];
        this.gsis = new int[devices.size()];
        this.bypassesChip = config.ioApic().eventSources().bypassesChip();
        for (int device = 0; device < wires.length; device++) {
            wires[device] = devices.get(device).wire();
            gsis[device] = wires[device] instanceof Wire.Line line ? line.gsi() : -1;
        }
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
