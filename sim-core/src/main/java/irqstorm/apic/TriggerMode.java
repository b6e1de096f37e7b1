// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

/** How an interrupt input signals (RTE bit 15; TMR bit of the vector). */
public enum TriggerMode {
    /** A transition is one interrupt. */
    EDGE,
    /** The interrupt lasts as long as the line is held. */
    LEVEL
}
