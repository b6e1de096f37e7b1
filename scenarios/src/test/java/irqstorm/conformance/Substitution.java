// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Puts the values of a table row in place of {@code $name}. */
final class Substitution {
    private static final Pattern REFERENCE = Pattern.compile("\\$(\\w+)");

    private final Map<String, JsonNode> row;

    Substitution(Map<String, JsonNode> row) {
        this.row = row;
    }

    JsonNode in(JsonNode node) {
        if (node.isObject()) {
            ObjectNode result = JsonNodeFactory.instance.objectNode();
            node.properties().forEach(entry -> result.set(entry.getKey(), in(entry.getValue())));
            return result;
        }
        if (node.isArray()) {
            ArrayNode result = JsonNodeFactory.instance.arrayNode();
            node.values().forEach(item -> result.add(in(item)));
            return result;
        }
        return node.isString() ? text(node) : node;
    }

    private JsonNode text(JsonNode node) {
        String text = node.stringValue();
        Matcher reference = REFERENCE.matcher(text);
        if (reference.matches() && row.containsKey(reference.group(1))) {
            return row.get(reference.group(1));
        }
        StringBuilder result = new StringBuilder();
        reference.reset();
        while (reference.find()) {
            JsonNode value = row.get(reference.group(1));
            String replacement =
                    value == null ? reference.group() : value.isString() ? value.stringValue() : value.toString();
            reference.appendReplacement(result, Matcher.quoteReplacement(replacement));
        }
        reference.appendTail(result);
        return JsonNodeFactory.instance.stringNode(result.toString());
    }
}
