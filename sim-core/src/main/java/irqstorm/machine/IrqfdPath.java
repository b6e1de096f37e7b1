// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.apic.RedirectionEntry;
import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.trace.EventLog;

/**
 * The way of an irqfd's events past the VMM's I/O APIC: by the kernel's route of the pin, which a VMM that keeps the routes of masked
 * pins leaves as it was (QEMU {@code ioapic_update_kvm_routes}).
 */
final class IrqfdPath {
    private final Board board;
    private final EventLog log;

    IrqfdPath(Board board, EventLog log) {
        this.board = board;
        this.log = log;
    }

    /** An event for the pin {@code gsi}; without a route it goes nowhere. */
    void signal(int gsi) {
        long entry = board.ioApic().entry(gsi);
        int vector = RedirectionEntry.vector(entry);
        boolean masked = RedirectionEntry.isMasked(entry);
        if (masked && !board.kvm().hasRoute(gsi)) {
            log.record(Actor.L0_KVM, EventKind.PIN_MASKED, gsi, vector, 0);
            return;
        }
        log.record(Actor.L0_KVM, EventKind.ROUTE_DELIVERED, gsi, vector, 0);
        board.sendFromKernel(masked ? board.kvm().route(gsi) : RedirectionEntry.message(entry));
    }
}
