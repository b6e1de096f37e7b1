// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.apic.IoApicProfile;
import irqstorm.kvm.IrqchipMode;
import irqstorm.vmm.LapicModel;
import irqstorm.vmm.SplitRoutes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An I/O APIC with what surrounds it in the irqchip modes in which it is found.
 *
 * @param ioApic the I/O APIC
 * @param inKernel whether it is found in the kernel
 * @param split its routes under split irqchip, or null if it is not found there
 * @param lapic its local APICs where KVM has none, or null if it is not found there
 */
public record VmmProfile(
        IoApicProfile ioApic,
        boolean inKernel,
        @Nullable SplitRoutes split,
        @Nullable LapicModel lapic) {

    /** Checks that it is found somewhere. */
    public VmmProfile {
        if (!inKernel && split == null && lapic == null) {
            throw new IllegalArgumentException("profile " + ioApic.name() + " is found under no irqchip mode");
        }
    }

    /** The irqchip modes in which this I/O APIC is found. */
    public List<IrqchipMode> hosts() {
        List<IrqchipMode> hosts = new ArrayList<>();
        for (IrqchipMode mode : IrqchipMode.values()) {
            if (isFoundUnder(mode)) {
                hosts.add(mode);
            }
        }
        return List.copyOf(hosts);
    }

    /** Whether this I/O APIC is found in that irqchip mode. */
    public boolean isFoundUnder(IrqchipMode mode) {
        return switch (mode) {
            case KERNEL -> inKernel;
            case SPLIT -> split != null;
            case NONE -> lapic != null;
        };
    }

    /** This profile with another I/O APIC. */
    public VmmProfile withIoApic(IoApicProfile other) {
        return new VmmProfile(other, inKernel, split, lapic);
    }
}
