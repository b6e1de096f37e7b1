// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;

/** Looks for what a schema of ours should not have. */
final class SchemaText {
    private SchemaText() {}

    /** The keys of the format that say nothing about themselves; those that must be absent, or a given word, need not. */
    static List<String> undescribedKeys(JsonNode schema) {
        List<String> undescribed = new ArrayList<>();
        walk(schema, JsonPath.ROOT, (path, node) -> {
            for (Map.Entry<String, JsonNode> key : node.path("properties").properties()) {
                if (isFormat(path) && !isDescribed(schema, key.getValue())) {
                    undescribed.add(JsonPath.key(path, key.getKey()));
                }
            }
        });
        return undescribed;
    }

    /** The properties below a condition only add to what is described elsewhere. */
    private static boolean isFormat(String path) {
        return !path.matches(".*\\.(then|else|if|dependentSchemas)\\b.*") && !path.endsWith(".additionalProperties");
    }

    private static boolean isDescribed(JsonNode schema, JsonNode value) {
        if (value.has("$ref") && !value.has("description")) {
            return isDescribed(schema, schema.at(value.get("$ref").stringValue().substring(1)));
        }
        boolean isForbidden = value.isBoolean() && !value.booleanValue();
        return isForbidden
                || value.has("const")
                || !value.path("description").stringValue("").isBlank();
    }

    /** The objects that allow keys that they do not list. */
    static List<String> openObjects(JsonNode schema) {
        List<String> open = new ArrayList<>();
        walk(schema, JsonPath.ROOT, (path, node) -> {
            boolean closed = node.path("additionalProperties").isBoolean()
                    && !node.get("additionalProperties").booleanValue();
            if ("object".equals(node.path("type").stringValue("")) && !closed) {
                open.add(path);
            }
        });
        return open;
    }

    private static void walk(JsonNode node, String path, BiConsumer<String, JsonNode> visitor) {
        visitor.accept(path, node);
        node.properties().forEach(entry -> walk(entry.getValue(), JsonPath.key(path, entry.getKey()), visitor));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            walk(node.get(i), JsonPath.index(path, i), visitor);
        }
    }
}
