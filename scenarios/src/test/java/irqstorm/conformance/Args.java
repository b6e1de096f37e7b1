// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The arguments of an operation or observation; one that nobody asks for makes the case unsupported instead of being ignored. */
final class Args {
    private static final Set<String> ABOUT =
            Set.of("actor", "op", "label", "at", "what", "implied", "asserted", "notes", "note", "comment", "meaning");

    private final JsonNode node;
    private final Scope scope;
    private final Set<String> used = new HashSet<>(ABOUT);

    Args(JsonNode node, Scope scope) {
        this.node = node;
        this.scope = scope;
    }

    Scope scope() {
        return scope;
    }

    JsonNode node() {
        return node;
    }

    boolean has(String key) {
        used.add(key);
        return node.has(key);
    }

    boolean isNull(String key) {
        return has(key) && node.get(key).isNull();
    }

    /** The first of {@code keys} that is there; the first one if none is. */
    String either(String... keys) {
        for (String key : keys) {
            if (has(key)) {
                return key;
            }
        }
        return keys[0];
    }

    JsonNode raw(String key) {
        used.add(key);
        JsonNode value = node.get(key);
        if (value == null) {
            throw new Unsupported("argument " + key + " is missing in " + node);
        }
        return value;
    }

    Optional<JsonNode> optional(String key) {
        return has(key) ? Optional.of(node.get(key)) : Optional.empty();
    }

    long number(String key) {
        return Numbers.integer(raw(key), scope);
    }

    long number(String key, long otherwise) {
        return has(key) ? number(key) : otherwise;
    }

    int integer(String key) {
        return (int) number(key);
    }

    int integer(String key, int otherwise) {
        return (int) number(key, otherwise);
    }

    String text(String key) {
        JsonNode value = raw(key);
        return value.isString() ? value.stringValue() : value.toString();
    }

    String text(String key, String otherwise) {
        return has(key) ? text(key) : otherwise;
    }

    boolean flag(String key, boolean otherwise) {
        return has(key) ? Numbers.truth(raw(key), scope) : otherwise;
    }

    List<JsonNode> list(String key) {
        return new ArrayList<>(raw(key).values());
    }

    /** The argument needs no reading: it says what the operation is anyway. */
    Args ignoring(String... keys) {
        used.addAll(Set.of(keys));
        return this;
    }

    /** Every argument has been asked for. */
    void requireAllUsed() {
        for (String key : node.propertyNames()) {
            if (!used.contains(key)) {
                throw new Unsupported("argument " + key + " of " + name() + " is not understood");
            }
        }
    }

    private String name() {
        return node.path("op").asString(node.path("what").asString("?"));
    }
}
