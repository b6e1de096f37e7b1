// SPDX-License-Identifier: Apache-2.0
package irqstorm.check;

import irqstorm.apic.FatalModelError;
import irqstorm.apic.IoApicWindow;
import irqstorm.apic.RedirectionEntry;
import irqstorm.kvm.IrqchipMode;
import irqstorm.kvm.SuppressEoiBroadcastMode;
import irqstorm.machine.Machine;
import irqstorm.machine.Signalling;
import irqstorm.machine.Wire;
import irqstorm.vmm.SplitRoutes;

/** Says in one sentence why a run ended as it did, from what was counted; it does not look at names. */
final class Explanation {
    private static final String EOI_REGISTER = "0x"
            + Long.toHexString(IoApicWindow.BASE_ADDRESS + IoApicWindow.EOI_REGISTER)
                    .toUpperCase(java.util.Locale.ROOT);

    private final Machine machine;
    private final RunMeter meter;

    Explanation(Machine machine, RunMeter meter) {
        this.machine = machine;
        this.meter = meter;
    }

    String stopped(FatalModelError.Cause cause) {
        String profile = machine.ioApic().name();
        return switch (cause) {
            case EOI -> "The VMM stops: an EOI reaches its I/O APIC, and " + profile + " takes none.";
            case EOI_REGISTER ->
                "The VMM stops: the guest writes the EOI register at " + EOI_REGISTER + ", which is fatal to " + profile
                        + ".";
            case VECTOR_ZERO -> "The VMM stops: an EOI exit has vector 0, which it takes for an error.";
            case VM_BUGGED ->
                "KVM kills the guest: pending_ioapic_eoi holds no vector, and the policy is to let the VM run no more.";
            case HOST_BUG ->
                "The host panics in BUG_ON: pending_ioapic_eoi holds more than 255; every guest on the host goes down with it.";
            case TIMER_AFTER_VM ->
                "The host goes down: the I/O APIC's throttle timer fires after the VM was freed (CVE-2026-74517).";
        };
    }

    String stuck(LineMeter line) {
        int vector = vector(line);
        EoiPaths paths = meter.eoiPaths(vector);
        StringBuilder reason = new StringBuilder(pin(line));
        if (machine.isEoiOwed(vector)) {
            return reason.append(" was delivered, and the guest comes to rest without ending vector ")
                    .append(hex(vector))
                    .append(" in its local APIC; ")
                    .append(whatWaits(line))
                    .append(".")
                    .toString();
        }
        if (!paths.wasEnded()) {
            reason.append(" was delivered, and no local APIC ended vector ").append(hex(vector));
        } else if (paths.wasSuppressed()) {
            reason.append(": the LAPIC EOI of vector ")
                    .append(hex(vector))
                    .append(" was suppressed (SPIV bit 12 set and honoured")
                    .append(mode(paths.suppressingMode()))
                    .append("), and ");
            reason.append(
                    paths.wasDirectedInVain()
                            ? "the I/O APIC, version "
                                    + hex((int) paths.ignoringVersion())
                                    + ", ignored the write to the EOI register at " + EOI_REGISTER
                            : "no write to the EOI register followed");
        } else {
            reason.append(": the LAPIC EOI of vector ")
                    .append(hex(vector))
                    .append(" did not reach the I/O APIC")
                    .append(noExit());
        }
        return reason.append("; ")
                .append(whatWaits(line))
                .append(" and nobody owes an EOI.")
                .toString();
    }

    private String whatWaits(LineMeter line) {
        return machine.isHeldByRemoteIrr(line.gsi()) ? "Remote IRR stays set" : "its source stays masked";
    }

    String lost(LineMeter line) {
        return line.gsi() >= 0
                ? pin(line)
                        + ": an interrupt was asserted, no local APIC accepted it, and nothing will deliver it again."
                : "Device " + line.name() + ": a message was sent and no local APIC accepted it.";
    }

    String storm(StormResult storm) {
        LineMeter line = meter.lines().stream()
                .filter(candidate ->
                        candidate.name().equals(storm.first().get(0).line()))
                .findFirst()
                .orElseThrow();
        if (line.gsi() < 0) {
            return "Device " + line.name() + ": its vector was delivered again and again for one message.";
        }
        int vector = vector(line);
        EoiPaths paths = meter.eoiPaths(vector);
        StringBuilder reason = new StringBuilder(pin(line)).append(": ");
        if (paths.hadSuppressBit()) {
            reason.append("the guest EOIs the LAPIC before the device is serviced, trusting SPIV bit 12, ")
                    .append("but the bit is not honoured")
                    .append(mode(paths.ignoringMode()))
                    .append(": ");
        } else if (paths.wasEarly()) {
            reason.append("the guest EOIs the LAPIC before the device is serviced, with SPIV bit 12 clear: ");
        }
        return reason.append("the EOI of vector ")
                .append(hex(vector))
                .append(
                        waitsForEoi(line)
                                ? " unmasks the source while its cause is still there, and it signals again."
                                : " reaches the I/O APIC, clears Remote IRR while the line is still high, and the pin delivers again.")
                .toString();
    }

    String ok() {
        if (machine.isDestroyed()) {
            return "The VM was destroyed, and nothing of it was left behind.";
        }
        LineMeter directed = null;
        LineMeter late = null;
        for (LineMeter line : meter.lines()) {
            if (line.gsi() >= 0) {
                EoiPaths paths = meter.eoiPaths(vector(line));
                directed = directed == null && paths.wasSuppressed() && paths.wasDirected() ? line : directed;
                late = late == null && paths.wasBroadcast() ? line : late;
            }
        }
        if (directed != null) {
            return "The early LAPIC EOI is suppressed (SPIV bit 12 set and honoured"
                    + mode(meter.eoiPaths(vector(directed)).suppressingMode())
                    + "); "
                    + (waitsForEoi(directed) ? "the source stays masked" : "Remote IRR holds the pin")
                    + " until the write to the EOI register at " + EOI_REGISTER + ".";
        }
        if (late != null && meter.eoiPaths(vector(late)).wasEarly()) {
            return "The guest EOIs the LAPIC before the device is serviced, and the EOI reaches the I/O APIC; "
                    + "yet no assertion was delivered again more than " + (LineProgress.STORM_REDUNDANT - 1)
                    + " times.";
        }
        if (late != null) {
            return "The guest EOIs the LAPIC after the device is serviced"
                    + (meter.eoiPaths(vector(late)).hadSuppressBit() ? "" : " (SPIV bit 12 clear)")
                    + (waitsForEoi(late)
                            ? ": the EOI unmasks the source when its cause is gone already."
                            : ": the EOI clears Remote IRR when the line is low already.");
        }
        return withoutBroadcast();
    }

    /** Why a run is right in which no EOI of a level pin was broadcast to the I/O APIC, nor suppressed in favour of its EOI register. */
    private String withoutBroadcast() {
        for (LineMeter line : meter.lines()) {
            if (line.gsi() < 0 || !RedirectionEntry.isLevel(machine.entry(line.gsi()))) {
                continue;
            }
            EoiPaths paths = meter.eoiPaths(vector(line));
            if (paths.wasDirected()) {
                return "The LAPIC EOI does not reach the I/O APIC" + noExit() + "; the write to the EOI register at "
                        + EOI_REGISTER + " clears Remote IRR.";
            }
            if (paths.wasEnded()) {
                return "The LAPIC EOI "
                        + (paths.wasSuppressed()
                                ? "is suppressed (SPIV bit 12 set and honoured" + mode(paths.suppressingMode()) + ")"
                                : "does not reach the I/O APIC" + noExit())
                        + ", and Remote IRR stays set; the line is served only because Remote IRR does not gate it here.";
            }
        }
        return "Every interrupt was delivered and ended; no level line was involved.";
    }

    /** Why there is no EOI exit, if that follows from the VMM's routes. */
    private String noExit() {
        return routesAreUnreserved() ? " (no EOI exit: its route's GSI is not among the reserved ones)" : "";
    }

    /** Whether a source of the line signals events and waits for the EOI of each. */
    private boolean waitsForEoi(LineMeter line) {
        return machine.config().devices().stream()
                .anyMatch(device -> device.wire() instanceof Wire.Line wire
                        && wire.gsi() == line.gsi()
                        && wire.signalling() instanceof Signalling.EventPerUnmask events
                        && events.unmask() == Signalling.Unmask.EOI);
    }

    private String mode(int ordinal) {
        SuppressEoiBroadcastMode mode = ordinal == RunMeter.FIRST_MODE
                ? machine.firstSuppressMode()
                : SuppressEoiBroadcastMode.values()[ordinal];
        IrqchipMode irqchip = machine.config().irqchip();
        return irqchip == IrqchipMode.NONE
                ? " by the VMM's local APIC"
                : " in mode " + mode + " with " + irqchip.label() + " irqchip";
    }

    private boolean routesAreUnreserved() {
        SplitRoutes routes = machine.config().irqchip() == IrqchipMode.SPLIT
                ? machine.config().vmm().split()
                : null;
        return routes != null && routes.eoiExits() == SplitRoutes.EoiExits.UNRESERVED;
    }

    private int vector(LineMeter line) {
        return RedirectionEntry.vector(machine.entry(line.gsi()));
    }

    private static String pin(LineMeter line) {
        return "Pin " + line.gsi() + " (" + line.name() + ")";
    }

    private static String hex(int value) {
        return String.format("0x%02x", value);
    }
}
