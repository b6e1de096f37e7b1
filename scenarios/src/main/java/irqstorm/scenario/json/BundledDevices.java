// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import irqstorm.device.DeviceKind;
import java.util.List;

/** Reads the kinds of devices that ship inside the jar. */
public final class BundledDevices {
    private BundledDevices() {}

    /** All of them, in the order in which they should be shown. */
    public static List<DeviceKind> all() {
        DeviceKindReader reader = new DeviceKindReader();
        return BundledFiles.deviceNames().stream().map(reader::named).toList();
    }
}
