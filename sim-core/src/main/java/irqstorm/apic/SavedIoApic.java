// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

/** A saved state of an I/O APIC, as far as its profile saves one: redirection entries, lines and the counts behind them. */
public final class SavedIoApic {
    private final long[] entries;
    private final boolean[] lines;
    private final long[] assertions;

    private SavedIoApic(int pins) {
        this.entries = new long[pins];
        this.lines = new boolean[pins];
        this.assertions = new long[pins];
    }

    static SavedIoApic of(PinTable pins, IoApicProfile.Save save) {
        SavedIoApic saved = new SavedIoApic(pins.pins());
        for (int pin = 0; pin < pins.pins(); pin++) {
            long entry = pins.entry(pin);
            saved.entries[pin] = save.remoteIrr() ? entry : entry & ~RedirectionEntry.REMOTE_IRR;
            saved.lines[pin] = save.line() && pins.isLineHigh(pin);
            saved.assertions[pin] = save.line() ? pins.assertions(pin) : 0;
        }
        return saved;
    }

    /** Whether the saved entry of {@code pin} has Remote IRR set. */
    public boolean hasRemoteIrr(int pin) {
        return RedirectionEntry.hasRemoteIrr(entries[pin]);
    }

    /** This state but for the entry of {@code pin}, read-only bits included. */
    public SavedIoApic withEntry(int pin, long entry) {
        SavedIoApic changed = new SavedIoApic(entries.length);
        System.arraycopy(entries, 0, changed.entries, 0, entries.length);
        System.arraycopy(lines, 0, changed.lines, 0, lines.length);
        System.arraycopy(assertions, 0, changed.assertions, 0, assertions.length);
        changed.entries[pin] = entry;
        return changed;
    }

    /** Puts this state into {@code pins}; what is pending follows from it. An event is not part of it. */
    void restore(PinTable pins, IoApicProfile profile) {
        for (int pin = 0; pin < pins.pins(); pin++) {
            pins.setEntry(pin, entries[pin]);
            pins.setLineHigh(pin, lines[pin]);
            pins.setAssertions(pin, assertions[pin]);
            pins.forgetEois(pin);
            boolean event = profile.line() == IoApicProfile.LineModel.EVENTFD;
            pins.setPending(pin, !event && pins.isLevel(pin) && pins.isActive(pin));
        }
    }
}
