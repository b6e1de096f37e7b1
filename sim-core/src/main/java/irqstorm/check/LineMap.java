// SPDX-License-Identifier: Apache-2.0
package irqstorm.check;

import irqstorm.machine.Device;
import irqstorm.machine.MachineConfig;
import irqstorm.machine.Wire;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The interrupt lines of a machine, numbered in the order of their first devices, and which of them a device, a pin or a vector belongs
 * to. A line is a pin with every device on it, or a vector with every device that sends it as a message.
 */
public final class LineMap {
    /** No line. */
    public static final int NONE = -1;

    private final List<Line> lines = new ArrayList<>();
    private final int[] ofDevice;
    private final int[] ofGsi;
    private final int[] ofMessage = new int[256];
    private final int[] ofPinVector = new int[256];

    /**
     * A line, or the messages of one vector.
     *
     * @param name the names of its devices
     * @param gsi its pin, or −1 for messages
     */
    public record Line(String name, int gsi) {}

    /** The lines of {@code config}. */
    public LineMap(MachineConfig config) {
        List<Device> devices = config.devices();
        ofDevice = new int[devices.size()];
        ofGsi = new int[config.ioApic().pins()];
        for (int[] map : List.of(ofDevice, ofGsi, ofMessage, ofPinVector)) {
            Arrays.fill(map, NONE);
        }
        for (int i = 0; i < ofDevice.length; i++) {
            Wire wire = devices.get(i).wire();
            if (wire instanceof Wire.Line line) {
                if (ofGsi[line.gsi()] == NONE) {
                    ofGsi[line.gsi()] = add(names(devices, other -> isOnPin(other, line.gsi())), line.gsi());
                }
                ofDevice[i] = ofGsi[line.gsi()];
            } else if (wire instanceof Wire.Message message) {
                if (ofMessage[message.vector()] == NONE) {
                    ofMessage[message.vector()] = add(names(devices, other -> sends(other, message.vector())), NONE);
                }
                ofDevice[i] = ofMessage[message.vector()];
            }
        }
        config.everyPin().forEach(pin -> ofPinVector[pin.vector()] = ofGsi[pin.gsi()]);
    }

    private int add(String name, int gsi) {
        lines.add(new Line(name, gsi));
        return lines.size() - 1;
    }

    private static boolean isOnPin(Device device, int gsi) {
        return device.wire() instanceof Wire.Line line && line.gsi() == gsi;
    }

    private static boolean sends(Device device, int vector) {
        return device.wire() instanceof Wire.Message message && message.vector() == vector;
    }

    private static String names(List<Device> devices, Predicate<Device> onTheLine) {
        return devices.stream().filter(onTheLine).map(Device::name).collect(Collectors.joining("+"));
    }

    /** The lines, in the order of their numbers. */
    public List<Line> lines() {
        return Collections.unmodifiableList(lines);
    }

    /** The line of a device. */
    public int ofDevice(int device) {
        return ofDevice[device];
    }

    /** The line of a pin, or {@link #NONE} if no device is on it. */
    public int ofGsi(int gsi) {
        return ofGsi[gsi];
    }

    /** The line that the messages of a vector are, or {@link #NONE}. */
    public int ofMessage(int vector) {
        return ofMessage[vector];
    }

    /** The line of the pin that has a vector, or {@link #NONE}. */
    public int ofPinVector(int vector) {
        return ofPinVector[vector];
    }

    /** The line that a vector belongs to, messages first, or {@link #NONE}. */
    public int ofVector(int vector) {
        return ofMessage[vector] != NONE ? ofMessage[vector] : ofPinVector[vector];
    }
}
