// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.apic.RedirectionEntry;
import irqstorm.engine.Priority;
import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.kvm.EoiSlotFault;
import irqstorm.kvm.IrqchipMode;
import irqstorm.machine.Hazard.Deed;
import irqstorm.machine.Hazard.SlotValue;
import irqstorm.machine.Hazard.When;
import irqstorm.state.StateStore;
import irqstorm.trace.EventLog;
import java.util.List;

/**
 * Carries out the hazards of a machine: each is scheduled at its time, waits for what it waits for, and happens once.
 *
 * <p>It is made before the board, which asks it what {@link #after} an EOI is in the slot.
 */
final class HazardSteps implements EoiSlotFault {
    private static final int SLOT_CLEAN = -1;

    private final IrqchipMode irqchip;
    private final List<Hazard> steps;
    private final StateStore store;
    private final int waiting;
    private final int slotStep;
    private final int slotChanceStep;
    private final Chances chances;

    HazardSteps(MachineConfig config, StateStore store, Chances chances) {
        this.irqchip = config.irqchip();
        this.steps = config.hazards().steps();
        this.store = store;
        this.waiting = store.reserve(1);
        this.slotStep = store.reserve(1);
        this.slotChanceStep = store.reserve(1);
        this.chances = chances;
        store.set(slotStep, SLOT_CLEAN);
        store.set(slotChanceStep, SLOT_CLEAN);
    }

    /** Each hazard is due at its time. */
    void start(Agenda agenda) {
        for (int step = 0; step < steps.size(); step++) {
            agenda.schedule(steps.get(step).atNanos(), Priority.INPUT, Payload.of(Payload.HAZARD, step), 0);
        }
    }

    /** From now on the hazard waits for what it waits for. */
    void due(int step) {
        store.set(waiting, store.get(waiting) | 1L << step);
    }

    /** Whether a hazard waits. */
    boolean isAnyWaiting() {
        return !steps.isEmpty() && store.get(waiting) != 0;
    }

    /**
     * Those that need not wait any longer happen, in the order of the configuration.
     *
     * @return whether the VM was destroyed, after which nothing else happens
     */
    boolean happen(Board board, GuestCode code, EventLog log) {
        for (int step = 0; step < steps.size(); step++) {
            boolean waits = (store.get(waiting) & 1L << step) != 0;
            if (waits && isMet(steps.get(step).when(), board)) {
                store.set(waiting, store.get(waiting) & ~(1L << step));
                if (steps.get(step).deed() instanceof Deed.DestroyVm) {
                    log.record(Actor.VMM, EventKind.VM_DESTROYED, 0, board.isThrottled() ? 1 : 0, 0);
                    return true;
                }
                carryOut(step, board, code, log);
            }
        }
        return false;
    }

    private static boolean isMet(When when, Board board) {
        if (when instanceof When.InService inService) {
            return RedirectionEntry.hasRemoteIrr(board.ioApic().entry(inService.gsi()));
        }
        return when instanceof When.AtOnce || board.isThrottled();
    }

    private void carryOut(int step, Board board, GuestCode code, EventLog log) {
        Deed deed = steps.get(step).deed();
        HostChange host = new HostChange(irqchip, board, log);
        if (deed instanceof Deed.ChangeFlags flags) {
            host.changeFlags(flags.args0());
        } else if (deed instanceof Deed.CorruptEoiSlot) {
            store.set(slotStep, step);
        } else if (deed instanceof Deed.CorruptEoiSlots) {
            store.set(slotChanceStep, step);
        } else if (deed instanceof Deed.RewriteEntry rewrite) {
            recordRewrite(rewrite.gsi(), board, log);
            code.rewrite(rewrite.gsi(), rewrite.rewrite());
        } else if (deed instanceof Deed.ChangeVector change) {
            recordRewrite(change.gsi(), board, log);
            code.changeVector(change.gsi(), change.vector());
        } else if (deed instanceof Deed.Migrate migrate) {
            host.migrate(migrate.destination());
        }
    }

    private static void recordRewrite(int gsi, Board board, EventLog log) {
        long entry = board.ioApic().entry(gsi);
        log.record(
                Actor.L1,
                EventKind.ENTRY_REWRITTEN,
                gsi,
                RedirectionEntry.vector(entry),
                RedirectionEntry.hasRemoteIrr(entry) ? 1 : 0);
    }

    @Override
    public int after(int vcpu, int vector) {
        if (steps.isEmpty()) {
            return vector;
        }
        int once = (int) store.get(slotStep);
        if (once != SLOT_CLEAN) {
            store.set(slotStep, SLOT_CLEAN);
            return value(((Deed.CorruptEoiSlot) steps.get(once).deed()).value());
        }
        int perhaps = (int) store.get(slotChanceStep);
        if (perhaps != SLOT_CLEAN) {
            Deed.CorruptEoiSlots chance =
                    (Deed.CorruptEoiSlots) steps.get(perhaps).deed();
            if (chances.happens(chance.perBillion())) {
                return value(chance.value());
            }
        }
        return vector;
    }

    private int value(SlotValue value) {
        return value instanceof SlotValue.Fixed fixed ? fixed.value() : chances.noVector();
    }
}
