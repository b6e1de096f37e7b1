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
    private static final String TOKENS = "What the tokens mean: irqstorm profiles --help";

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
        lines.addAll(ReadingText.source(provenance.file(), provenance));
        lines.add(INDENT + "found under irqchip " + String.join(", ", profile.irqchips()));
        if (!profile.todaysFlags().isEmpty()) {
            lines.addAll(ReadingText.indented(
                    "KVM_CAP_X2APIC_API flags today: " + String.join(", ", profile.todaysFlags())));
        }
        for (ProfileUser user : profile.usedBy()) {
            lines.addAll(ReadingText.indented("also " + user.name() + ": " + user.project() + ", " + user.file() + ", "
                    + user.revision() + " (" + user.confidence().label() + ")"));
        }
        lines.add("");
        lines.addAll(ReadingText.fields(profile.fields()));
        lines.add("");
        lines.add("Behaviour fingerprint " + profile.fingerprint());
        profile.behaviour().forEach((title, outcome) -> lines.add(INDENT + String.format("%-22s", title) + outcome));
        lines.add(TOKENS);
        lines.addAll(ReadingText.remarks(provenance));
        return lines;
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
        int width = Math.max(one.name().length(), other.name().length()) + ": ".length();
        for (ProfileRecord.Difference scenario : one.behaviourDifferences(other)) {
            lines.add(scenario.path());
            lines.add(INDENT + Layout.pad(one.name() + ": ", width, false) + scenario.left());
            lines.add(INDENT + Layout.pad(other.name() + ": ", width, false) + scenario.right());
        }
        lines.add(TOKENS);
        return lines;
    }
}
