// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.event.ExitReason;
import irqstorm.event.UserspaceExitReason;
import irqstorm.state.StateStore;
import irqstorm.trace.EventLog;

/**
 * The way of a vCPU's thread from an MMIO access or an exit to the VMM and back: the VMM acts on the thread, and the thread runs the
 * vCPU again when the ioctls of that action are done.
 */
final class HostPath {
    /** Bits 7:0 are the access, bits 63:8 its argument. */
    private static final int ACCESS = 0;

    private static final int IOCTLS = 1;
    private static final int WORDS = 2;

    private static final int ARGUMENT_SHIFT = 8;
    private static final long KIND = 0xFF;

    private static final Access[] ACCESSES = Access.values();
    private static final int NONE = Access.NONE.ordinal();

    private final VcpuPlace place;
    private final Board board;
    private final GuestCode code;
    private final EventLog log;
    private final StateStore store;
    private final int base;

    HostPath(VcpuPlace place, Board board, GuestCode code, EventLog log, StateStore store) {
        this.place = place;
        this.board = board;
        this.code = code;
        this.log = log;
        this.store = store;
        this.base = store.reserve(WORDS);
    }

    /** The guest accesses emulated registers. */
    void mmio(Access access, int argument) {
        place.recordExit(ExitReason.EPT_VIOLATION);
        remember(access, argument);
        place.go(Arrival.MMIO_DECODED, place.draw(LatencyKind.MMIO_EXIT));
    }

    /** KVM has decoded the access: it ends in the kernel or goes on to the VMM. */
    void decoded() {
        Access access = access();
        if (access == Access.EOI_REGISTER) {
            log.record(place.guest(), EventKind.MMIO_WRITE, place.index(), GuestCode.EOI_REGISTER_ADDRESS, argument());
        }
        if (access != Access.DEVICE && board.ioApicAtExit()) {
            perform();
            place.go(Arrival.GUEST_ENTRY, 0);
        } else {
            place.go(Arrival.USERSPACE, place.draw(LatencyKind.USERSPACE_EXIT));
        }
    }

    /** KVM_RUN returns for {@code access} after the kernel has spent {@code handlingNanos} on it. */
    void leave(Access access, int argument, long handlingNanos) {
        remember(access, argument);
        place.go(Arrival.USERSPACE, handlingNanos + place.draw(LatencyKind.USERSPACE_EXIT));
    }

    private void remember(Access access, int argument) {
        set(ACCESS, (long) argument << ARGUMENT_SHIFT | access.ordinal());
    }

    /** KVM_RUN has returned. */
    void arrived() {
        UserspaceExitReason reason = access() == Access.IOAPIC_EOI
                ? UserspaceExitReason.KVM_EXIT_IOAPIC_EOI
                : UserspaceExitReason.KVM_EXIT_MMIO;
        log.record(Actor.L0_KVM, EventKind.USERSPACE_EXIT, place.index(), reason.ordinal(), argument());
        place.go(Arrival.VMM_ACTION, place.draw(LatencyKind.VMM_HANDLING));
    }

    /** The VMM acts. */
    void act() {
        place.leaveGuest(Phase.VMM);
        board.runAs(place.index());
        try {
            perform();
        } finally {
            // Also if the VMM stops in the middle of it: an exploration goes on elsewhere.
            board.runAs(Payload.NO_THREAD);
        }
        runAgain();
    }

    private void perform() {
        int argument = argument();
        switch (access()) {
            case DEVICE -> code.accessDevice(argument);
            case EOI_REGISTER -> board.directedEoi(place.index(), argument);
            case PIN_MASK -> code.writeMask(argument >>> 1, (argument & 1) != 0);
            case IOAPIC_EOI -> board.ioApicEoiExit(place.index(), argument);
            case LAPIC_EOI -> board.userspaceEoi(place.index(), place.guest());
            case INJECTION, NONE -> {}
        }
        set(ACCESS, get(ACCESS) & ~KIND | NONE);
    }

    /** The thread waits for an ioctl. */
    void ioctlBegun() {
        set(IOCTLS, get(IOCTLS) + 1);
    }

    /** An ioctl of this thread is done. */
    void ioctlDone() {
        set(IOCTLS, get(IOCTLS) - 1);
        runAgain();
    }

    private void runAgain() {
        if (get(IOCTLS) == 0 && place.phase() == Phase.VMM) {
            place.go(Arrival.GUEST_ENTRY, place.draw(LatencyKind.USERSPACE_ENTRY));
        }
    }

    /** Whether the thread carries an EOI of {@code vector} to the VMM. */
    boolean carriesEoi(int vector) {
        return (access() == Access.IOAPIC_EOI || access() == Access.EOI_REGISTER) && argument() == vector;
    }

    private Access access() {
        return ACCESSES[(int) (get(ACCESS) & KIND)];
    }

    private int argument() {
        return (int) (get(ACCESS) >> ARGUMENT_SHIFT);
    }

    private long get(int word) {
        return store.get(base + word);
    }

    private void set(int word, long value) {
        store.set(base + word, value);
    }
}
