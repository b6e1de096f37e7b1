// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tree of nodes that a parser's tokens are. Fractions keep their decimal digits.
 *
 * <p>Jackson's mapper was rejected: a short command would spend a fifth of its time on what the mapper knows of Java beans.
 */
final class JsonTree {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonTree() {}

    /** A key that an object has already; the parser stands at its second value. */
    static final class RepeatedKey extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String key;

        RepeatedKey(String key) {
            super(key, null, false, false);
            this.key = key;
        }

        String key() {
            return key;
        }
    }

    /**
     * The value that begins with the parser's next token. Nothing follows its end yet.
     *
     * @throws RepeatedKey if an object has a key twice
     */
    static JsonNode next(JsonParser parser) {
        return value(parser, parser.nextToken());
    }

    private static JsonNode value(JsonParser parser, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> NODES.stringNode(parser.getString());
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDecimalValue());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            default -> throw new IllegalStateException("a JSON value does not begin with " + token);
        };
    }

    private static JsonNode object(JsonParser parser) {
        ObjectNode object = NODES.objectNode();
        for (String key = parser.nextName(); key != null; key = parser.nextName()) {
            JsonToken token = parser.nextToken();
            if (object.has(key)) {
                throw new RepeatedKey(key);
            }
            object.set(key, value(parser, token));
        }
        return object;
    }

    private static JsonNode array(JsonParser parser) {
        ArrayNode array = NODES.arrayNode();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            array.add(value(parser, token));
        }
        return array;
    }

    private static JsonNode integer(JsonParser parser) {
        return switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            default -> NODES.numberNode(parser.getBigIntegerValue());
        };
    }
}
