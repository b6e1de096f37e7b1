// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

/**
 * Where implementations of the local APIC differ.
 *
 * @param version LVR bits 7:0
 * @param recordsErrors whether ESR is set on illegal vectors (SDM volume 3, section 12.5.3); KVM sets nothing
 * @param checksEoiValue whether a non-zero value written to the x2APIC EOI MSR faults (SDM volume 3, section 12.12.1.2); KVM looks at
 *     bits 63:32 only
 * @param refusesIllegalVectors whether vectors 0 to 15 are kept out of IRR; KVM takes them, and they are never dispatched
 * @param storesSuppressBit whether SPIV bit 12 can be set even where LVR bit 24 is clear
 * @param refusesRepeatedVectors whether a message is refused whose vector is in IRR already
 * @param keepsWholeIcr2 whether bits 55:32 of the ICR, which are reserved in xAPIC mode, read back as written; in QEMU's and crosvm's
 *     local APICs they do, KVM keeps the destination only
 */
public record LapicTraits(
        int version,
        boolean recordsErrors,
        boolean checksEoiValue,
        boolean refusesIllegalVectors,
        boolean storesSuppressBit,
        boolean refusesRepeatedVectors,
        boolean keepsWholeIcr2) {
    /** As the SDM has it; where it leaves a choice, as VMMs that emulate the local APIC themselves have it. */
    public static final LapicTraits ARCHITECTURAL = new LapicTraits(0x14, true, true, true, false, false, true);

    /** As {@code arch/x86/kvm/lapic.c} has it. */
    public static final LapicTraits KVM = new LapicTraits(0x14, false, false, false, false, false, false);
}
