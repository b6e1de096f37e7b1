// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.detector;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The detectors, with their rules and where these were read. */
public enum DetectorKind {
    /** {@link UnhandledOfHundredThousand}. */
    LINUX_GENIRQ(
            "more than 99,900 of 100,000 interrupts unhandled",
            "\"nobody cared\": disables the IRQ and polls it every HZ/10",
            "Linux kernel/irq/spurious.c, note_interrupt"),
    /** {@link TimeInHandlers}. */
    LINUX_SOFTLOCKUP(
            "more than 50 % of a 4 s sample in interrupt handlers of a CPU",
            "counts IRQs, and names the five most frequent with a soft lockup report",
            "Linux kernel/watchdog.c, CONFIG_SOFTLOCKUP_DETECTOR_INTR_STORM (since 6.9)"),
    /** {@link SuccessiveEois}. */
    KVM_IOAPIC(
            "10,000 successive EOIs that find the pin asserted and unmasked",
            "postpones the next delivery by 10 ms; kvm_ioapic_delayed_eoi_inj",
            "Linux arch/x86/kvm/ioapic.c, commit 184564efae4d"),
    /** {@link SuccessiveEois}. */
    QEMU_IOAPIC(
            "10,000 successive EOIs that find the pin asserted and unmasked, its entry not written",
            "postpones the deliveries of all pins by 10 ms; ioapic_eoi_delayed_reassert",
            "QEMU hw/intc/ioapic.c, commit 958a01dab8"),
    /** {@link TenThousandInTenMillis}. */
    XEN(
            "more than 10,000 interrupts of an IRQ, the last within 10 ms of the first",
            "holds the IRQ off until a 10 ms timer",
            "Xen xen/arch/x86/irq.c, do_IRQ, irq_ratelimit"),
    /** {@link BackToBack}. */
    FREEBSD(
            "more than 1,000 interrupts back to back (hw.intr_storm_threshold of 2007)",
            "\"interrupt storm detected\": runs the handler once per clock tick",
            "FreeBSD sys/kern/kern_intr.c, ithread_execute_handlers"),
    /** {@link Off}. */
    FREEBSD_TODAY(
            "off: hw.intr_storm_threshold is 0",
            "none",
            "FreeBSD sys/kern/kern_intr.c, the default of intr_storm_threshold today"),
    /** {@link CountPerProbe}. */
    ACRN(
            "more than 100,000 interrupts between two probes, 10 s apart",
            "delays each injection by 1 ms for 100 ms",
            "ACRN devicemodel/core/monitor.c, --intr_monitor 10000,10,1,100"),
    /** {@link ThousandUnhandled}. */
    TPM_TIS(
            "more than 1,000 unhandled interrupts, each within HZ/10 of the last",
            "gives the interrupt up and polls",
            "Linux drivers/char/tpm/tpm_tis_core.c, commit 481c2d14627d (its message says 10 ms)"),
    /** {@link CountInWindow}. */
    CUSTOM("more than COUNT deliveries of a line within WINDOW", "as you decide", "the command line");

    private final String rule;
    private final String reaction;
    private final String source;

    DetectorKind(String rule, String reaction, String source) {
        this.rule = rule;
        this.reaction = reaction;
        this.source = source;
    }

    /** The name by which it is chosen: {@code kvm-ioapic}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** When it fires, in words. */
    public String rule() {
        return rule;
    }

    /** What the real system does then. */
    public String reaction() {
        return reaction;
    }

    /** Where the rule was read. */
    public String source() {
        return source;
    }

    /** The detector called {@code label}. */
    public static Optional<DetectorKind> find(String label) {
        return Arrays.stream(values())
                .filter(kind -> kind.label().equals(label))
                .findFirst();
    }
}
