// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import irqstorm.apic.ApicMode;
import irqstorm.apic.DeliveryMode;
import irqstorm.apic.InterruptCommand;
import irqstorm.apic.InterruptMessage;
import irqstorm.apic.LapicRegister;
import irqstorm.apic.RegisterWrite;
import irqstorm.apic.VectorSet;
import irqstorm.event.Actor;
import irqstorm.kvm.KvmL0;
import irqstorm.vmm.UserspaceLapics;
import java.util.OptionalLong;

/** Accesses to the local APICs, and what they lead to: EOIs, messages, exits. */
final class LapicPort {
    private final Bench bench;
    private final KvmL0 kvm;
    private final UserspaceLapics userspaceLapics;

    /** {@code userspaceLapics} is null where the local APICs are KVM's. */
    LapicPort(Bench bench, KvmL0 kvm, UserspaceLapics userspaceLapics) {
        this.bench = bench;
        this.kvm = kvm;
        this.userspaceLapics = userspaceLapics;
    }

    boolean isInUserspace() {
        return userspaceLapics != null;
    }

    void resetLapic(int vcpu) {
        Cpu cpu = bench.cpu(vcpu);
        ApicMode mode = cpu.apic().mode();
        if (userspaceLapics != null) {
            userspaceLapics.reset(vcpu);
        } else {
            kvm.resetLapic(vcpu);
        }
        cpu.apic().setMode(mode);
        cpu.timer().reset();
    }

    /** The local APIC of {@code cpu} sends what its ICR says. */
    void sendCommand(Cpu cpu) {
        long command = cpu.apic().command();
        bench.history().commanded(cpu.index(), command);
        bench.scope().set("ipis_sent", bench.history().commands().size());
        bench.bus().command(cpu.index(), command);
    }

    void sendSelfIpi(Cpu cpu, int vector) {
        long message = InterruptMessage.of(
                vector, DeliveryMode.FIXED, false, false, cpu.apic().id());
        bench.history()
                .commanded(
                        cpu.index(),
                        InterruptCommand.of(
                                vector,
                                DeliveryMode.FIXED,
                                false,
                                InterruptCommand.Shorthand.SELF,
                                0,
                                cpu.apic().mode()));
        bench.bus().send(message);
    }

    /** Carries out what a write to a local APIC register asks for; whether the write faulted. */
    boolean carryOut(Cpu cpu, RegisterWrite write) {
        switch (write) {
            case END_OF_INTERRUPT -> endOfInterrupt(cpu);
            case COMMAND -> sendCommand(cpu);
            case SELF_IPI -> sendSelfIpi(cpu, cpu.apic().selfIpiVector());
            case FAULT -> bench.history().faulted();
            case DONE, IGNORED -> {}
        }
        bench.clock().expireTimers();
        return write == RegisterWrite.FAULT;
    }

    private void endOfInterrupt(Cpu cpu) {
        bench.history().ended(cpu.apic().inService().highest());
        if (userspaceLapics != null) {
            userspaceLapics.endOfInterrupt(cpu.index(), Actor.L1);
            return;
        }
        kvm.catchUpWithScan(cpu.index());
        bench.history().ended(kvm.endOfInterrupt(cpu.index(), Actor.L1));
        handleRequests(cpu);
    }

    /** What L0 does before it enters the guest on {@code cpu}. */
    void handleRequests(Cpu cpu) {
        if (userspaceLapics != null) {
            return;
        }
        for (int vector = kvm.handleRequests(cpu.index());
                vector != VectorSet.NONE;
                vector = kvm.handleRequests(cpu.index())) {
            bench.history().eoiExit(vector);
            bench.ioApic().broadcastEoi(vector, true);
        }
    }

    /** A register of the local APIC as the xAPIC page shows it, in either mode. */
    long lapicRegister(Cpu cpu, String name) {
        if (name.equals("TMCCT")) {
            return cpu.timer().currentCount(bench.clock().nowNanos());
        }
        return cpu.apic().read(RegisterNames.offset(name));
    }

    /** The guest reads a register of its local APIC by the way its mode has; empty on a fault. */
    OptionalLong guestRead(Cpu cpu, int offset) {
        return cpu.apic().mode() == ApicMode.X2APIC
                ? cpu.access()
                        .readMsr(
                                LapicRegister.FIRST_MSR + (offset >>> 4),
                                bench.clock().nowNanos())
                : OptionalLong.of(cpu.access()
                        .read(
                                cpu.base().address() + offset,
                                Integer.BYTES,
                                bench.clock().nowNanos()));
    }

    /** The guest writes a register of its local APIC by the way its mode has. */
    RegisterWrite guestWrite(Cpu cpu, int offset, long value) {
        return cpu.apic().mode() == ApicMode.X2APIC
                ? cpu.access()
                        .writeMsr(
                                LapicRegister.FIRST_MSR + (offset >>> 4),
                                value,
                                bench.clock().nowNanos())
                : cpu.access()
                        .write(
                                cpu.base().address() + offset,
                                Integer.BYTES,
                                value,
                                bench.clock().nowNanos());
    }
}
