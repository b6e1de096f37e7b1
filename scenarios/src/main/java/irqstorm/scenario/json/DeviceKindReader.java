// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import irqstorm.device.DeviceKind;
import irqstorm.device.LineModel;
import irqstorm.machine.Signalling;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads a kind of device, and the choice of one in a scenario. */
final class DeviceKindReader {
    /** The kind of a device that names none. */
    static final String DEFAULT = "level";

    /** The bundled kinds that were asked for. */
    private final Map<String, DeviceKind> bundled = new HashMap<>();

    /** The bundled kind called {@code name}. */
    DeviceKind named(String name) {
        return bundled.computeIfAbsent(name, file -> BundledFiles.device(file).read(DeviceKindReader::read));
    }

    /** Reads the name of a bundled kind. */
    DeviceKind choice(JsonCursor cursor) {
        Map<String, String> names = new LinkedHashMap<>();
        BundledFiles.deviceNames().forEach(name -> names.put(name, name));
        return named(cursor.asEnum(names));
    }

    static DeviceKind read(JsonCursor cursor) {
        return cursor.readObject(fields -> {
            fields.optional("$schema").ifPresent(JsonCursor::asString);
            Map<String, LineModel> words = new LinkedHashMap<>();
            for (LineModel model : LineModel.values()) {
                words.put(model.label(), model);
            }
            String name = fields.required("name").asName(ProvenanceReader.MAX_TEXT);
            String title = fields.required("title").asName(ProvenanceReader.MAX_TEXT);
            LineModel line = fields.required("line").asEnum(words);
            Signalling signalling = new SignallingReader(fields, line, line.label(), Optional.empty()).read();
            return new DeviceKind(
                    name,
                    title,
                    signalling,
                    fields.optional("assertedWhile").map(text -> text.asName(ProvenanceReader.MAX_TEXT)),
                    ProvenanceReader.confidence(fields.required("confidence")),
                    ProvenanceReader.provenance(fields.required("provenance")));
        });
    }
}
