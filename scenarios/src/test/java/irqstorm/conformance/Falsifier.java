// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns what a case expects into something else, one part at a time. */
final class Falsifier {
    private static final Map<String, String> OPPOSITES =
            Map.of("==", "!=", "!=", "==", ">=", "<", "<", ">=", "<=", ">", ">", "<=");

    /** The parts of an expectation that say what is expected, where it is not {@code value}. */
    private static final Map<String, List<String>> PARTS = Map.ofEntries(
            Map.entry("serviced", List.of("vector")),
            Map.entry("injected", List.of("vector")),
            Map.entry("message", List.of("vector", "dest", "dest_mode", "delivery", "trigger")),
            Map.entry("lvtt", List.of("mode", "masked", "vector")),
            Map.entry("pending", List.of("init", "sipi", "nmis")),
            Map.entry("pending_result", List.of("fixed", "needs_window", "nmis", "init", "startup")),
            Map.entry("guest_intr_status", List.of("rvi", "svi")),
            Map.entry("exit", List.of("reason", "vector", "qualification")),
            Map.entry("exit_intr_info", List.of("vector", "type", "valid")),
            Map.entry("value_in_range", List.of("min")),
            Map.entry("fault", List.of("raised")),
            Map.entry("apic_id_in", List.of("values")),
            Map.entry("delivery_order", List.of("vectors")),
            Map.entry("sipi_vector", List.of("value", "times")),
            Map.entry("not_before", List.of("ms")));

    private Falsifier() {}

    /** The falsified versions of a case: one for every part of every expectation, and for every part of every table row. */
    static List<ConformanceCase> versions(ConformanceCase test) {
        List<ConformanceCase> versions = new ArrayList<>();
        List<JsonNode> expectations = test.expectations();
        for (int i = 0; i < expectations.size(); i++) {
            for (JsonNode falsified : falsified(expectations.get(i))) {
                ObjectNode copy = (ObjectNode) test.json().deepCopy();
                ((ArrayNode) copy.path("expect")).set(i, falsified);
                versions.add(new ConformanceCase(copy));
            }
        }
        if (test.hasTable()) {
            for (int i = 0; i < test.table().size(); i++) {
                for (String name : test.table().get(i).path("out").propertyNames()) {
                    JsonNode value = test.table().get(i).path("out").get(name);
                    if (!name.equals("note") && !name.equals("architectural") && !name.equals("compare_mask")) {
                        ObjectNode copy = (ObjectNode) test.json().deepCopy();
                        ((ObjectNode) copy.path("table").get(i).path("out")).set(name, other(value));
                        versions.add(new ConformanceCase(copy));
                    }
                }
            }
        }
        return versions;
    }

    private static List<JsonNode> falsified(JsonNode expectation) {
        List<JsonNode> versions = new ArrayList<>();
        String what = expectation.path("what").asString("");
        switch (what) {
            case "nmi_taken_at" -> versions.add(with(expectation, "what", Json.text("nmi_not_taken_at")));
            case "nmi_not_taken_at" -> versions.add(with(expectation, "what", Json.text("nmi_taken_at")));
            case "not_hung", "no_exit_to_L1" -> versions.add(with(expectation, "value", Json.number(0)));
            case "isr_starts_after" -> {
                JsonNode swapped = with(expectation, "vector", expectation.path("after_iret_of"));
                versions.add(with(swapped, "after_iret_of", expectation.path("vector")));
            }
            default -> {
                for (String part : PARTS.getOrDefault(what, List.of("value"))) {
                    if (expectation.has(part)) {
                        versions.add(falsifiedPart(expectation, part));
                    }
                }
            }
        }
        return versions;
    }

    private static JsonNode falsifiedPart(JsonNode expectation, String part) {
        String operator = expectation.path("cmp").asString("==");
        if (part.equals("value") && OPPOSITES.containsKey(operator) && !operator.equals("==")) {
            return with(expectation, "cmp", Json.text(OPPOSITES.get(operator)));
        }
        if (part.equals("value") && operator.equals("in")) {
            return with(expectation, part, Json.text("(0, 0)"));
        }
        if (operator.startsWith("within")) {
            return with(
                    expectation,
                    part,
                    Json.text("2 * (" + expectation.path(part).asString("") + ")"));
        }
        if (part.equals("min")) {
            return with(expectation, part, Json.text(expectation.path("max").asString("") + " + 1"));
        }
        if (part.equals("ms")) {
            return with(expectation, part, Json.number(1_000_000));
        }
        if (part.equals("values")) {
            return with(expectation, part, only(Json.number(0xFFFF_FFF0L)));
        }
        return with(expectation, part, other(expectation.path(part)));
    }

    private static JsonNode with(JsonNode expectation, String key, JsonNode value) {
        ObjectNode copy = (ObjectNode) expectation.deepCopy();
        copy.set(key, value);
        return copy;
    }

    private static ArrayNode only(JsonNode value) {
        return Json.object().putArray("values").add(value);
    }

    /** Another value of the same kind. */
    private static JsonNode other(JsonNode value) {
        if (value.isNull()) {
            return Json.number(1);
        }
        if (value.isBoolean()) {
            return Json.truth(!value.booleanValue());
        }
        if (value.isNumber()) {
            return Json.number(2 * value.longValue() + 1);
        }
        if (value.isArray()) {
            ArrayNode copy = (ArrayNode) value.deepCopy();
            return copy.isEmpty() ? copy.add(1) : replacedFirst(copy);
        }
        if (value.isObject()) {
            ObjectNode copy = (ObjectNode) value.deepCopy();
            String first = copy.propertyNames().iterator().next();
            copy.set(first, other(value.get(first)));
            return copy;
        }
        return Json.text(otherText(value.stringValue()));
    }

    private static ArrayNode replacedFirst(ArrayNode list) {
        list.set(0, other(list.get(0)));
        // Where several values are allowed, none of them may be left.
        while (list.size() > 1) {
            list.remove(1);
        }
        return list;
    }

    private static String otherText(String text) {
        if (text.startsWith("0x") && text.substring(2).matches("[0-9a-fA-F]+")) {
            return Numbers.hex(Long.parseUnsignedLong(text.substring(2), 16) ^ 1);
        }
        if (text.startsWith("$")) {
            return text + " + 1";
        }
        return switch (text) {
            case "level" -> "edge";
            case "edge" -> "level";
            case "physical" -> "logical";
            case "logical" -> "physical";
            case "ok" -> "invalid_control";
            case "invalid_control" -> "ok";
            case "none" -> "APIC_ACCESS";
            case "EINVAL", "EBUSY" -> "0";
            case "suppressed" -> "broadcast";
            case "broadcast" -> "suppressed";
            case "vcpus", "v", "ipis_sent", "cr8_0" -> "(" + text + ") + 1";
            case "hlt executed", "original LVR", "initial", "CPUID(1).EBX[31:24]", "CPUID(0xb).EDX" -> "0xdead";
            default ->
                text.endsWith("(soft)")
                        ? "0xde(soft)"
                        : text.matches("[a-zA-Z0-9_]+ *[|&^+<>~-].*") ? "(" + text + ") + 1" : "not " + text;
        };
    }
}
