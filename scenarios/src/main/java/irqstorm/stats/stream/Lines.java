// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.stream;

import irqstorm.machine.Device;
import irqstorm.machine.MachineConfig;
import irqstorm.machine.Signalling;
import irqstorm.machine.Wire;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The lines of a machine, numbered in the order of their devices: a pin with every device on it, or a vector with every device that
 * sends it as a message.
 */
public final class Lines {
    /** No line. */
    public static final int NONE = -1;

    /** The GSI of a line that is a message. */
    public static final int NO_GSI = -1;

    private static final int VECTORS = 256;

    private final List<String> names = new ArrayList<>();
    private final List<Integer> gsis = new ArrayList<>();
    private final int[] ofDevice;
    private final int[] placeOnLine;
    private final int[] devicesOn;
    private final boolean[] signalsEvents;
    private final int[] ofGsi;
    private final int[] ofMessage = new int[VECTORS];
    private final int[] ofPinVector = new int[VECTORS];

    /** The lines of {@code config}. */
    public Lines(MachineConfig config) {
        List<Device> devices = config.devices();
        ofDevice = new int[devices.size()];
        signalsEvents = new boolean[devices.size()];
        ofGsi = new int[config.ioApic().pins()];
        Arrays.fill(ofGsi, NONE);
        Arrays.fill(ofMessage, NONE);
        Arrays.fill(ofPinVector, NONE);
        for (int device = 0; device < devices.size(); device++) {
            Wire wire = devices.get(device).wire();
            if (wire instanceof Wire.Line line) {
                ofDevice[device] =
                        join(ofGsi, line.gsi(), line.gsi(), devices.get(device).name());
                signalsEvents[device] = line.signalling() instanceof Signalling.EventPerUnmask;
            } else if (wire instanceof Wire.Message message) {
                ofDevice[device] = join(
                        ofMessage, message.vector(), NO_GSI, devices.get(device).name());
            }
        }
        placeOnLine = new int[devices.size()];
        devicesOn = new int[names.size()];
        for (int device = 0; device < devices.size(); device++) {
            placeOnLine[device] = devicesOn[ofDevice[device]]++;
        }
        config.everyPin().forEach(pin -> ofPinVector[pin.vector()] = ofGsi[pin.gsi()]);
    }

    private int join(int[] table, int key, int gsi, String device) {
        if (table[key] == NONE) {
            table[key] = names.size();
            names.add(device);
            gsis.add(gsi);
        } else {
            names.set(table[key], names.get(table[key]) + "+" + device);
        }
        return table[key];
    }

    /** The lines' names: those of their devices, joined by a plus sign. */
    public List<String> names() {
        return List.copyOf(names);
    }

    /** How many lines there are. */
    public int count() {
        return names.size();
    }

    /** How many devices there are. */
    public int devices() {
        return ofDevice.length;
    }

    /** The GSI of {@code line}, or {@link #NO_GSI} for messages. */
    public int gsi(int line) {
        return gsis.get(line);
    }

    /** How many devices {@code line} has. */
    public int devicesOn(int line) {
        return devicesOn[line];
    }

    /** The number of {@code device} among those of its line, from 0. */
    public int placeOnLine(int device) {
        return placeOnLine[device];
    }

    int ofDevice(int device) {
        return ofDevice[device];
    }

    /** Whether the pin sees the device's events and not its cause. */
    boolean signalsEvents(int device) {
        return signalsEvents[device];
    }

    int ofGsi(int gsi) {
        return ofGsi[gsi];
    }

    boolean isMessage(int vector) {
        return ofMessage[vector] != NONE;
    }

    /** The line that {@code vector} belongs to, or {@link #NONE}. */
    int ofVector(int vector) {
        return ofMessage[vector] != NONE ? ofMessage[vector] : ofPinVector[vector];
    }
}
