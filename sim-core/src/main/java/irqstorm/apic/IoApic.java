// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

import irqstorm.state.StateStore;

/**
 * An I/O APIC: input lines, redirection table, Remote IRR, the end of an interrupt and the re-injection throttle, as {@link
 * IoApicProfile} says a real one behaves.
 *
 * <p>The hardware is the 82093AA (version 0x11) and, for the EOI register, its successors (version 0x20); the deviations are those of
 * {@code arch/x86/kvm/ioapic.c}, QEMU's {@code hw/intc/ioapic.c} and other VMMs. Registers are reached through {@link IoApicWindow}.
 */
public final class IoApic {
    private final IoApicProfile profile;
    private final PinTable pins;
    private final PinService service;
    private final LineInput lines;
    private final EoiHandling eois;
    private final EntryWrites writes;

    /** An I/O APIC after reset: every line low. */
    public IoApic(StateStore store, IoApicProfile profile, IoApicOutput output) {
        this.profile = profile;
        this.pins = new PinTable(store, profile);
        this.service = new PinService(profile, pins, output);
        this.lines = new LineInput(profile, pins, service, output);
        this.eois = new EoiHandling(profile, pins, service, lines, output);
        this.writes = new EntryWrites(profile, pins, service, output);
    }

    /** How this I/O APIC behaves. */
    public IoApicProfile profile() {
        return profile;
    }

    /** The 64 bits of the redirection entry of {@code pin}. */
    public long entry(int pin) {
        return pins.entry(pin);
    }

    /** Whether the sources of {@code pin} hold its line high. */
    public boolean isLineHigh(int pin) {
        return pins.isLineHigh(pin);
    }

    /** How many EOIs in a row have found the line of {@code pin} asserted. */
    public int successiveEois(int pin) {
        return pins.successiveEois(pin);
    }

    /**
     * The sources of {@code pin} drive its line to a level. A call that repeats a level counts: an emulated bus calls whenever one of
     * several sources changes. Where the profile counts calls, each source calls for itself.
     */
    public void setLine(int pin, boolean high) {
        lines.setLine(pin, high);
    }

    /**
     * A local APIC's EOI arrives.
     *
     * @param vector the vector that was ended
     * @param level the local APIC's TMR bit of the vector
     * @throws FatalModelError if the model cannot take an EOI
     */
    public void broadcastEoi(int vector, boolean level) {
        switch (profile.broadcast()) {
            case HONOURED -> eois.end(vector, level);
            case FATAL ->
                throw new FatalModelError(
                        FatalModelError.Cause.EOI, profile.name() + " stops on the EOI of vector " + vector);
            case NONE -> {}
        }
    }

    /** A local APIC's EOI of {@code vector} is kept from the chip; sources that are told of every EOI of the vector hear of it. */
    public void eoiSuppressed(int vector) {
        eois.suppressed(vector);
    }

    /**
     * Whether a write of {@code size} bytes to the EOI register is carried out, and not ignored.
     *
     * @throws FatalModelError if the model stops on it
     */
    public boolean takesDirectedEoi(int size) {
        return switch (profile.eoiRegister()) {
            case NONE -> false;
            case ANY_SIZE -> true;
            case DWORD_ONLY -> size == Integer.BYTES;
            case FATAL ->
                throw new FatalModelError(
                        FatalModelError.Cause.EOI_REGISTER, profile.name() + " stops on a write to its EOI register");
        };
    }

    /** The EOI register takes {@code vector}. */
    void directedEoi(int vector) {
        eois.end(vector, true);
    }

    /** The delay of the throttle is over: one timer serves every pin on which something is due. */
    public void throttleExpired() {
        service.serviceDue();
    }

    /** The level that the sources of {@code pin} hold at power-on; nothing comes of it. */
    public void setIdleLine(int pin, boolean high) {
        pins.setLineHigh(pin, high);
        pins.setAssertions(pin, high ? 1 : 0);
    }

    /** Writes the low or the high half of the entry of {@code pin}. */
    void writeEntry(int pin, boolean high, long value) {
        writes.write(pin, high, value);
    }

    /** What the profile saves of the state. */
    public SavedIoApic save() {
        return SavedIoApic.of(pins, profile.save());
    }

    /** Puts back a state that an I/O APIC with as many pins saved; its owner's routes are not touched. */
    public void restore(SavedIoApic saved) {
        saved.restore(pins, profile);
        if (profile.save().service()) {
            service.serviceDue();
        }
    }
}
