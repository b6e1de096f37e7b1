// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.text;

import irqstorm.device.DeviceRecord;
import irqstorm.profile.Provenance;
import java.util.ArrayList;
import java.util.List;

/** Kinds of devices in text: all of them, or one with what is known of it. */
public final class DeviceText {
    private DeviceText() {}

    /** A table of {@code kinds}. */
    public static List<String> list(List<DeviceRecord> kinds, Paint paint) {
        TextTable table = new TextTable(
                TextTable.Column.text("kind"), TextTable.Column.text("line"), TextTable.Column.text("what it is"));
        for (DeviceRecord kind : kinds) {
            table.row(TextTable.Cell.of(kind.name()), TextTable.Cell.of(kind.line()), TextTable.Cell.of(kind.title()));
        }
        return table.lines(paint);
    }

    /** What is known of {@code kind}. */
    public static List<String> show(DeviceRecord kind) {
        List<String> lines = new ArrayList<>();
        Provenance provenance = kind.provenance();
        lines.add(kind.name() + ": " + kind.title());
        lines.addAll(ReadingText.source(provenance.project() + ", " + provenance.file(), provenance));
        lines.add("");
        lines.addAll(ReadingText.fields(kind.fields()));
        lines.addAll(ReadingText.remarks(provenance));
        return lines;
    }
}
