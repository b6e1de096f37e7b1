// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

/**
 * How one real I/O APIC behaves: a version of somebody's model as a value. Profiles are read from data files; {@link IoApic} acts on
 * them.
 *
 * @param name the profile's name, such as {@code qemu-ioapic-0x20}
 * @param version the low byte of the version register: 0x11 for an 82093AA, 0x20 for one with an EOI register
 * @param pins the number of redirection entries, 1 to 120
 * @param eoiRegister what a write to the EOI register at offset 0x40 does
 * @param eoiMatch which entries an EOI ends
 * @param broadcast what the model does with an EOI broadcast
 * @param onEoiAsserted what happens when an EOI finds the line of its pin still asserted
 * @param remoteIrrSet when Remote IRR is set
 * @param remoteIrrGates whether a set Remote IRR keeps a level pin from being delivered again
 * @param rteWrite what a write to a redirection entry does besides storing it
 * @param maskedLevel what becomes of a level that rises while its pin is masked
 * @param maskedEdge what becomes of an edge on a masked pin
 * @param edge which level changes of an edge pin count
 * @param polarity whether RTE bit 13 is honoured
 * @param lapicSuppression what the local APIC that belongs to this model says of suppressing EOI broadcasts
 * @param line how the sources of a pin are combined
 * @param save what survives a save and restore
 * @param provenance where this was read
 */
public record IoApicProfile(
        String name,
        int version,
        int pins,
        EoiRegister eoiRegister,
        EoiMatch eoiMatch,
        Broadcast broadcast,
        OnEoiAsserted onEoiAsserted,
        RemoteIrrSet remoteIrrSet,
        boolean remoteIrrGates,
        RteWrite rteWrite,
        MaskedLevel maskedLevel,
        MaskedEdge maskedEdge,
        Edge edge,
        Polarity polarity,
        LapicSuppression lapicSuppression,
        LineModel line,
        Save save,
        Provenance provenance) {

    /** The largest table the register interface can address: RTE n is registers 0x10 + 2n and 0x11 + 2n of 256. */
    public static final int MAX_PINS = 120;

    /** Checks the ranges of version and pins. */
    public IoApicProfile {
        if (version < 0 || version > 0xFF) {
            throw new IllegalArgumentException("version " + version + " does not fit eight bits");
        }
        if (pins < 1 || pins > MAX_PINS) {
            throw new IllegalArgumentException("pins " + pins + " is not from 1 to " + MAX_PINS);
        }
    }

    /** This profile with another reaction to an EOI that finds its line asserted. */
    public IoApicProfile withOnEoiAsserted(OnEoiAsserted reaction) {
        return new IoApicProfile(
                name,
                version,
                pins,
                eoiRegister,
                eoiMatch,
                broadcast,
                reaction,
                remoteIrrSet,
                remoteIrrGates,
                rteWrite,
                maskedLevel,
                maskedEdge,
                edge,
                polarity,
                lapicSuppression,
                line,
                save,
                provenance);
    }

    /** What a write to offset 0x40, the EOI register of version 0x20, does. */
    public enum EoiRegister {
        /** There is no such register: the write is ignored. */
        NONE,
        /** A write of any size ends the vector in its low byte. */
        ANY_SIZE,
        /** Only a 32-bit write ends the vector in its low byte. */
        DWORD_ONLY,
        /** The model stops the VMM. */
        FATAL
    }

    /**
     * Which redirection entries an EOI for a vector ends. The vector always has to match.
     *
     * @param level whether the entry must be level-triggered
     * @param remoteIrr whether the entry's Remote IRR must be set
     * @param tmr whether the local APIC's TMR bit of the vector must say level
     * @param scope how far the search goes
     */
    public record EoiMatch(boolean level, boolean remoteIrr, boolean tmr, Scope scope) {
        /** How far the search for matching entries goes. */
        public enum Scope {
            /** Every entry that matches. */
            ALL_PINS,
            /** The first entry with the vector, whether or not it matches otherwise. */
            FIRST_PIN,
            /** Every entry that matches, and then every asserted level pin is serviced, matching or not. */
            ALL_PINS_THEN_ACTIVE
        }
    }

    /** What the model does when a local APIC's EOI is broadcast to it. */
    public enum Broadcast {
        /** Nothing listens. */
        NONE,
        /** The EOI is carried out. */
        HONOURED,
        /** The EOI is carried out if the local APIC's TMR bit says level. */
        HONOURED_IF_TMR,
        /** The VMM stops. */
        FATAL
    }

    /** What happens when an EOI finds the line of its pin asserted and the pin unmasked. */
    public sealed interface OnEoiAsserted {
        /** Nothing ever. */
        record None() implements OnEoiAsserted {}

        /** The interrupt is delivered again at once. */
        record Immediate() implements OnEoiAsserted {}

        /**
         * The interrupt is delivered again at once, but after {@code limit} successive EOIs of this kind only after a delay.
         *
         * @param limit how many such EOIs in a row trigger the delay, at least 1
         * @param delayNanos the delay in nanoseconds
         * @param resetOnRteWrite whether writing the entry sets the count to 0
         */
        record Throttled(int limit, long delayNanos, boolean resetOnRteWrite) implements OnEoiAsserted {
            /** Checks the ranges. */
            public Throttled {
                if (limit < 1 || delayNanos < 0) {
                    throw new IllegalArgumentException("throttle of " + limit + " EOIs and " + delayNanos + " ns");
                }
            }
        }

        /**
         * The line is forced low and the device is asked, after a latency, whether it still asserts.
         *
         * @param latencyNanos how long the device's thread takes to answer, nanoseconds
         */
        record Resample(long latencyNanos) implements OnEoiAsserted {}

        /** The interrupt is delivered when the pins are serviced the next time for another reason. */
        record NextService() implements OnEoiAsserted {}
    }

    /** When Remote IRR is set. */
    public enum RemoteIrrSet {
        /** Never. */
        NEVER,
        /** Before the message is sent, whatever becomes of it. */
        BEFORE_DELIVERY,
        /** When the message was sent. */
        IF_DELIVERED,
        /** When a local APIC accepted the message. */
        IF_ACCEPTED
    }

    /**
     * What a write to a redirection entry does besides storing the writable bits.
     *
     * @param remoteIrr what becomes of Remote IRR
     * @param edgeSwitchClears whether a write that makes the pin edge-triggered clears Remote IRR
     * @param reEvaluate which pins with something pending are serviced afterwards
     */
    public record RteWrite(RemoteIrrOnWrite remoteIrr, boolean edgeSwitchClears, ReEvaluate reEvaluate) {
        /** What a write of the low half does to Remote IRR. */
        public enum RemoteIrrOnWrite {
            /** It is read-only. */
            PRESERVE,
            /** It becomes 0. */
            ZERO,
            /** It becomes what is written. */
            GUEST_WRITABLE
        }

        /** Which pins are serviced after the write. */
        public enum ReEvaluate {
            /** None. */
            NONE,
            /** Asserted level pins. */
            LEVEL,
            /** Asserted level pins and edge pins with a latched edge. */
            LEVEL_AND_EDGE
        }
    }

    /** What becomes of a level that rises while its pin is masked. */
    public enum MaskedLevel {
        /** It is delivered when the pin is unmasked, if it is still there. */
        KEPT,
        /** It is forgotten until the line rises again. */
        LOST,
        /** It is delivered when the pin is unmasked, even if the line has fallen (an event counter remembers it). */
        DEFERRED
    }

    /** What becomes of an edge on a masked pin. */
    public enum MaskedEdge {
        /** It is lost. */
        LOST,
        /** It stays latched, but unmasking does not deliver it. */
        KEPT_NOT_REPLAYED,
        /** It is delivered when the pin is unmasked. */
        DEFERRED
    }

    /** Which level changes of an edge pin are interrupts. */
    public enum Edge {
        /** Every call that sets the line high. */
        PER_CALL,
        /** Only a change from low to high. */
        RISING_ONLY,
        /** Every call; those that cannot be delivered are counted and merge into one. */
        COUNTED
    }

    /** Whether RTE bit 13 has an effect. */
    public enum Polarity {
        /** The line's level is the assertion, whatever the bit says. */
        IGNORED,
        /** A low line is asserted where the bit is set. */
        HONOURED
    }

    /** What the local APIC of the same VMM says and does about suppressing EOI broadcasts. */
    public enum LapicSuppression {
        /** LVR bit 24 is clear and SPIV bit 12 cannot be set. */
        NOT_ADVERTISED,
        /** LVR bit 24 is set, and EOIs are broadcast all the same. */
        ADVERTISED_IGNORED,
        /** The local APIC is KVM's; the KVM_CAP_X2APIC_API flags decide. */
        KVM_MODE
    }

    /** How the sources of one pin are combined. */
    public enum LineModel {
        /** The line is high while any source holds it. */
        LEVEL_OR,
        /** Assertions are counted; the line is high while the count is positive. */
        COUNTER,
        /** A source signals events; there is no level. */
        EVENTFD
    }

    /**
     * What a saved state keeps.
     *
     * @param remoteIrr whether Remote IRR is saved
     * @param line whether the lines' levels are saved
     */
    public record Save(boolean remoteIrr, boolean line) {}

    /**
     * Where the behaviour was read.
     *
     * @param project the software
     * @param file the file in it
     * @param revision the commit or version that was read
     * @param date when it was current, as far as known
     * @param confidence how sure the reading is, in words
     */
    public record Provenance(String project, String file, String revision, String date, String confidence) {}
}
