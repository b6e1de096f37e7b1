// SPDX-License-Identifier: Apache-2.0
package irqstorm.vmm;

import irqstorm.apic.LapicTraits;

/**
 * The local APIC that belongs to an I/O APIC where KVM has none.
 *
 * @param place where it runs
 * @param version LVR bits 7:0
 * @param suppression what it says of suppressing EOI broadcasts
 * @param broadcasts which EOIs it sends to the I/O APIC
 * @param illegalVectors what becomes of vectors 0 to 15
 * @param repeatedVector what a message is answered whose vector is in IRR already
 */
public record LapicModel(
        Place place,
        int version,
        Suppression suppression,
        Broadcasts broadcasts,
        IllegalVectors illegalVectors,
        RepeatedVector repeatedVector) {

    /** Checks the range of the version. */
    public LapicModel {
        if (version < 0 || version > 0xFF) {
            throw new IllegalArgumentException("version " + version + " does not fit eight bits");
        }
    }

    /** How its registers differ from others'. */
    public LapicTraits traits() {
        boolean strict = illegalVectors == IllegalVectors.REFUSED;
        boolean stores = suppression == Suppression.STORED_IGNORED;
        boolean repeats = repeatedVector == RepeatedVector.ACCEPTED;
        return new LapicTraits(version, strict, strict, strict, stores, !repeats, place == Place.VMM);
    }

    /** Whether LVR bit 24 is set. */
    public boolean advertisesSuppression() {
        return suppression == Suppression.ADVERTISED_IGNORED;
    }

    /** Where the local APIC runs. */
    public enum Place {
        /** In the VMM: an EOI is an exit to it. */
        VMM,
        /** In the hypervisor. */
        HYPERVISOR
    }

    /** What the local APIC says of suppressing EOI broadcasts; none of those known does it. */
    public enum Suppression {
        /** LVR bit 24 is clear and SPIV bit 12 cannot be set. */
        NOT_ADVERTISED,
        /** LVR bit 24 is clear, SPIV bit 12 can be set, and EOIs are broadcast all the same. */
        STORED_IGNORED,
        /** LVR bit 24 is set, and EOIs are broadcast all the same. */
        ADVERTISED_IGNORED
    }

    /** Which EOIs the local APIC sends to the I/O APIC. */
    public enum Broadcasts {
        /** Those of vectors whose TMR bit says level. */
        LEVEL,
        /** All. */
        ALL,
        /** None. */
        NONE;

        /** Whether the EOI of a vector with this TMR bit is sent. */
        public boolean includes(boolean level) {
            return this == ALL || this == LEVEL && level;
        }
    }

    /** What becomes of vectors 0 to 15. */
    public enum IllegalVectors {
        /** They are put into IRR. */
        TAKEN,
        /** They are not, and ESR says so. */
        REFUSED
    }

    /** What a message is answered whose vector is in IRR already. */
    public enum RepeatedVector {
        /** That it was accepted. */
        ACCEPTED,
        /** That it was not. */
        REFUSED
    }
}
