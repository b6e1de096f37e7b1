// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

/**
 * How one real I/O APIC behaves: a version of somebody's model as a value. Profiles are read from data files; {@link IoApic} acts on
 * them.
 *
 * @param name the profile's name, such as {@code qemu-ioapic-0x20}
 * @param version the low byte of the version register: 0x11 for an 82093AA, 0x20 for one with an EOI register
 * @param pins the number of redirection entries, 1 to 120
 * @param powerOnEntry what a redirection entry holds after reset
 * @param eoiRegister what a write to the EOI register at offset 0x40 does
 * @param eoiMatch which entries an EOI ends
 * @param broadcast what the model does with an EOI that reaches it; which EOIs are sent is the local APIC's business
 * @param onEoiAsserted what happens when an EOI finds the line of its pin still asserted
 * @param eventSources how sources learn of an EOI that signal once and then wait for it
 * @param remoteIrrSet when Remote IRR is set
 * @param remoteIrrGates what a set Remote IRR keeps from being delivered
 * @param rteWrite what a write to a redirection entry does besides storing it
 * @param service which pins are looked at when something may be deliverable
 * @param levelTriggered what becomes of level-triggered entries
 * @param maskedLevel what becomes of a level that rises while its pin is masked
 * @param maskedEdge what becomes of an edge on a masked pin
 * @param level which calls on a level pin are looked at
 * @param edge which calls on an edge pin are interrupts
 * @param polarity whether RTE bit 13 is honoured
 * @param line how calls become the level of a line
 * @param save what survives a save and restore
 */
public record IoApicProfile(
        String name,
        int version,
        int pins,
        PowerOnEntry powerOnEntry,
        EoiRegister eoiRegister,
        EoiMatch eoiMatch,
        Broadcast broadcast,
        OnEoiAsserted onEoiAsserted,
        EventSources eventSources,
        RemoteIrrSet remoteIrrSet,
        RemoteIrrGates remoteIrrGates,
        RteWrite rteWrite,
        Service service,
        LevelTriggered levelTriggered,
        MaskedLevel maskedLevel,
        MaskedEdge maskedEdge,
        Level level,
        Edge edge,
        Polarity polarity,
        LineModel line,
        Save save) {

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
                powerOnEntry,
                eoiRegister,
                eoiMatch,
                broadcast,
                reaction,
                eventSources,
                remoteIrrSet,
                remoteIrrGates,
                rteWrite,
                service,
                levelTriggered,
                maskedLevel,
                maskedEdge,
                level,
                edge,
                polarity,
                line,
                save);
    }

    /** What a redirection entry holds after reset. */
    public enum PowerOnEntry {
        /** Only the mask bit, as the datasheet has it. */
        MASKED,
        /** Nothing: an unmasked edge pin with vector 0. */
        ZERO
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

    /** What the model does when a local APIC's EOI reaches it. */
    public enum Broadcast {
        /** Nothing listens. */
        NONE,
        /** The EOI is carried out. */
        HONOURED,
        /** The VMM stops. */
        FATAL
    }

    /** What happens when an EOI finds the line of its pin asserted and the pin unmasked. */
    public sealed interface OnEoiAsserted {
        /** Nothing ever. */
        record None() implements OnEoiAsserted {}

        /** The interrupt is delivered again at once. */
        record Immediate() implements OnEoiAsserted {}

        /** The interrupt is delivered again at once, and that of an edge pin whose line is asserted too. */
        record ImmediateAnyTrigger() implements OnEoiAsserted {}

        /**
         * The interrupt is delivered again at once, but after {@code limit} successive EOIs of this kind only after a delay.
         *
         * @param limit how many such EOIs in a row trigger the delay, at least 1
         * @param delayNanos the delay in nanoseconds
         * @param resetOnRteWrite whether writing the entry sets the count to 0
         * @param outlivesVm whether a delayed delivery still happens after the VM was destroyed
         */
        record Throttled(int limit, long delayNanos, boolean resetOnRteWrite, boolean outlivesVm)
                implements OnEoiAsserted {
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

    /**
     * How sources learn of an EOI that signal an event once and then keep quiet until they are told to look again (VFIO with an
     * unmask eventfd, irqfd with a resample eventfd, pass-through behind a hypervisor).
     *
     * @param told which EOIs they are told of
     * @param edgeSwitch whether they are told also when their pin is made edge-triggered
     * @param bypassesChip whether their events go to the local APICs without the I/O APIC, and so leave Remote IRR alone
     */
    public record EventSources(Told told, boolean edgeSwitch, boolean bypassesChip) {
        /** Which EOIs the sources of a pin are told of. */
        public enum Told {
            /** None. */
            NONE,
            /** Those of the pin's vector, whatever its trigger mode and whether or not the EOI ends it (KVM's ack notifiers). */
            VECTOR,
            /** Those of the pin's vector if the pin is level-triggered, whether or not the EOI ends it. */
            LEVEL,
            /** Those that end the pin. */
            ENDED
        }
    }

    /** What a set Remote IRR holds back. */
    public enum RemoteIrrGates {
        /** Every delivery of its level pin. */
        ALWAYS,
        /** Every delivery of its level pin but that of a rise of the line. */
        EXCEPT_RISE,
        /** Nothing. */
        NEVER
    }

    /** When Remote IRR is set. */
    public enum RemoteIrrSet {
        /** Never. */
        NEVER,
        /** Before the message is sent, whatever becomes of it. */
        BEFORE_DELIVERY,
        /** After the message was sent, whatever the local APICs say. */
        IF_DELIVERED,
        /** When a local APIC accepted the message. */
        IF_ACCEPTED
    }

    /**
     * What a write to a redirection entry does besides storing the writable bits.
     *
     * @param remoteIrr what becomes of Remote IRR
     * @param edgeSwitchClears whether a write that makes the pin edge-triggered clears Remote IRR
     * @param reEvaluate what is serviced afterwards
     * @param oldRouteFirst whether a delivery that the write causes still goes out with the old vector and destination
     */
    public record RteWrite(
            RemoteIrrOnWrite remoteIrr, boolean edgeSwitchClears, ReEvaluate reEvaluate, boolean oldRouteFirst) {
        /** What a write of the low half does to Remote IRR. */
        public enum RemoteIrrOnWrite {
            /** It is read-only. */
            PRESERVE,
            /** It becomes 0. */
            ZERO,
            /** It becomes what is written. */
            GUEST_WRITABLE
        }

        /** What is serviced after the write; {@link Service} says which pins are looked at. */
        public enum ReEvaluate {
            /** Nothing. */
            NONE,
            /** Asserted level pins, and edges that were deferred. */
            LEVEL,
            /** Those, and edge pins whose line is asserted. */
            LEVEL_AND_EDGE
        }
    }

    /** Which pins are looked at when a line rises, an entry is written or an interrupt is delivered again. */
    public enum Service {
        /** The pin alone. */
        ONE_PIN,
        /** Every pin with something pending. */
        ALL_PINS
    }

    /** What becomes of level-triggered entries. */
    public enum LevelTriggered {
        /** They are level-triggered. */
        SUPPORTED,
        /** A rise sends once, with the level bit in the message, and nothing more is known of the level. */
        AS_EDGE,
        /** Nothing is sent. */
        REFUSED
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

    /** Which calls on a level pin are looked at. */
    public enum Level {
        /** Every call that sets the line high. */
        PER_CALL,
        /** Only a change from low to high. */
        RISING_ONLY
    }

    /** Which calls on an edge pin are interrupts. */
    public enum Edge {
        /** Every call that sets the line high. */
        PER_CALL,
        /** Only a change from low to high. */
        RISING_ONLY
    }

    /** Whether RTE bit 13 has an effect. */
    public enum Polarity {
        /** The line's level is the assertion, whatever the bit says. */
        IGNORED,
        /** A low line is asserted where the bit is set. */
        HONOURED
    }

    /** How calls become the level of a line. */
    public enum LineModel {
        /** The last call counts; the caller combines the sources. */
        LEVEL_OR,
        /** Calls are counted, up and down and below zero too; the line is high while the count is positive. */
        COUNTER,
        /** As a counter, but not below zero. */
        SATURATING_COUNTER,
        /** A call that sets the line high is an event that a delivery consumes; there is no level. */
        EVENTFD;

        /** Whether calls are counted. */
        public boolean counts() {
            return this == COUNTER || this == SATURATING_COUNTER;
        }
    }

    /**
     * What a saved state keeps.
     *
     * @param remoteIrr whether Remote IRR is saved
     * @param line whether the lines' levels are saved
     * @param service whether restoring delivers what is pending
     */
    public record Save(boolean remoteIrr, boolean line, boolean service) {}
}
