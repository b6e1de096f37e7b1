// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import irqstorm.scenario.Problems;
import irqstorm.scenario.ScenarioFormatException;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * A JSON text that was read, with the name it was read from.
 *
 * @param source the file's name, or {@code bundled:NAME}, used in every error message
 * @param root the value; treated as immutable
 */
public record JsonDocument(String source, JsonNode root) {

    /**
     * Reads the document with a reader that may meet any number of problems.
     *
     * @throws ScenarioFormatException listing all of them
     */
    public <T> T read(Function<JsonCursor, T> reader) {
        Problems problems = new Problems(source);
        Optional<T> value = new JsonCursor(root, JsonPath.ROOT, problems).attempt(reader);
        problems.throwIfAny();
        return value.orElseThrow();
    }

    /**
     * This document changed by a JSON merge patch (RFC 7396).
     *
     * @param name the name of the result in error messages
     */
    public JsonDocument patched(String name, JsonDocument patch) {
        return new JsonDocument(name, MergePatch.apply(root, patch.root()));
    }
}
