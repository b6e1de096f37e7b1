// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import irqstorm.apic.DeliveryMode;
import irqstorm.apic.LocalApic;
import irqstorm.apic.TriggerMode;
import irqstorm.distribution.Distribution;
import irqstorm.machine.Arrivals;
import irqstorm.machine.Device;
import irqstorm.machine.Pin;
import irqstorm.machine.Wire;
import irqstorm.random.DelayTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads devices and the pins they are wired to. */
final class DeviceReader {
    private static final int MAX_NAME = 100;
    private static final int MAX_TIMES = 100_000;
    private static final int LAST_VECTOR = 255;

    private final Function<Distribution, DelayTable> compiler;
    private final int pinCount;
    private final int vcpus;

    /**
     * A reader for an I/O APIC with {@code pinCount} pins and a machine with {@code vcpus} vCPUs.
     *
     * @param compiler turns distributions into tables
     */
    DeviceReader(Function<Distribution, DelayTable> compiler, int pinCount, int vcpus) {
        this.compiler = compiler;
        this.pinCount = pinCount;
        this.vcpus = vcpus;
    }

    Pin pin(JsonCursor cursor) {
        return cursor.readObject(fields -> new Pin(
                fields.required("gsi").asInt(0, pinCount - 1),
                vector(fields.required("vector")),
                fields.required("trigger").asEnum(TriggerMode.class),
                fields.optional("polarity", false, DeviceReader::isActiveLow),
                fields.optional("masked", false, JsonCursor::asBoolean),
                fields.optional("delivery", DeliveryMode.FIXED, DeviceReader::delivery),
                fields.optional("destinationMode", false, DeviceReader::isLogical),
                (int) (long) fields.optional("destination", 0L, destination -> destination.asHexOrLong(0, 0xFF))));
    }

    private static int vector(JsonCursor cursor) {
        return (int) cursor.asHexOrLong(LocalApic.FIRST_LEGAL_VECTOR, LAST_VECTOR);
    }

    private static boolean isActiveLow(JsonCursor cursor) {
        return cursor.asEnum(ordered("active-high", false, "active-low", true));
    }

    private static boolean isLogical(JsonCursor cursor) {
        return cursor.asEnum(ordered("physical", false, "logical", true));
    }

    private static DeliveryMode delivery(JsonCursor cursor) {
        return cursor.asEnum(ordered("fixed", DeliveryMode.FIXED, "lowest-priority", DeliveryMode.LOWEST_PRIORITY));
    }

    private static <T> Map<String, T> ordered(String first, T firstValue, String second, T secondValue) {
        Map<String, T> words = new LinkedHashMap<>();
        words.put(first, firstValue);
        words.put(second, secondValue);
        return words;
    }

    Device device(JsonCursor cursor) {
        return cursor.readObject(fields -> {
            Map<String, Function<JsonCursor, Wire>> wires = new LinkedHashMap<>();
            wires.put("line", line -> line.readObject(this::line));
            wires.put("msi", msi -> msi.readObject(this::message));
            JsonCursor name = fields.required("name");
            String text = name.asText(MAX_NAME);
            if (text.isBlank()) {
                name.problem("a name");
            }
            return new Device(text, fields.exactlyOne(wires), arrivals(fields.required("arrivals")));
        });
    }

    private Wire line(JsonFields fields) {
        return new Wire.Line(
                fields.required("gsi").asInt(0, pinCount - 1),
                fields.optional("signalling", TriggerMode.LEVEL, word -> word.asEnum(TriggerMode.class)));
    }

    private Wire message(JsonFields fields) {
        return new Wire.Message(
                vector(fields.required("vector")),
                fields.optional("destination", 0, destination -> destination.asInt(0, vcpus - 1)));
    }

    private Arrivals arrivals(JsonCursor cursor) {
        Map<String, Function<JsonCursor, Arrivals>> kinds = new LinkedHashMap<>();
        kinds.put("every", gap -> new Arrivals.Open(gap(gap), Arrivals.UNLIMITED));
        kinds.put("afterService", gap -> new Arrivals.AfterService(gap(gap), Arrivals.UNLIMITED));
        kinds.put("at", DeviceReader::times);
        return cursor.readObject(fields -> {
            Arrivals arrivals = fields.exactlyOne(kinds);
            long limit = fields.optional("limit", Arrivals.UNLIMITED, cap -> cap.asLong(1, Arrivals.UNLIMITED));
            if (arrivals instanceof Arrivals.Open open) {
                return new Arrivals.Open(open.gap(), limit);
            }
            return arrivals instanceof Arrivals.AfterService after
                    ? new Arrivals.AfterService(after.gap(), limit)
                    : arrivals;
        });
    }

    /** A gap that may be zero every time would put infinitely many causes into one instant. */
    private DelayTable gap(JsonCursor cursor) {
        DelayTable gap = compiler.apply(DistributionReader.read(cursor));
        if (gap.maxNanos() == 0) {
            cursor.problem("a time between causes longer than 0ns");
        }
        return gap;
    }

    private static Arrivals times(JsonCursor cursor) {
        List<Long> times = cursor.readList(1, MAX_TIMES, JsonCursor::asDurationNanos);
        for (int i = 1; i < times.size(); i++) {
            if (times.get(i) < times.get(i - 1)) {
                cursor.problem("times in ascending order");
                return new Arrivals.Times(List.of());
            }
        }
        return new Arrivals.Times(times);
    }
}
