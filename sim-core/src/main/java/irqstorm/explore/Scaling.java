// SPDX-License-Identifier: Apache-2.0
package irqstorm.explore;

import irqstorm.apic.IoApicProfile;
import irqstorm.apic.IoApicProfile.OnEoiAsserted;
import irqstorm.machine.Arrivals;
import irqstorm.machine.Device;
import irqstorm.machine.MachineConfig;

/** Makes a machine small enough to try every order: counters that only count are scaled down. */
public final class Scaling {
    private Scaling() {}

    /** The machine that is explored within {@code bounds}. */
    public static MachineConfig scaled(MachineConfig config, Bounds bounds) {
        return config.withDevices(config.devices().stream()
                        .map(device -> new Device(
                                device.name(), device.wire(), limited(device.arrivals(), bounds.interrupts())))
                        .toList())
                .withIoApics(profile -> throttledSooner(profile, bounds.throttleEois()));
    }

    private static Arrivals limited(Arrivals arrivals, int interrupts) {
        if (arrivals instanceof Arrivals.Open open) {
            return new Arrivals.Open(open.gap(), Math.min(open.limit(), interrupts));
        }
        if (arrivals instanceof Arrivals.AfterService after) {
            return new Arrivals.AfterService(after.gap(), Math.min(after.limit(), interrupts));
        }
        Arrivals.Times times = (Arrivals.Times) arrivals;
        return new Arrivals.Times(
                times.timesNanos().subList(0, Math.min(times.timesNanos().size(), interrupts)));
    }

    private static IoApicProfile throttledSooner(IoApicProfile profile, int eois) {
        return profile.onEoiAsserted() instanceof OnEoiAsserted.Throttled throttled && throttled.limit() > eois
                ? profile.withOnEoiAsserted(new OnEoiAsserted.Throttled(
                        eois, throttled.delayNanos(), throttled.resetOnRteWrite(), throttled.outlivesVm()))
                : profile;
    }
}
