// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import irqstorm.device.DeviceKind;
import irqstorm.device.LineModel;
import irqstorm.distribution.Distribution;
import irqstorm.machine.Arrivals;
import irqstorm.machine.Device;
import irqstorm.machine.Wire;
import irqstorm.random.DelayTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads devices: each has a name of its own, and a line ends at a pin that the guest programs for the same signalling. */
final class DeviceReader {
    private static final int MAX_NAME = 100;
    private static final int MAX_TIMES = 100_000;
    private static final List<String> KEYS_OF_LINES = List.of(
            "kind",
            SignallingReader.ACCESSES,
            SignallingReader.MINIMUM_RISE_GAP,
            SignallingReader.UNMASK,
            SignallingReader.UNMASK_LATENCY);

    /** The words of a scenario: a pulse is an edge. */
    static final Map<String, LineModel> SIGNALLING = signalling();

    private final Function<Distribution, DelayTable> compiler;
    private final DeviceKindReader kinds;
    private final int pinCount;
    private final DeviceWiring wiring;
    private final int vcpus;
    private final Map<String, String> seen = new HashMap<>();

    /**
     * A reader for an I/O APIC with {@code pinCount} pins and a machine with {@code vcpus} vCPUs.
     *
     * @param compiler turns distributions into tables
     * @param kinds reads the kinds of devices
     */
    DeviceReader(
            Function<Distribution, DelayTable> compiler,
            DeviceKindReader kinds,
            int pinCount,
            DeviceWiring wiring,
            int vcpus) {
        this.compiler = compiler;
        this.kinds = kinds;
        this.pinCount = pinCount;
        this.wiring = wiring;
        this.vcpus = vcpus;
    }

    private static Map<String, LineModel> signalling() {
        Map<String, LineModel> words = new LinkedHashMap<>();
        for (LineModel model : List.of(LineModel.PULSE, LineModel.LEVEL, LineModel.EVENT_PER_UNMASK)) {
            words.put(word(model), model);
        }
        return words;
    }

    private static String word(LineModel model) {
        return model == LineModel.PULSE ? "edge" : model.label();
    }

    Device device(JsonCursor cursor) {
        return cursor.readObject(fields -> {
            Map<String, Function<JsonCursor, Wire>> wires = new LinkedHashMap<>();
            wires.put("line", line -> line.readObject(lineFields -> line(fields, lineFields)));
            wires.put("msi", msi -> msi.readObject(message -> message(fields, message)));
            String name = name(fields.required("name"));
            Wire wire = fields.exactlyOne(wires);
            return new Device(name, wire, arrivals(fields.required("arrivals"), wire));
        });
    }

    private String name(JsonCursor cursor) {
        int before = cursor.problemCount();
        String name = cursor.asName(MAX_NAME);
        if (cursor.problemCount() > before) {
            return name;
        }
        String other = seen.putIfAbsent(name, cursor.path());
        if (other != null) {
            cursor.problem("a name of its own for every device; " + other + " is the same");
        }
        return name;
    }

    /** A line is driven as the device's kind says, and what stands in the device counts before it. */
    private Wire line(JsonFields device, JsonFields fields) {
        int before = fields.problemCount();
        DeviceKind kind =
                device.optional("kind").map(kinds::choice).orElseGet(() -> kinds.named(DeviceKindReader.DEFAULT));
        LineModel model =
                fields.optional("signalling", LineModel.of(kind.signalling()), word -> word.asEnum(SIGNALLING));
        int gsi = fields.required("gsi").asInt(0, pinCount - 1);
        Wire.Line line = new Wire.Line(gsi, new SignallingReader(device, model, word(model), Optional.of(kind)).read());
        if (fields.problemCount() == before) {
            wiring.check(device, fields, line);
        }
        return line;
    }

    /** A kind says how a line is driven, so a device with messages has none. */
    private Wire message(JsonFields device, JsonFields fields) {
        for (String key : KEYS_OF_LINES) {
            device.optional(key).ifPresent(value -> value.problem("no such key, since the device sends messages"));
        }
        return new Wire.Message(
                PinReader.vector(fields.required("vector")),
                fields.optional("destination", 0, destination -> destination.asInt(0, vcpus - 1)));
    }

    private Arrivals arrivals(JsonCursor cursor, Wire wire) {
        return cursor.readObject(fields -> {
            Map<String, Function<JsonCursor, Arrivals>> forms = new LinkedHashMap<>();
            forms.put("every", gap -> new Arrivals.Open(gap(gap), limit(fields)));
            forms.put("afterService", gap -> new Arrivals.AfterService(serviced(gap, wire), limit(fields)));
            forms.put("at", DeviceReader::times);
            return fields.exactlyOne(forms);
        });
    }

    private static long limit(JsonFields fields) {
        return fields.optional("limit", Arrivals.UNLIMITED, cap -> cap.asLong(1, Arrivals.UNLIMITED));
    }

    private DelayTable serviced(JsonCursor cursor, Wire wire) {
        if (wire.accesses() == 0) {
            cursor.problem("\"every\" or \"at\" instead, since no access services the device");
        }
        return gap(cursor);
    }

    /** A gap that may be zero every time would put infinitely many causes into one instant. */
    private DelayTable gap(JsonCursor cursor) {
        int before = cursor.problemCount();
        DelayTable gap = compiler.apply(DistributionReader.read(cursor));
        if (gap.maxNanos() == 0 && cursor.problemCount() == before) {
            cursor.problem("a time between causes longer than 0ns");
        }
        return gap;
    }

    private static Arrivals times(JsonCursor cursor) {
        List<Long> times = new ArrayList<>();
        long latest = 0;
        for (JsonCursor element : cursor.elements(1, MAX_TIMES)) {
            int before = element.problemCount();
            long time = element.asDurationNanos();
            if (time < latest && element.problemCount() == before) {
                element.problem("times in ascending order");
            }
            latest = Math.max(latest, time);
            times.add(time);
        }
        return new Arrivals.Times(times);
    }
}
