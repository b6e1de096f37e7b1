// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

/** What a write to a local APIC register did, for whoever owns the bus behind it. */
public enum RegisterWrite {
    /** The register took the value. */
    DONE,
    /** The register is read-only, reserved or absent; nothing changed. */
    IGNORED,
    /** The write faults with #GP(0); nothing changed. */
    FAULT,
    /** EOI was written: the owner ends the interrupt and decides on the broadcast. */
    END_OF_INTERRUPT,
    /** The interrupt command was written: the owner sends the message that {@link LocalApic#command()} describes. */
    COMMAND,
    /** A self IPI was written: the owner sends it. */
    SELF_IPI
}
