// SPDX-License-Identifier: Apache-2.0
package irqstorm.advise;

import irqstorm.apic.IoApicProfile;
import irqstorm.apic.IoApicProfile.EoiRegister;
import irqstorm.apic.IoApicProfile.LevelTriggered;
import irqstorm.check.Verdict;
import irqstorm.kvm.IrqchipMode;
import irqstorm.profile.ProfileEntry;
import irqstorm.vmm.LapicModel;
import irqstorm.vmm.SplitRoutes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Says in one sentence why a flag is recommended: what it does here, what the others do, and what the advice rests on. */
final class RecommendationReason {
    private static final int FIRST_VERSION_WITH_EOI_REGISTER = 0x20;
    private static final Predicate<AdvisedGuest> BOOTS = AdvisedGuest::fresh;
    private static final Predicate<AdvisedGuest> RESUMED = AdvisedGuest::usesDirectedEoi;

    private final ProfileEntry entry;
    private final IrqchipMode irqchip;
    private final List<AdviceCell> cells;
    private final List<String> clauses = new ArrayList<>();

    RecommendationReason(ProfileEntry entry, IrqchipMode irqchip, List<AdviceCell> cells) {
        this.entry = entry;
        this.irqchip = irqchip;
        this.cells = cells;
    }

    /** Whether the I/O APIC of {@code entry} has an EOI register that ends an interrupt. */
    static boolean hasEoiRegister(ProfileEntry entry) {
        EoiRegister register = entry.profile().ioApic().eoiRegister();
        return register == EoiRegister.ANY_SIZE || register == EoiRegister.DWORD_ONLY;
    }

    /** Why no flag is needed. */
    String ofNone() {
        LapicModel lapic = entry.profile().lapic();
        if (irqchip == IrqchipMode.KERNEL || lapic == null) {
            clauses.add("no flag is needed, since KVM does not show LVR bit 24 with its own I/O APIC");
            if (wrong(SuppressFlag.DISABLE, BOOTS).isEmpty()) {
                clauses.add("DISABLE is right as well");
            }
            addWrong(SuppressFlag.ENABLE, BOOTS, "");
        } else {
            clauses.add("no flag is needed, since KVM's local APICs are not in use"
                    + (lapic.advertisesSuppression() ? "" : " and those that are do not show LVR bit 24"));
        }
        addWrong(SuppressFlag.NONE, RESUMED, "");
        addDoubt(SuppressFlag.NONE);
        return sentence();
    }

    /** Why {@code flag} is recommended, with which every guest that boots is right. */
    String ofSafe(SuppressFlag flag) {
        SuppressFlag other = flag == SuppressFlag.ENABLE ? SuppressFlag.DISABLE : SuppressFlag.ENABLE;
        if (flag == SuppressFlag.ENABLE) {
            clauses.add(
                    "ENABLE suppresses the early LAPIC EOI, and the guest's write to the EOI register ends the interrupt");
        } else {
            clauses.add(
                    "DISABLE hides LVR bit 24, and the guest ends the LAPIC interrupt after the device is serviced");
        }
        if (!hasEoiRegister(entry)) {
            boolean enableIsRight = wrong(SuppressFlag.ENABLE, BOOTS).isEmpty();
            clauses.add("the I/O APIC has no EOI register" + despiteVersion()
                    + (enableIsRight ? ", and ENABLE is right only because " + luck() : ""));
        }
        addWrong(other, BOOTS.or(RESUMED), "");
        addWrong(SuppressFlag.NONE, BOOTS, "");
        addWrong(flag, RESUMED, " until the guest is reset");
        addDoubt(flag);
        return sentence();
    }

    /** Why {@code flag} is the best there is. */
    String ofLeastWrong(SuppressFlag flag) {
        clauses.add("no flag is right for every guest that boots");
        addWrong(flag, BOOTS.or(RESUMED), "");
        SplitRoutes split = entry.profile().split();
        if (split != null && split.eoiExits() == SplitRoutes.EoiExits.UNRESERVED) {
            clauses.add("KVM produces EOI exits only for the GSIs that KVM_CAP_SPLIT_IRQCHIP reserved,"
                    + " and the routes of the pins have others");
        }
        addDoubt(flag);
        return sentence();
    }

    /** Why nothing is recommended. */
    String ofNothing() {
        clauses.add(
                irqchip == IrqchipMode.SPLIT
                        ? "no flag is safe"
                        : "no flag helps, since KVM's local APICs are not in use");
        Optional<String> wrong = wrong(SuppressFlag.NONE, BOOTS);
        if (wrong.equals(wrong(SuppressFlag.ENABLE, BOOTS)) && wrong.equals(wrong(SuppressFlag.DISABLE, BOOTS))) {
            wrong.ifPresent(list -> clauses.add("with any and with none " + list));
        } else {
            addWrong(SuppressFlag.NONE, BOOTS, "");
        }
        cells.stream()
                .filter(cell -> cell.flag() == SuppressFlag.NONE && BOOTS.test(cell.guest()) && !cell.isOk())
                .findFirst()
                .ifPresent(cell -> clauses.add(uncapitalized(cell.cause())));
        addDoubt(SuppressFlag.NONE);
        return sentence();
    }

    private void addWrong(SuppressFlag flag, Predicate<AdvisedGuest> guests, String until) {
        wrong(flag, guests)
                .ifPresent(list ->
                        clauses.add((flag == SuppressFlag.NONE ? "without a flag " : "with " + flag.shortLabel() + " ")
                                + list
                                + until));
    }

    /** Those of the guests that are not right with {@code flag}. */
    private Optional<String> wrong(SuppressFlag flag, Predicate<AdvisedGuest> guests) {
        String list = cells.stream()
                .filter(cell -> cell.flag() == flag && guests.test(cell.guest()) && !cell.isOk())
                .map(RecommendationReason::verdict)
                .collect(Collectors.joining(" and "));
        return Optional.of(list).filter(text -> !text.isEmpty());
    }

    private static String verdict(AdviceCell cell) {
        Double rate = cell.deliveriesPerSecond();
        return cell.guest().name() + " " + does(cell.verdict())
                + (rate == null ? "" : " (" + CellRemark.rate(rate) + "/s)");
    }

    private static String does(Verdict verdict) {
        return switch (verdict) {
            case OK -> "is right";
            case STORM -> "storms";
            case STUCK -> "gets stuck";
            case LOST -> "loses interrupts";
            case VMM_STOPPED -> "stops the VMM";
            case GUEST_KILLED -> "is killed";
            case HOST_DOWN -> "takes the host down";
            case REFUSED -> "is refused";
        };
    }

    private String despiteVersion() {
        IoApicProfile chip = entry.profile().ioApic();
        return chip.version() < FIRST_VERSION_WITH_EOI_REGISTER
                ? ""
                : String.format(", although its version says 0x%02x", chip.version());
    }

    /** Why a suppressed EOI that nothing makes up for does no harm. */
    private String luck() {
        return entry.profile().ioApic().levelTriggered() == LevelTriggered.SUPPORTED
                ? "Remote IRR does not gate delivery"
                : "it has no level-triggered interrupts";
    }

    /** What happens if what the profile is least sure of is the other way round. */
    private void addDoubt(SuppressFlag flag) {
        String changed = cells.stream()
                .filter(cell -> cell.flag() == flag && BOOTS.test(cell.guest()))
                .map(RecommendationReason::otherwise)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" and "));
        if (!changed.isEmpty()) {
            Doubt.of(entry, irqchip).ifPresent(doubt -> clauses.add(doubt.clause() + " " + changed));
        }
    }

    private static String otherwise(AdviceCell cell) {
        Verdict verdict = cell.otherwise();
        return verdict == null || verdict == cell.verdict() ? "" : cell.guest().name() + " " + does(verdict);
    }

    private static String uncapitalized(String sentence) {
        String start = sentence.substring(0, 1).toLowerCase(Locale.ROOT);
        return start + sentence.substring(1, sentence.length() - 1);
    }

    private String sentence() {
        String text = String.join("; ", clauses) + ".";
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
