// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.apic.ApicMode;
import irqstorm.apic.IoApicProfile;
import irqstorm.guest.Guest;
import irqstorm.kvm.IrqchipMode;
import irqstorm.kvm.UapiRevision;
import irqstorm.random.DelayTable;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Everything that is fixed about a machine before it runs.
 *
 * @param irqchip who emulates the interrupt controllers
 * @param uapi which generation of the flags the kernel has
 * @param x2ApicApi the call of KVM_ENABLE_CAP(KVM_CAP_X2APIC_API)
 * @param apicv whether L0 uses virtual-interrupt delivery and posted interrupts
 * @param apicMode how the guest accesses its local APIC
 * @param guestHasX2Apic whether the guest's CPUID has x2APIC
 * @param vcpus how many vCPUs, 1 to {@link #MAX_VCPUS}
 * @param vmm the VMM's I/O APIC and local APICs, used unless the irqchip is in the kernel
 * @param kernelIoApic the kernel's I/O APIC, used if the irqchip is in the kernel
 * @param pins how the guest programs the I/O APIC
 * @param devices the devices
 * @param guest what the guest does
 * @param latencies how long each transition takes; complete
 * @param hazards what happens to it besides
 * @param seed the seed of every random stream
 * @param replication the number of the replication, from 0
 */
public record MachineConfig(
        IrqchipMode irqchip,
        UapiRevision uapi,
        X2ApicApiCall x2ApicApi,
        boolean apicv,
        ApicMode apicMode,
        boolean guestHasX2Apic,
        int vcpus,
        VmmProfile vmm,
        IoApicProfile kernelIoApic,
        List<Pin> pins,
        List<Device> devices,
        Guest guest,
        Map<LatencyKind, DelayTable> latencies,
        Hazards hazards,
        long seed,
        long replication) {

    /** The most vCPUs a machine has. */
    public static final int MAX_VCPUS = 64;

    /** The most devices a machine has. */
    public static final int MAX_DEVICES = 256;

    /**
     * The VMM's call of KVM_ENABLE_CAP(KVM_CAP_X2APIC_API).
     *
     * @param args0 the flags; 0 stands for no call
     * @param beforeIrqchip whether it is made before the irqchip mode is chosen
     */
    public record X2ApicApiCall(long args0, boolean beforeIrqchip) {}

    /** Keeps its own copies and checks what the machine relies on. */
    public MachineConfig {
        pins = List.copyOf(pins);
        devices = List.copyOf(devices);
        latencies = Map.copyOf(new EnumMap<>(latencies));
        if (vcpus < 1 || vcpus > MAX_VCPUS) {
            throw new IllegalArgumentException(vcpus + " vCPUs are not from 1 to " + MAX_VCPUS);
        }
        if (devices.size() > MAX_DEVICES) {
            throw new IllegalArgumentException(devices.size() + " devices are more than " + MAX_DEVICES);
        }
        if (irqchip != IrqchipMode.KERNEL && !vmm.isFoundUnder(irqchip)) {
            throw new IllegalArgumentException(
                    "profile " + vmm.ioApic().name() + " is not found under irqchip " + irqchip.label());
        }
        for (VmmProfile other : hazards.otherVmms()) {
            boolean sameTable = other.ioApic().pins() == vmm.ioApic().pins();
            if (irqchip != IrqchipMode.SPLIT || !other.isFoundUnder(irqchip) || !sameTable) {
                throw new IllegalArgumentException(
                        "the VM cannot move to profile " + other.ioApic().name());
            }
        }
        if (latencies.size() != LatencyKind.values().length) {
            throw new IllegalArgumentException("every latency needs a distribution");
        }
    }

    /** Whether the processor delivers interrupts and takes EOIs itself: APICv needs KVM's local APIC. */
    public boolean usesApicv() {
        return apicv && irqchip != IrqchipMode.NONE;
    }

    /** The I/O APIC that the guest sees. */
    public IoApicProfile ioApic() {
        return irqchip == IrqchipMode.KERNEL ? kernelIoApic : vmm.ioApic();
    }

    /** The pins as the guest programs them, and those that it programs anew later. */
    public List<Pin> everyPin() {
        return Stream.concat(pins.stream(), hazards.laterPins(pins).stream()).toList();
    }

    /** The same machine with another seed. */
    public MachineConfig withSeed(long newSeed) {
        return drawing(newSeed, replication);
    }

    /** The same machine as the replication of this number, from 0: it draws other random numbers. */
    public MachineConfig withReplication(long number) {
        return drawing(seed, number);
    }

    /** The same machine with other devices. */
    public MachineConfig withDevices(List<Device> others) {
        return with(vmm, kernelIoApic, others, hazards, seed, replication);
    }

    /** The same machine with each I/O APIC, also those of hosts that it may move to, changed as {@code change} says. */
    public MachineConfig withIoApics(UnaryOperator<IoApicProfile> change) {
        return with(
                vmm.withIoApic(change.apply(vmm.ioApic())),
                change.apply(kernelIoApic),
                devices,
                hazards.withIoApics(change),
                seed,
                replication);
    }

    private MachineConfig drawing(long otherSeed, long otherReplication) {
        return with(vmm, kernelIoApic, devices, hazards, otherSeed, otherReplication);
    }

    private MachineConfig with(
            VmmProfile otherVmm,
            IoApicProfile otherKernelIoApic,
            List<Device> otherDevices,
            Hazards otherHazards,
            long otherSeed,
            long otherReplication) {
        return new MachineConfig(
                irqchip,
                uapi,
                x2ApicApi,
                apicv,
                apicMode,
                guestHasX2Apic,
                vcpus,
                otherVmm,
                otherKernelIoApic,
                pins,
                otherDevices,
                guest,
                latencies,
                otherHazards,
                otherSeed,
                otherReplication);
    }
}
