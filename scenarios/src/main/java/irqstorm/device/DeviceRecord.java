// SPDX-License-Identifier: Apache-2.0
package irqstorm.device;

import irqstorm.machine.Signalling;
import irqstorm.profile.Provenance;
import irqstorm.profile.ReadField;
import irqstorm.units.DurationText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * All that reports say of a kind of device, in words and numbers.
 *
 * @param name its name in scenarios
 * @param title what it is
 * @param line its line model, as a kind's file has it
 * @param fields its fields in the order of a kind's file
 * @param provenance where it was read
 */
public record DeviceRecord(String name, String title, String line, List<ReadField> fields, Provenance provenance) {
    /** What there is to say of {@code kind}. */
    public static DeviceRecord of(DeviceKind kind) {
        List<ReadField> fields = new ArrayList<>();
        Signalling signalling = kind.signalling();
        String line = LineModel.of(signalling).label();
        add(fields, kind, "line", line);
        kind.assertedWhile().ifPresent(condition -> add(fields, kind, "assertedWhile", condition));
        add(fields, kind, "accesses", String.valueOf(signalling.accesses()));
        if (signalling instanceof Signalling.Level level && level.minimumRiseGapNanos() > 0) {
            add(fields, kind, "minimumRiseGap", DurationText.format(level.minimumRiseGapNanos()));
        } else if (signalling instanceof Signalling.EventPerUnmask events) {
            String unmask = events.unmask().name().toLowerCase(Locale.ROOT).replace('_', '-');
            add(fields, kind, "unmask", unmask);
            add(fields, kind, "unmaskLatency", DurationText.format(events.unmaskLatencyNanos()));
        }
        return new DeviceRecord(kind.name(), kind.title(), line, List.copyOf(fields), kind.provenance());
    }

    private static void add(List<ReadField> fields, DeviceKind kind, String path, String value) {
        fields.add(new ReadField(path, value, kind.confidenceOf(path)));
    }
}
