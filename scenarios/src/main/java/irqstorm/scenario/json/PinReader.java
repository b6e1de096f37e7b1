// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import irqstorm.apic.DeliveryMode;
import irqstorm.apic.LocalApic;
import irqstorm.apic.TriggerMode;
import irqstorm.machine.Pin;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the pins that the guest programs, each at most once. */
final class PinReader {
    private static final int LAST_VECTOR = 255;

    private final int pinCount;
    private final Map<Integer, String> seen = new HashMap<>();

    /** A reader for an I/O APIC with {@code pinCount} pins. */
    PinReader(int pinCount) {
        this.pinCount = pinCount;
    }

    Pin pin(JsonCursor cursor) {
        return cursor.readObject(fields -> new Pin(
                gsi(fields.required("gsi")),
                vector(fields.required("vector")),
                fields.required("trigger").asEnum(TriggerMode.class),
                fields.optional("polarity", false, PinReader::isActiveLow),
                fields.optional("masked", false, JsonCursor::asBoolean),
                fields.optional("delivery", DeliveryMode.FIXED, PinReader::delivery),
                fields.optional("destinationMode", false, PinReader::isLogical),
                (int) (long) fields.optional("destination", 0L, destination -> destination.asHexOrLong(0, 0xFF))));
    }

    private int gsi(JsonCursor cursor) {
        int before = cursor.problemCount();
        int gsi = cursor.asInt(0, pinCount - 1);
        if (cursor.problemCount() > before) {
            return gsi;
        }
        String other = seen.putIfAbsent(gsi, cursor.path());
        if (other != null) {
            cursor.problem("a GSI of its own for every pin; " + other + " is " + gsi + " already");
        }
        return gsi;
    }

    /** An interrupt vector that a local APIC accepts. */
    static int vector(JsonCursor cursor) {
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
}
