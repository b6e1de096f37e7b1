// SPDX-License-Identifier: Apache-2.0
package irqstorm.advise;

import irqstorm.kvm.IrqchipMode;
import irqstorm.machine.VmmProfile;
import irqstorm.profile.Confidence;
import irqstorm.profile.ProfileEntry;
import irqstorm.vmm.LapicModel;
import irqstorm.vmm.LapicModel.Suppression;
import irqstorm.vmm.SplitRoutes;
import irqstorm.vmm.SplitRoutes.EoiExits;
import java.util.Optional;

/**
 * What decides the verdicts of a profile and was not read in a current source: under split irqchip whether EOI exits arrive, and without
 * KVM's local APICs whether the guest is shown LVR bit 24.
 *
 * @param clause what is doubted and how sure it is, up to what happens if it is the other way round
 * @param otherwise the profile with it the other way round
 */
record Doubt(String clause, VmmProfile otherwise) {
    private static final String EOI_EXITS = "split.eoiExits";
    private static final String SUPPRESSION = "lapic.suppression";

    /** What is doubted of {@code entry} in an irqchip mode. */
    static Optional<Doubt> of(ProfileEntry entry, IrqchipMode irqchip) {
        VmmProfile profile = entry.profile();
        SplitRoutes split = profile.split();
        LapicModel lapic = profile.lapic();
        if (irqchip == IrqchipMode.SPLIT && split != null && isUnsure(entry, EOI_EXITS)) {
            return Optional.of(ofEoiExits(entry, split));
        }
        if (irqchip == IrqchipMode.NONE && lapic != null && isUnsure(entry, SUPPRESSION)) {
            return Optional.of(ofSuppression(entry, lapic));
        }
        return Optional.empty();
    }

    private static Doubt ofEoiExits(ProfileEntry entry, SplitRoutes split) {
        boolean arrive = split.eoiExits() == EoiExits.RESERVED;
        SplitRoutes other = new SplitRoutes(
                arrive ? EoiExits.UNRESERVED : EoiExits.RESERVED, split.maskedRoute(), split.vectorZero());
        String clause = arrive
                ? "that EOI exits arrive is " + sure(entry, EOI_EXITS) + ", and if they do not,"
                : "that no EOI exits arrive is " + sure(entry, EOI_EXITS) + ", and if they do,";
        VmmProfile profile = entry.profile();
        return new Doubt(clause, new VmmProfile(profile.ioApic(), profile.inKernel(), other, profile.lapic()));
    }

    private static Doubt ofSuppression(ProfileEntry entry, LapicModel lapic) {
        boolean shown = lapic.advertisesSuppression();
        LapicModel other = new LapicModel(
                lapic.place(),
                lapic.version(),
                shown ? Suppression.NOT_ADVERTISED : Suppression.ADVERTISED_IGNORED,
                lapic.broadcasts(),
                lapic.illegalVectors(),
                lapic.repeatedVector());
        String clause = shown
                ? "that its local APICs show LVR bit 24 is " + sure(entry, SUPPRESSION) + ", and if they do not,"
                : "that its local APICs do not show LVR bit 24 is " + sure(entry, SUPPRESSION) + ", and if they do,";
        VmmProfile profile = entry.profile();
        return new Doubt(clause, new VmmProfile(profile.ioApic(), profile.inKernel(), profile.split(), other));
    }

    private static boolean isUnsure(ProfileEntry entry, String path) {
        return entry.confidenceOf(path) != Confidence.VERIFIED;
    }

    /** How sure the reading of a field is, after "is". */
    static String sure(ProfileEntry entry, String path) {
        return switch (entry.confidenceOf(path)) {
            case VERIFIED -> "verified";
            case DEDUCED -> "deduced";
            case OLD -> "from an old version";
            case UNKNOWN -> "not established";
        };
    }
}
