// SPDX-License-Identifier: Apache-2.0
package irqstorm.guest;

/** How a guest comes to be running when time starts. */
public sealed interface GuestStart {
    /** It booted on this VM: its boot program was run against the local APIC that this VM shows. */
    record Fresh() implements GuestStart {}

    /**
     * It booted elsewhere and was restored or migrated in: KVM_SET_LAPIC brought its SPIV, and it still believes what it found out
     * when it booted.
     *
     * @param spiv the saved SPIV
     * @param usesDirectedEoi whether it uses directed EOI
     */
    record Resumed(int spiv, boolean usesDirectedEoi) implements GuestStart {
        /** What it believes, as a set of {@link Condition#mask()}. */
        public int beliefs() {
            return usesDirectedEoi ? Condition.SUPPRESSION_ADVERTISED.mask() | Condition.DIRECTED_EOI.mask() : 0;
        }
    }
}
