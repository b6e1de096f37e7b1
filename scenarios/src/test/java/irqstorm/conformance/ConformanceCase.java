// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * One case as its file has it.
 *
 * @param json the case; anything but an object is unsupported
 * @param place how it is called if it has no id
 */
record ConformanceCase(JsonNode json, String place) {
    ConformanceCase(JsonNode json) {
        this(json, "?");
    }

    String id() {
        return json.path("id").asString(place);
    }

    String group() {
        return json.path("group").asString("?");
    }

    String confidence() {
        return json.path("confidence").asString("?");
    }

    boolean isUnit() {
        return json.path("level").asString("system").equals("unit");
    }

    JsonNode preconditions() {
        JsonNode preconditions = json.path("preconditions");
        return preconditions.isObject() ? preconditions : Json.object();
    }

    List<JsonNode> stimulus() {
        return list("stimulus");
    }

    List<JsonNode> expectations() {
        return list("expect");
    }

    /** The rows of the case's table; a case without one has a single empty row. */
    List<JsonNode> table() {
        return hasTable() ? list("table") : List.of(Json.object());
    }

    boolean hasTable() {
        return json.path("table").size() > 0;
    }

    private List<JsonNode> list(String key) {
        JsonNode list = json.path(key);
        if (!list.isMissingNode() && !list.isArray()) {
            throw new Unsupported("\"" + key + "\" is no array");
        }
        return new ArrayList<>(list.values());
    }
}
