// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import irqstorm.device.DeviceKind;
import irqstorm.device.LineModel;
import irqstorm.machine.Signalling;
import irqstorm.machine.Signalling.EventPerUnmask;
import irqstorm.machine.Signalling.Unmask;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads how a device drives its line: of a kind of device, where every key is in its file, or of a device in a scenario, where the keys
 * of its kind are.
 */
final class SignallingReader {
    static final String ACCESSES = "accesses";
    static final String MINIMUM_RISE_GAP = "minimumRiseGap";
    static final String UNMASK = "unmask";
    static final String UNMASK_LATENCY = "unmaskLatency";

    static final int MAX_ACCESSES = 100;
    private static final String EVENTS_ARE_UNMASKED = "a source of events signals again only after it was unmasked";
    private static final String SOMETHING_SERVICES = "no access services the kind, and the line would never fall";

    private final JsonFields fields;
    private final LineModel line;
    private final String word;
    private final Optional<Signalling> kind;

    /**
     * A reader of {@code fields}.
     *
     * @param line the line model
     * @param word what the line model is called where these fields stand
     * @param kind the device's kind, whose keys count where {@code fields} have none
     */
    SignallingReader(JsonFields fields, LineModel line, String word, Optional<DeviceKind> kind) {
        this.fields = fields;
        this.line = line;
        this.word = word;
        this.kind = kind.map(DeviceKind::signalling);
    }

    Signalling read() {
        if (line != LineModel.LEVEL) {
            refuse(MINIMUM_RISE_GAP);
        }
        if (line != LineModel.EVENT_PER_UNMASK) {
            refuse(UNMASK);
            refuse(UNMASK_LATENCY);
        }
        int accesses = accesses();
        return switch (line) {
            case LEVEL -> new Signalling.Level(accesses, minimumRiseGap());
            case PULSE -> new Signalling.Pulse(accesses);
            case EVENT_PER_UNMASK -> new EventPerUnmask(accesses, unmask(), unmaskLatency());
        };
    }

    private void refuse(String key) {
        fields.optional(key).ifPresent(value -> value.problem("no such key, since the line is " + word));
    }

    /** A line that is held, or a source that is masked, needs an access that services it. */
    private int accesses() {
        int least = line == LineModel.PULSE ? 0 : 1;
        Optional<Integer> inherited = kind.map(Signalling::accesses).filter(number -> number >= least);
        String reason = kind.isPresent() ? SOMETHING_SERVICES : "";
        return read(ACCESSES, inherited, reason, value -> value.asInt(least, MAX_ACCESSES));
    }

    private long minimumRiseGap() {
        long inherited = kind.map(given -> given instanceof Signalling.Level level ? level.minimumRiseGapNanos() : 0L)
                .orElse(0L);
        return fields.optional(MINIMUM_RISE_GAP, inherited, JsonCursor::asDurationNanos);
    }

    private Unmask unmask() {
        return read(
                UNMASK, events().map(EventPerUnmask::unmask), EVENTS_ARE_UNMASKED, value -> value.asEnum(Unmask.class));
    }

    private long unmaskLatency() {
        return read(
                UNMASK_LATENCY,
                events().map(EventPerUnmask::unmaskLatencyNanos),
                EVENTS_ARE_UNMASKED,
                JsonCursor::asDurationNanos);
    }

    private Optional<EventPerUnmask> events() {
        return kind.flatMap(given ->
                given instanceof EventPerUnmask events ? Optional.of(events) : Optional.<EventPerUnmask>empty());
    }

    private <T> T read(String key, Optional<T> inherited, String reason, Function<JsonCursor, T> reader) {
        Optional<JsonCursor> given = fields.optional(key);
        return given.isEmpty() && inherited.isPresent() ? inherited.get() : reader.apply(fields.required(key, reason));
    }
}
