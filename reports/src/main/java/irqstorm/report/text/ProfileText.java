// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.text;

import irqstorm.kvm.IrqchipMode;
import irqstorm.profile.BehaviourFingerprint;
import irqstorm.profile.MicroScenario;
import irqstorm.profile.ProfileEntry;
import irqstorm.profile.ProfileUser;
import irqstorm.profile.Provenance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Profiles in text: all of them with their fingerprints, one with what is known of it, two with where they differ. */
public final class ProfileText {
    private static final String INDENT = "  ";

    private ProfileText() {}

    /** A table of {@code entries}; profiles whose I/O APICs behave alike have the same fingerprint. */
    public static List<String> list(List<ProfileEntry> entries, Paint paint) {
        TextTable table = new TextTable(
                TextTable.Column.text("profile"),
                TextTable.Column.text("version"),
                TextTable.Column.text("irqchip"),
                TextTable.Column.text("fingerprint"),
                TextTable.Column.text("behaves as"));
        Map<BehaviourFingerprint, String> first = new LinkedHashMap<>();
        for (ProfileEntry entry : entries) {
            BehaviourFingerprint fingerprint =
                    BehaviourFingerprint.of(entry.profile().ioApic());
            String alike = first.putIfAbsent(fingerprint, entry.name());
            table.row(
                    TextTable.Cell.of(entry.name()),
                    TextTable.Cell.of(
                            String.format("0x%02x", entry.profile().ioApic().version())),
                    TextTable.Cell.of(hosts(entry)),
                    TextTable.Cell.of(fingerprint.digest()),
                    TextTable.Cell.of(alike == null ? "" : alike));
        }
        return table.lines(paint);
    }

    private static String hosts(ProfileEntry entry) {
        return entry.profile().hosts().stream().map(IrqchipMode::label).collect(Collectors.joining(", "));
    }

    /** What is known of {@code entry}. */
    public static List<String> show(ProfileEntry entry) {
        List<String> lines = new ArrayList<>();
        Provenance provenance = entry.provenance();
        lines.add(entry.name() + ": " + provenance.project());
        lines.add(INDENT + "read in " + provenance.file() + ", " + provenance.revision() + ", " + provenance.date());
        lines.add(INDENT + "found under irqchip " + hosts(entry));
        if (!entry.todaysFlags().isEmpty()) {
            lines.add(INDENT + "KVM_CAP_X2APIC_API flags today: "
                    + entry.todaysFlags().stream().map(Enum::name).collect(Collectors.joining(", ")));
        }
        for (ProfileUser user : entry.usedBy()) {
            lines.add(INDENT + "also " + user.name() + ": " + user.project() + ", " + user.file() + ", "
                    + user.revision() + " (" + user.confidence().label() + ")");
        }
        lines.add("");
        ProfileFields.of(entry.profile())
                .forEach((path, value) -> lines.add(INDENT
                        + String.format("%-28s %-24s", path, value)
                        + entry.confidenceOf(path).label()));
        lines.add("");
        BehaviourFingerprint fingerprint =
                BehaviourFingerprint.of(entry.profile().ioApic());
        lines.add("Behaviour fingerprint " + fingerprint.digest());
        for (MicroScenario scenario : MicroScenario.values()) {
            lines.add(INDENT + String.format("%-22s", scenario.title()) + fingerprint.outcome(scenario));
        }
        addTexts(lines, "References", provenance.references());
        addTexts(lines, "Notes", provenance.notes());
        return lines;
    }

    private static void addTexts(List<String> lines, String heading, List<String> texts) {
        if (!texts.isEmpty()) {
            lines.add("");
            lines.add(heading);
            texts.forEach(text -> lines.add(INDENT + text));
        }
    }

    /** Where {@code one} and {@code other} differ: in their fields, and in what that leads to. */
    public static List<String> diff(ProfileEntry one, ProfileEntry other) {
        List<String> lines = new ArrayList<>();
        Map<String, String> left = ProfileFields.of(one.profile());
        Map<String, String> right = ProfileFields.of(other.profile());
        Map<String, String> paths = new LinkedHashMap<>(left);
        right.forEach(paths::putIfAbsent);
        for (String path : paths.keySet()) {
            String a = left.getOrDefault(path, "-");
            String b = right.getOrDefault(path, "-");
            if (!a.equals(b) && !path.equals("name")) {
                lines.add(path + ": " + a + " | " + b);
            }
        }
        BehaviourFingerprint a = BehaviourFingerprint.of(one.profile().ioApic());
        BehaviourFingerprint b = BehaviourFingerprint.of(other.profile().ioApic());
        if (a.equals(b)) {
            lines.add("The I/O APICs behave alike in all ten micro-scenarios (" + a.digest() + ").");
            return lines;
        }
        lines.add("");
        for (MicroScenario scenario : MicroScenario.values()) {
            if (!a.outcome(scenario).equals(b.outcome(scenario))) {
                lines.add(scenario.title());
                lines.add(INDENT + one.name() + ": " + a.outcome(scenario));
                lines.add(INDENT + other.name() + ": " + b.outcome(scenario));
            }
        }
        return lines;
    }
}
