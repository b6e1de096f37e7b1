// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON merge patch, RFC 7396, section 2: objects are merged key by key, {@code null} removes a key, everything else
 * replaces what was there; arrays are replaced whole.
 */
public final class MergePatch {

    private MergePatch() {}

    /** The target changed by the patch. Neither argument is modified. */
    public static JsonNode apply(JsonNode target, JsonNode patch) {
        if (!patch.isObject()) {
            return patch.deepCopy();
        }
        ObjectNode result = target.isObject() ? (ObjectNode) target.deepCopy() : JsonNodeFactory.instance.objectNode();
        mergeInto(result, patch);
        return result;
    }

    private static void mergeInto(ObjectNode target, JsonNode patch) {
        for (Map.Entry<String, JsonNode> change : patch.properties()) {
            String key = change.getKey();
            JsonNode value = change.getValue();
            if (value.isNull()) {
                target.remove(key);
            } else if (value.isObject()) {
                JsonNode old = target.get(key);
                ObjectNode merged = old instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
                mergeInto(merged, value);
                target.set(key, merged);
            } else {
                target.set(key, value.deepCopy());
            }
        }
    }
}
