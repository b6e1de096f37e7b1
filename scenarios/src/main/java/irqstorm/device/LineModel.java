// SPDX-License-Identifier: Apache-2.0
package irqstorm.device;

import irqstorm.machine.Signalling;

/** How a device's causes show on its line. */
public enum LineModel {
    /** The line is high while a cause is pending. */
    LEVEL("level"),
    /** A cause is signalled once, and again after an unmasking if it is still there. */
    EVENT_PER_UNMASK("event-per-unmask"),
    /** A cause is a pulse. */
    PULSE("pulse");

    private final String label;

    LineModel(String label) {
        this.label = label;
    }

    /** The word used in the files of kinds. */
    public String label() {
        return label;
    }

    /** The line model of {@code signalling}. */
    public static LineModel of(Signalling signalling) {
        if (signalling instanceof Signalling.Level) {
            return LEVEL;
        }
        return signalling instanceof Signalling.Pulse ? PULSE : EVENT_PER_UNMASK;
    }
}
