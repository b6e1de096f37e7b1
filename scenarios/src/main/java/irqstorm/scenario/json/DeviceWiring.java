// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import irqstorm.machine.Device;
import irqstorm.machine.Pin;
import irqstorm.machine.Wire;
import java.util.List;

/** Checks that a device's line ends at a pin that the guest programs, with the same idea of edge and level. */
final class DeviceWiring {
    private DeviceWiring() {}

    static void check(JsonCursor cursor, Device device, List<Pin> pins) {
        if (!(device.wire() instanceof Wire.Line line)) {
            return;
        }
        List<Pin> wired = pins.stream().filter(pin -> pin.gsi() == line.gsi()).toList();
        if (wired.isEmpty()) {
            cursor.problem("a GSI that \"pins\" programs: there is no pin " + line.gsi());
        } else if (wired.get(0).trigger() != line.signalling()) {
            cursor.problem("the signalling that pin " + line.gsi() + " is programmed for");
        }
    }
}
