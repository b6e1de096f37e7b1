// SPDX-License-Identifier: Apache-2.0
package irqstorm.export;

import irqstorm.event.ExitReason;
import irqstorm.event.UserspaceExitReason;

/**
 * The fields of KVM's tracepoints as {@code perf script} and {@code trace-cmd report} print them (kernel {@code arch/x86/kvm/trace.h}
 * and {@code include/trace/events/kvm.h}; {@code kvm_exit} as libtraceevent's plugin does). What the model has no value for, above all the
 * instruction pointer, is printed as 0.
 */
final class KvmLines {
    private static final String[] DELIVERY_MODES = {"Fixed", "LowPrio", "SMI", "Res3", "NMI", "INIT", "SIPI", "ExtINT"};

    /** POSTED_INTR_VECTOR: the notification that takes a vCPU out of L2. */
    private static final int NOTIFICATION_VECTOR = 0xF2;

    /** VM-exit and VM-entry interruption information: valid, external interrupt (SDM volume 3, 25.9.2 and 25.8.3). */
    private static final long VALID = 0x8000_0000L;

    /** Exit qualification of a write to a page that guest paging maps writable, supervisor and not executable. */
    private static final long WRITE_QUALIFICATION = 0xd82;

    private static final int ENTRY_DELIVERY_SHIFT = 8;
    private static final int ENTRY_DELIVERY_MASK = 7;
    private static final long ENTRY_LOGICAL = 1L << 11;
    private static final long ENTRY_LEVEL = 1L << 15;
    private static final long ENTRY_MASKED = 1L << 16;
    private static final int ENTRY_DESTINATION_SHIFT = 56;
    private static final int VECTOR_MASK = 0xFF;
    private static final int LONG_DIGITS = 16;
    private static final int INT_DIGITS = 8;

    private KvmLines() {}

    static String entry(long vcpu) {
        return "vcpu " + vcpu + ", rip 0x0";
    }

    /** {@code kvm_exit}; {@code vector} is that of an EOI_INDUCED exit. */
    static String exit(ExitReason reason, long vector) {
        return "reason " + reason + " rip 0x0 info " + Long.toHexString(qualification(reason, vector)) + " 0";
    }

    static String nestedVmexit(long vcpu, ExitReason reason, long vector) {
        long interrupt = reason == ExitReason.EXTERNAL_INTERRUPT ? VALID | NOTIFICATION_VECTOR : 0;
        return "vcpu " + vcpu + " reason " + reason + " rip 0x0 info1 "
                + hex(qualification(reason, vector), LONG_DIGITS)
                + " info2 " + hex(0, LONG_DIGITS) + " intr_info " + hex(interrupt, INT_DIGITS) + " error_code "
                + hex(0, INT_DIGITS);
    }

    /** {@code kvm_nested_vmexit_inject}; {@code vector} is the interrupt that was acknowledged for L1, or negative. */
    static String nestedVmexitInject(ExitReason reason, long vector) {
        long interrupt = reason == ExitReason.EXTERNAL_INTERRUPT && vector >= 0 ? VALID | vector : 0;
        long info = qualification(reason, 0);
        return "reason " + reason + " info1 " + Long.toHexString(info) + " info2 0 int_info "
                + Long.toHexString(interrupt) + " int_info_err 0";
    }

    /** {@code kvm_nested_vmenter}; {@code vector} is what L1 injects, or negative. */
    static String nestedVmenter(long vector) {
        return "rip: " + hex(0, LONG_DIGITS) + " vmcs: " + hex(0, LONG_DIGITS) + " nested_rip: " + hex(0, LONG_DIGITS)
                + " int_ctl: " + hex(0, INT_DIGITS) + " event_inj: " + hex(vector < 0 ? 0 : VALID | vector, INT_DIGITS)
                + " nested_ept=y nested_eptp: " + hex(0, LONG_DIGITS);
    }

    private static long qualification(ExitReason reason, long vector) {
        return switch (reason) {
            case EOI_INDUCED -> vector;
            case EPT_VIOLATION -> WRITE_QUALIFICATION;
            default -> 0;
        };
    }

    static String setIrq(long gsi, int level) {
        return "gsi " + gsi + " level " + level + " source 0";
    }

    static String ioApicSetIrq(long pin, long entry) {
        return "pin " + pin + " " + delayedEoi(entry);
    }

    /** {@code kvm_ioapic_delayed_eoi_inj}, whose fields are those of the redirection entry. */
    static String delayedEoi(long entry) {
        return "dst " + Long.toHexString(entry >>> ENTRY_DESTINATION_SHIFT) + " vec " + (entry & VECTOR_MASK) + " ("
                + modes(entry) + ((entry & ENTRY_MASKED) == 0 ? "" : "|masked") + ")";
    }

    /** {@code kvm_msi_set_irq} of the message that a redirection entry becomes. */
    static String msiSetIrq(long entry, long vector) {
        return "dst " + Long.toHexString(entry >>> ENTRY_DESTINATION_SHIFT) + " vec " + vector + " (" + modes(entry)
                + ")";
    }

    private static String modes(long entry) {
        return deliveryMode(entry)
                + ((entry & ENTRY_LOGICAL) == 0 ? "|physical|" : "|logical|")
                + trigger(isLevel(entry));
    }

    /** Whether a redirection entry is level-triggered. */
    static boolean isLevel(long entry) {
        return (entry & ENTRY_LEVEL) != 0;
    }

    private static String deliveryMode(long entry) {
        return DELIVERY_MODES[(int) (entry >>> ENTRY_DELIVERY_SHIFT) & ENTRY_DELIVERY_MASK];
    }

    /** {@code kvm_apic_accept_irq} and {@code kvm_apicv_accept_irq}; the delivery mode is that of {@code entry}. */
    static String acceptIrq(long vcpu, long vector, long entry, boolean level) {
        return "apicid " + Long.toHexString(vcpu) + " vec " + vector + " (" + deliveryMode(entry) + "|" + trigger(level)
                + ")";
    }

    private static String trigger(boolean level) {
        return level ? "level" : "edge";
    }

    static String eoi(long vcpu, long vector) {
        return "apicid " + Long.toHexString(vcpu) + " vector " + vector;
    }

    static String userspaceExit(UserspaceExitReason reason) {
        return "reason " + reason + " (" + reason.code() + ")";
    }

    static String mmioWrite(long address, long value) {
        return "mmio write len 4 gpa 0x" + Long.toHexString(address) + " val 0x" + Long.toHexString(value);
    }

    private static String hex(long value, int digits) {
        String text = Long.toHexString(value);
        return "0x" + "0".repeat(digits - text.length()) + text;
    }
}
