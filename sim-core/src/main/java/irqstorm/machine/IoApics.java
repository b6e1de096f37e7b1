// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.apic.ApicBus;
import irqstorm.apic.IoApic;
import irqstorm.apic.IoApicClock;
import irqstorm.apic.IoApicWindow;
import irqstorm.apic.RedirectionEntry;
import irqstorm.apic.SavedIoApic;
import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.kvm.IrqchipMode;
import irqstorm.kvm.KernelIoApic;
import irqstorm.state.StateStore;
import irqstorm.trace.EventLog;
import irqstorm.vmm.LapicLink;
import irqstorm.vmm.UserspaceIoApic;
import java.util.ArrayList;
import java.util.List;

/** The I/O APIC of a machine, and those of the hosts that it may move to: one of them is in use. */
final class IoApics {
    private final EventLog log;
    private final boolean inKernel;
    private final List<UserspaceIoApic> inVmms = new ArrayList<>();
    private final List<VmmProfile> vmms = new ArrayList<>();
    private final IoApic[] chips;
    private final IoApicWindow[] windows;
    private final StateStore store;
    private final int inUse;

    /**
     * The I/O APICs of {@code config}, each after reset.
     *
     * @param entryListener is run when an entry of an in-kernel I/O APIC was written
     */
    <T extends LapicLink & IoApicClock> IoApics(
            MachineConfig config, StateStore store, EventLog log, ApicBus bus, T board, Runnable entryListener) {
        this.log = log;
        this.store = store;
        this.inUse = store.reserve(1);
        this.inKernel = config.irqchip() == IrqchipMode.KERNEL;
        if (inKernel) {
            KernelIoApic chip = new KernelIoApic(store, log, config.kernelIoApic(), bus, board, entryListener);
            this.chips = new IoApic[] {chip.chip()};
            this.windows = new IoApicWindow[] {chip.window()};
            return;
        }
        vmms.add(config.vmm());
        vmms.addAll(config.hazards().otherVmms());
        for (VmmProfile vmm : vmms) {
            inVmms.add(new UserspaceIoApic(
                    store,
                    log,
                    vmm.ioApic(),
                    config.irqchip() == IrqchipMode.SPLIT ? vmm.split() : null,
                    board,
                    board));
        }
        this.chips = inVmms.stream().map(UserspaceIoApic::chip).toArray(IoApic[]::new);
        this.windows = inVmms.stream().map(UserspaceIoApic::window).toArray(IoApicWindow[]::new);
    }

    /** Whether the I/O APIC is KVM's. */
    boolean inKernel() {
        return inKernel;
    }

    /** The I/O APIC in use. */
    IoApic chip() {
        return chips[index()];
    }

    /** Its registers. */
    IoApicWindow window() {
        return windows[index()];
    }

    /** The VMM's I/O APIC in use; there is none with an in-kernel one. */
    UserspaceIoApic inVmm() {
        return inVmms.get(index());
    }

    /** The VMM in use; there is none to speak of with an in-kernel I/O APIC. */
    VmmProfile vmm() {
        return vmms.get(index());
    }

    /** The state is saved, and restored into the I/O APIC of {@code destination}. */
    void move(Hazard.Destination destination) {
        IoApic from = chip();
        SavedIoApic saved = from.save();
        int pins = from.profile().pins();
        long[] entries = new long[pins];
        boolean[] lines = new boolean[pins];
        for (int pin = 0; pin < pins; pin++) {
            entries[pin] = from.entry(pin);
            lines[pin] = from.isLineHigh(pin);
        }
        if (destination.vmm() != null) {
            store.set(inUse, vmms.indexOf(destination.vmm()));
        }
        IoApic to = chip();
        to.restore(saved);
        for (int pin = 0; pin < pins; pin++) {
            int vector = RedirectionEntry.vector(entries[pin]);
            if (lines[pin] && !to.isLineHigh(pin)) {
                log.record(Actor.VMM, EventKind.LINE_LOST, pin, vector, 0);
            }
            if (RedirectionEntry.hasRemoteIrr(entries[pin]) && !saved.hasRemoteIrr(pin)) {
                log.record(Actor.VMM, EventKind.REMOTE_IRR_LOST, pin, vector, 0);
            }
        }
        if (!inKernel) {
            inVmm().announceRoutes();
        }
    }

    private int index() {
        return (int) store.get(inUse);
    }
}
