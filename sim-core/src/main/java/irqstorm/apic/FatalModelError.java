// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

/** A real VMM would stop here: its I/O APIC treats the access or the message as fatal. */
public final class FatalModelError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An error with a sentence on what was fatal. */
    public FatalModelError(String message) {
        super(message, null, false, false);
    }
}
