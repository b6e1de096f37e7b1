// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario;

import irqstorm.device.DeviceKind;
import irqstorm.scenario.json.BundledDevices;
import irqstorm.scenario.json.BundledFiles;
import java.util.List;
import java.util.Optional;

/** The kinds of devices that ship with irqstorm. */
public final class DeviceLibrary {
    private DeviceLibrary() {}

    /** The names of the kinds, in the order in which they should be shown. */
    public static List<String> names() {
        return BundledFiles.deviceNames();
    }

    /** All of them, in that order. */
    public static List<DeviceKind> all() {
        return BundledDevices.all();
    }

    /** The kind of that name. */
    public static Optional<DeviceKind> find(String name) {
        return all().stream().filter(kind -> kind.name().equals(name)).findFirst();
    }
}
