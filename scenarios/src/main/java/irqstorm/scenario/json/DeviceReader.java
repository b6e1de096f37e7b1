// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import irqstorm.apic.TriggerMode;
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
import java.util.function.Function;

/** Reads devices: each has a name of its own, and a line ends at a pin that the guest programs for the same signalling. */
final class DeviceReader {
    private static final int MAX_NAME = 100;
    private static final int MAX_TIMES = 100_000;

    private final Function<Distribution, DelayTable> compiler;
    private final int pinCount;
    private final DeviceWiring wiring;
    private final int vcpus;
    private final Map<String, String> seen = new HashMap<>();

    /**
     * A reader for an I/O APIC with {@code pinCount} pins and a machine with {@code vcpus} vCPUs.
     *
     * @param compiler turns distributions into tables
     */
    DeviceReader(Function<Distribution, DelayTable> compiler, int pinCount, DeviceWiring wiring, int vcpus) {
        this.compiler = compiler;
        this.pinCount = pinCount;
        this.wiring = wiring;
        this.vcpus = vcpus;
    }

    Device device(JsonCursor cursor) {
        Map<String, Function<JsonCursor, Wire>> wires = new LinkedHashMap<>();
        wires.put("line", line -> line.readObject(this::line));
        wires.put("msi", msi -> msi.readObject(this::message));
        return cursor.readObject(fields -> new Device(
                name(fields.required("name")), fields.exactlyOne(wires), arrivals(fields.required("arrivals"))));
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

    private Wire line(JsonFields fields) {
        int before = fields.problemCount();
        Wire.Line line = new Wire.Line(
                fields.required("gsi").asInt(0, pinCount - 1),
                fields.optional("signalling", TriggerMode.LEVEL, word -> word.asEnum(TriggerMode.class)));
        if (fields.problemCount() == before) {
            wiring.check(fields, line);
        }
        return line;
    }

    private Wire message(JsonFields fields) {
        return new Wire.Message(
                PinReader.vector(fields.required("vector")),
                fields.optional("destination", 0, destination -> destination.asInt(0, vcpus - 1)));
    }

    private Arrivals arrivals(JsonCursor cursor) {
        return cursor.readObject(fields -> {
            Map<String, Function<JsonCursor, Arrivals>> kinds = new LinkedHashMap<>();
            kinds.put("every", gap -> new Arrivals.Open(gap(gap), limit(fields)));
            kinds.put("afterService", gap -> new Arrivals.AfterService(gap(gap), limit(fields)));
            kinds.put("at", DeviceReader::times);
            return fields.exactlyOne(kinds);
        });
    }

    private static long limit(JsonFields fields) {
        return fields.optional("limit", Arrivals.UNLIMITED, cap -> cap.asLong(1, Arrivals.UNLIMITED));
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
