// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Small pieces of JSON that the harness makes itself. */
final class Json {
    private static final JsonNodeFactory FACTORY = JsonNodeFactory.instance;

    private Json() {}

    static ObjectNode object() {
        return FACTORY.objectNode();
    }

    static JsonNode number(long value) {
        return FACTORY.numberNode(value);
    }

    static JsonNode truth(boolean value) {
        return FACTORY.booleanNode(value);
    }

    static JsonNode text(String value) {
        return FACTORY.stringNode(value);
    }

    /** Operations without arguments. */
    static List<JsonNode> operations(String... names) {
        List<JsonNode> operations = new ArrayList<>();
        for (String name : names) {
            operations.add(object().put("op", name));
        }
        return operations;
    }

    /** The place that expectations call {@code {isr: VECTOR, when: entry}}. */
    static JsonNode handlerEntry(int vector) {
        return object().put("isr", vector).put("when", "entry");
    }
}
