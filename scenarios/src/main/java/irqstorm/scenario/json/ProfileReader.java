// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import irqstorm.apic.IoApicProfile;
import irqstorm.apic.IoApicProfile.Broadcast;
import irqstorm.apic.IoApicProfile.Edge;
import irqstorm.apic.IoApicProfile.EoiMatch;
import irqstorm.apic.IoApicProfile.EoiRegister;
import irqstorm.apic.IoApicProfile.LapicSuppression;
import irqstorm.apic.IoApicProfile.LineModel;
import irqstorm.apic.IoApicProfile.MaskedEdge;
import irqstorm.apic.IoApicProfile.MaskedLevel;
import irqstorm.apic.IoApicProfile.OnEoiAsserted;
import irqstorm.apic.IoApicProfile.Polarity;
import irqstorm.apic.IoApicProfile.Provenance;
import irqstorm.apic.IoApicProfile.RemoteIrrSet;
import irqstorm.apic.IoApicProfile.RteWrite;
import irqstorm.apic.IoApicProfile.Save;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Reads an I/O APIC profile, and the choice of one in a scenario. */
final class ProfileReader {
    private static final int MAX_LIMIT = 1_000_000_000;
    private static final int MAX_TEXT = 1000;

    /** The bundled profiles that were asked for, so that the configurations of a file do not read them again and again. */
    private final Map<String, JsonDocument> bundled = new HashMap<>();

    /** The bundled profile called {@code name}. */
    IoApicProfile named(String name) {
        return document(name).read(ProfileReader::read);
    }

    private JsonDocument document(String name) {
        return bundled.computeIfAbsent(name, BundledFiles::profile);
    }

    /**
     * Reads {@code {"profile": NAME, "patch": {…}}}: a bundled profile, changed by an optional JSON merge patch.
     *
     * <p>What is wrong with a patched profile is reported with its path inside the patch.
     */
    IoApicProfile choice(JsonCursor cursor) {
        return cursor.readObject(fields -> {
            Map<String, String> names = new LinkedHashMap<>();
            BundledFiles.profileNames().forEach(name -> names.put(name, name));
            String name = fields.required("profile").asEnum(names);
            return fields.optional("patch").map(patch -> patched(name, patch)).orElseGet(() -> named(name));
        });
    }

    private IoApicProfile patched(String name, JsonCursor patch) {
        if (patch.kind() != JsonKind.OBJECT) {
            patch.problem("an object: a JSON merge patch over the profile");
            return named(name);
        }
        JsonDocument result = document(name).patched(patch.path(), patch.asDocument());
        String origin = "this is profile " + name + " as patched, where null removes a key";
        return patch.readMade(result, origin, ProfileReader::read).orElseGet(() -> named(name));
    }

    static IoApicProfile read(JsonCursor cursor) {
        return cursor.readObject(fields -> {
            fields.optional("$schema").ifPresent(JsonCursor::asString);
            return new IoApicProfile(
                    fields.required("name").asName(MAX_TEXT),
                    (int) fields.required("version").asHexOrLong(0, 0xFF),
                    fields.required("pins").asInt(1, IoApicProfile.MAX_PINS),
                    fields.required("eoiRegister").asEnum(EoiRegister.class),
                    fields.required("eoiMatch").readObject(ProfileReader::eoiMatch),
                    fields.required("broadcast").asEnum(Broadcast.class),
                    onEoiAsserted(fields.required("onEoiAsserted")),
                    fields.required("remoteIrrSet").asEnum(RemoteIrrSet.class),
                    fields.required("remoteIrrGates").asBoolean(),
                    fields.required("rteWrite").readObject(ProfileReader::rteWrite),
                    fields.required("maskedLevel").asEnum(MaskedLevel.class),
                    fields.required("maskedEdge").asEnum(MaskedEdge.class),
                    fields.required("edge").asEnum(Edge.class),
                    fields.required("polarity").asEnum(Polarity.class),
                    fields.required("lapicSuppression").asEnum(LapicSuppression.class),
                    fields.required("line").asEnum(LineModel.class),
                    fields.required("save").readObject(ProfileReader::save),
                    fields.required("provenance").readObject(ProfileReader::provenance));
        });
    }

    private static EoiMatch eoiMatch(JsonFields fields) {
        return new EoiMatch(
                fields.required("level").asBoolean(),
                fields.required("remoteIrr").asBoolean(),
                fields.required("tmr").asBoolean(),
                fields.required("scope").asEnum(EoiMatch.Scope.class));
    }

    /** A word for the reactions without parameters, an object with one key for the others. */
    private static OnEoiAsserted onEoiAsserted(JsonCursor cursor) {
        if (cursor.kind() == JsonKind.OBJECT) {
            Map<String, Function<JsonCursor, OnEoiAsserted>> readers = new LinkedHashMap<>();
            readers.put("throttled", throttled -> throttled.readObject(ProfileReader::throttled));
            readers.put(
                    "resample",
                    resample -> resample.readObject(fields -> new OnEoiAsserted.Resample(
                            fields.required("latency").asDurationNanos())));
            return cursor.readObject(fields -> fields.exactlyOne(readers));
        }
        Map<String, OnEoiAsserted> words = new LinkedHashMap<>();
        words.put("none", new OnEoiAsserted.None());
        words.put("immediate", new OnEoiAsserted.Immediate());
        words.put("next-service", new OnEoiAsserted.NextService());
        return cursor.asEnum(words, ", or an object with the key \"throttled\" or \"resample\"");
    }

    private static OnEoiAsserted throttled(JsonFields fields) {
        return new OnEoiAsserted.Throttled(
                fields.required("limit").asInt(1, MAX_LIMIT),
                fields.required("delay").asDurationNanos(),
                fields.required("resetOnRteWrite").asBoolean());
    }

    private static RteWrite rteWrite(JsonFields fields) {
        return new RteWrite(
                fields.required("remoteIrr").asEnum(RteWrite.RemoteIrrOnWrite.class),
                fields.required("edgeSwitchClears").asBoolean(),
                fields.required("reEvaluate").asEnum(RteWrite.ReEvaluate.class));
    }

    private static Save save(JsonFields fields) {
        return new Save(
                fields.required("remoteIrr").asBoolean(),
                fields.required("line").asBoolean());
    }

    private static Provenance provenance(JsonFields fields) {
        return new Provenance(
                fields.required("project").asName(MAX_TEXT),
                fields.required("file").asName(MAX_TEXT),
                fields.required("revision").asName(MAX_TEXT),
                fields.required("date").asName(MAX_TEXT),
                fields.required("confidence").asName(MAX_TEXT));
    }
}
