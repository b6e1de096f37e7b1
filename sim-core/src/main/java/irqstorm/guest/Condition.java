// SPDX-License-Identifier: Apache-2.0
package irqstorm.guest;

import java.util.Locale;

/** What a guest knows when it decides whether to do a step. */
public enum Condition {
    /** LVR bit 24 was set when the guest last read it. */
    SUPPRESSION_ADVERTISED,
    /** The guest set SPIV bit 12 and it stuck: it keeps I/O APIC EOIs to itself and writes the EOI register instead. */
    DIRECTED_EOI,
    /** The vector being handled is that of a level-triggered I/O APIC pin. */
    LEVEL;

    /** The bit of this condition in a set of conditions. */
    public int mask() {
        return 1 << ordinal();
    }

    /** The word used in scenario files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
