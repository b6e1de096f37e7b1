// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import irqstorm.profile.Confidence;
import irqstorm.profile.Provenance;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads where something was read, and how sure the reading is. */
final class ProvenanceReader {
    static final int MAX_TEXT = 1000;
    static final int MAX_LIST = 20;

    private static final int MAX_CONFIDENCES = 60;

    private ProvenanceReader() {}

    static Provenance provenance(JsonCursor cursor) {
        return cursor.readObject(fields -> new Provenance(
                fields.required("project").asName(MAX_TEXT),
                fields.required("file").asName(MAX_TEXT),
                fields.required("revision").asName(MAX_TEXT),
                fields.required("date").asName(MAX_TEXT),
                fields.optional("references", List.of(), ProvenanceReader::texts),
                fields.optional("notes", List.of(), ProvenanceReader::texts)));
    }

    private static List<String> texts(JsonCursor cursor) {
        return cursor.readList(1, MAX_LIST, text -> text.asName(MAX_TEXT));
    }

    /** How sure the reading of each field is, by its dotted path. */
    static Map<String, Confidence> confidence(JsonCursor cursor) {
        Map<String, Confidence> confidence = new LinkedHashMap<>();
        cursor.entries(MAX_CONFIDENCES).forEach((path, word) -> confidence.put(path, word.asEnum(Confidence.class)));
        return confidence;
    }
}
