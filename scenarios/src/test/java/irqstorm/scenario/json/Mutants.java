// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Every small change of a document: a key deleted, renamed or added, an element deleted or doubled, and each value replaced by values of
 * other types, by numbers around the limits of ranges, and by near misses of words and durations.
 *
 * <p>One instance is shown many documents that have much in common. What stands at the same place in the same words as before, but for
 * indices, it does not change again, and at the same place it tries limits and near misses only once.
 */
final class Mutants {
    private static final List<String> FOR_ANYTHING =
            List.of("null", "true", "1", "\"word\"", "[]", "[null]", "{}", "{\"min\": 1}");

    private static final List<String> FOR_NUMBERS = List.of(
            "0",
            "-1",
            "15",
            "24",
            "64",
            "256",
            "1.5",
            "1000000001",
            "4294967296",
            "1000000000001",
            "9223372036854775808",
            "\"0x10\"",
            "\"0x100\"",
            "\"0x1g\"",
            "\"0X0000000000000fe\"",
            "\"0x00000000000000fe\"",
            "\"0x1ffffffff\"");

    private static final List<String> FOR_DURATIONS = List.of(
            "0",
            "\"0ns\"",
            "\"0.5ns\"",
            "\"1.500us\"",
            "\"1.0005us\"",
            "\"0.00000000001min\"",
            "\"0.00000000005min\"",
            "\"5 us\"",
            "\"5sec\"",
            "\"7\"",
            "\"-5us\"",
            "\"31.5ms\"",
            "\"forever\"",
            "{\"uniform\": {\"min\": \"1us\", \"max\": \"2us\"}}");

    private static final List<String> FOR_WORDS = List.of(
            "\"\"",
            "\" \"",
            "\"7us\"",
            "\"0x4\"",
            "[\"level\"]",
            "\"" + "x".repeat(101) + "\"",
            "\"" + "x".repeat(4001) + "\"");

    private static final Pattern DURATION = Pattern.compile("[0-9.]+\\D{1,3}");

    private final Set<String> seen = new HashSet<>();

    /**
     * A changed document.
     *
     * @param change what was done to it
     * @param root the document
     */
    record Mutant(String change, JsonNode root) {}

    /** Shows {@code consumer} every mutant of {@code root}. */
    void forEach(JsonNode root, Consumer<Mutant> consumer) {
        visit(root, List.of(), consumer);
    }

    private void visit(JsonNode root, List<Object> path, Consumer<Mutant> consumer) {
        JsonNode value = at(root, path);
        if (!path.isEmpty()) {
            String place =
                    path.stream().filter(String.class::isInstance).toList().toString();
            if (!seen.add(place + value)) {
                return;
            }
            Object last = path.get(path.size() - 1);
            replacements(place, value)
                    .forEach(text -> change(root, "replace by " + text, path, consumer, parent -> {
                        set(parent, last, JsonSource.text("replacement", text).root());
                    }));
            change(root, "delete", path, consumer, parent -> delete(parent, last));
        }
        if (value.isObject()) {
            visitKeys(root, path, consumer);
        } else if (value.isArray() && !value.isEmpty()) {
            change(
                    root,
                    "double the first element",
                    child(path, 0),
                    consumer,
                    parent -> ((ArrayNode) parent).add(parent.get(0).deepCopy()));
            for (int i = 0; i < value.size(); i++) {
                visit(root, child(path, i), consumer);
            }
        }
    }

    private void visitKeys(JsonNode root, List<Object> path, Consumer<Mutant> consumer) {
        change(
                root,
                "add a key to",
                child(path, "unknownKey"),
                consumer,
                parent -> ((ObjectNode) parent).put("unknownKey", 1));
        for (String key : at(root, path).propertyNames()) {
            List<Object> child = child(path, key);
            change(root, "rename", child, consumer, parent -> {
                JsonNode old = ((ObjectNode) parent).remove(key);
                ((ObjectNode) parent).set(key + "x", old);
            });
            visit(root, child, consumer);
        }
    }

    private List<String> replacements(String place, JsonNode value) {
        List<String> all = new ArrayList<>(FOR_ANYTHING);
        String text = value.asString("");
        if (value.isNumber() || text.startsWith("0x")) {
            all.addAll(onceAt(place, FOR_NUMBERS));
        } else if (DURATION.matcher(text).matches()) {
            all.addAll(onceAt(place, FOR_DURATIONS));
        } else if (value.isString()) {
            all.addAll(onceAt(place, FOR_WORDS));
            all.add(StringNode.valueOf(text.toUpperCase(Locale.ROOT)).toString());
            all.add(StringNode.valueOf(text + "x").toString());
        }
        return all;
    }

    private List<String> onceAt(String place, List<String> replacements) {
        return seen.add(place + replacements) ? replacements : List.of();
    }

    private static void change(
            JsonNode root, String change, List<Object> path, Consumer<Mutant> consumer, Consumer<JsonNode> edit) {
        JsonNode copy = root.deepCopy();
        edit.accept(at(copy, path.subList(0, path.size() - 1)));
        consumer.accept(new Mutant(change + " " + path, copy));
    }

    private static List<Object> child(List<Object> path, Object step) {
        List<Object> child = new ArrayList<>(path);
        child.add(step);
        return child;
    }

    private static JsonNode at(JsonNode root, List<Object> path) {
        JsonNode node = root;
        for (Object step : path) {
            node = step instanceof Integer index ? node.get(index) : node.get((String) step);
        }
        return node;
    }

    private static void set(JsonNode parent, Object step, JsonNode value) {
        if (step instanceof Integer index) {
            ((ArrayNode) parent).set(index, value);
        } else {
            ((ObjectNode) parent).set((String) step, value);
        }
    }

    private static void delete(JsonNode parent, Object step) {
        if (step instanceof Integer index) {
            ((ArrayNode) parent).remove(index);
        } else {
            ((ObjectNode) parent).remove((String) step);
        }
    }
}
