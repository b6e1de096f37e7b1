// SPDX-License-Identifier: Apache-2.0
package irqstorm.check;

import irqstorm.machine.Device;
import irqstorm.machine.MachineConfig;
import irqstorm.machine.Wire;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The interrupt lines of a machine, numbered in the order of their first devices, and which of them a device, a pin or a vector belongs
 * to. A line is a pin with every device on it, or a vector with every device that sends it as a message.
 */
public final class LineMap {
    /** No line. */
    public static final int NONE = -1;

    private final List<Line> lines;
    private final int[] ofDevice;
    private final int[] placeOnLine;
    private final int[] devicesOn;
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
        placeOnLine = new int[devices.size()];
        ofGsi = new int[config.ioApic().pins()];
        for (int[] map : List.of(ofDevice, ofGsi, ofMessage, ofPinVector)) {
            Arrays.fill(map, NONE);
        }
        List<List<String>> names = new ArrayList<>();
        List<Integer> gsis = new ArrayList<>();
        for (int i = 0; i < ofDevice.length; i++) {
            int gsi = devices.get(i).wire() instanceof Wire.Line line ? line.gsi() : NONE;
            int[] map = gsi == NONE ? ofMessage : ofGsi;
            int key = devices.get(i).wire() instanceof Wire.Message message ? message.vector() : gsi;
            if (map[key] == NONE) {
                map[key] = names.size();
                names.add(new ArrayList<>());
                gsis.add(gsi);
            }
            ofDevice[i] = map[key];
            placeOnLine[i] = names.get(map[key]).size();
            names.get(map[key]).add(devices.get(i).name());
        }
        devicesOn = names.stream().mapToInt(List::size).toArray();
        lines = IntStream.range(0, devicesOn.length)
                .mapToObj(line -> new Line(String.join("+", names.get(line)), gsis.get(line)))
                .toList();
        config.everyPin().forEach(pin -> ofPinVector[pin.vector()] = ofGsi[pin.gsi()]);
    }

    /** The lines, in the order of their numbers. */
    public List<Line> lines() {
        return lines;
    }

    /** The line of a device. */
    public int ofDevice(int device) {
        return ofDevice[device];
    }

    /** How many devices a line has. */
    public int devicesOn(int line) {
        return devicesOn[line];
    }

    /** The number of a device among those of its line, from 0. */
    public int placeOnLine(int device) {
        return placeOnLine[device];
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
