// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.text;

import irqstorm.profile.ProfileRecord;
import irqstorm.profile.ProfileUser;
import irqstorm.profile.Provenance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Profiles in text: all of them with their fingerprints, one with what is known of it, two with where they differ. */
public final class ProfileText {
    private static final String INDENT = "  ";

    private ProfileText() {}

    /** A table of {@code profiles}; those whose I/O APICs behave alike have the same fingerprint. */
    public static List<String> list(List<ProfileRecord> profiles, Paint paint) {
        TextTable table = new TextTable(
                TextTable.Column.text("profile"),
                TextTable.Column.text("version"),
                TextTable.Column.text("irqchip"),
                TextTable.Column.text("fingerprint"),
                TextTable.Column.text("behaves as"));
        Map<String, String> first = new LinkedHashMap<>();
        for (ProfileRecord profile : profiles) {
            String alike = first.putIfAbsent(profile.fingerprint(), profile.name());
            table.row(
                    TextTable.Cell.of(profile.name()),
                    TextTable.Cell.of(profile.value("version")),
                    TextTable.Cell.of(String.join(", ", profile.irqchips())),
                    TextTable.Cell.of(profile.fingerprint()),
                    TextTable.Cell.of(alike == null ? "" : alike));
        }
        return table.lines(paint);
    }

    /** What is known of {@code profile}. */
    public static List<String> show(ProfileRecord profile) {
        List<String> lines = new ArrayList<>();
        Provenance provenance = profile.provenance();
        lines.add(profile.name() + ": " + provenance.project());
        lines.add(INDENT + "read in " + provenance.file() + ", " + provenance.revision() + ", " + provenance.date());
        lines.add(INDENT + "found under irqchip " + String.join(", ", profile.irqchips()));
        if (!profile.todaysFlags().isEmpty()) {
            lines.add(INDENT + "KVM_CAP_X2APIC_API flags today: " + String.join(", ", profile.todaysFlags()));
        }
        for (ProfileUser user : profile.usedBy()) {
            lines.add(INDENT + "also " + user.name() + ": " + user.project() + ", " + user.file() + ", "
                    + user.revision() + " (" + user.confidence().label() + ")");
        }
        lines.add("");
        for (ProfileRecord.Field field : profile.fields()) {
            lines.add(INDENT
                    + String.format("%-36s %-22s", field.path(), field.value())
                    + field.confidence().label());
        }
        lines.add("");
        lines.add("Behaviour fingerprint " + profile.fingerprint());
        profile.behaviour().forEach((title, outcome) -> lines.add(INDENT + String.format("%-22s", title) + outcome));
        addTexts(lines, "References", provenance.references());
        addTexts(lines, "Notes", provenance.notes());
        return lines;
    }

    /** Adds {@code texts}, if there are any, under a heading. */
    static void addTexts(List<String> lines, String heading, List<String> texts) {
        if (!texts.isEmpty()) {
            lines.add("");
            lines.add(heading);
            texts.forEach(text -> lines.addAll(Layout.hanging(INDENT + "-", text, 4)));
        }
    }

    /** Where {@code one} and {@code other} differ: in their fields, and in what that leads to. */
    public static List<String> diff(ProfileRecord one, ProfileRecord other) {
        List<String> lines = new ArrayList<>();
        for (ProfileRecord.Difference field : one.fieldDifferences(other)) {
            lines.add(field.path() + ": " + field.left() + " | " + field.right());
        }
        if (one.fingerprint().equals(other.fingerprint())) {
            lines.add("The I/O APICs behave alike in all ten micro-scenarios (" + one.fingerprint() + ").");
            return lines;
        }
        lines.add("");
        for (ProfileRecord.Difference scenario : one.behaviourDifferences(other)) {
            lines.add(scenario.path());
            lines.add(INDENT + one.name() + ": " + scenario.left());
            lines.add(INDENT + other.name() + ": " + scenario.right());
        }
        return lines;
    }
}
