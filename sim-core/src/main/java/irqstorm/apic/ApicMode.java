// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

/** How a local APIC is accessed (SDM volume 3, section 12.12.1: IA32_APIC_BASE bits 11 and 10). */
public enum ApicMode {
    /** Globally disabled: no access reaches it and it takes no interrupt. */
    DISABLED,
    /** Memory-mapped registers, 8-bit APIC IDs. */
    XAPIC,
    /** Registers as MSRs 0x800 to 0x8FF, 32-bit APIC IDs. */
    X2APIC
}
