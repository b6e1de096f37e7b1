// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import irqstorm.apic.IoApicProfile;
import irqstorm.kvm.X2ApicApiFlag;
import irqstorm.machine.VmmProfile;
import irqstorm.profile.Confidence;
import irqstorm.profile.ProfileEntry;
import irqstorm.profile.ProfileUser;
import irqstorm.profile.Provenance;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a profile, and the choice of one in a scenario. */
final class ProfileReader {
    /** The bundled profiles that were asked for, so that the configurations of a file do not read them again and again. */
    private final Map<String, JsonDocument> documents = new HashMap<>();

    /** What was read of them. */
    private final Map<String, ProfileEntry> entries = new HashMap<>();

    /** The bundled profile called {@code name}. */
    ProfileEntry named(String name) {
        return entries.computeIfAbsent(name, asked -> document(asked).read(ProfileReader::read));
    }

    private JsonDocument document(String name) {
        return documents.computeIfAbsent(name, BundledFiles::profile);
    }

    /**
     * Reads {@code {"profile": NAME, "patch": {…}}}: a bundled profile, changed by an optional JSON merge patch.
     *
     * <p>What is wrong with a patched profile is reported with its path inside the patch.
     */
    VmmProfile choice(JsonCursor cursor) {
        return cursor.readObject(fields -> {
            Map<String, String> names = new LinkedHashMap<>();
            BundledFiles.profileNames().forEach(name -> names.put(name, name));
            String name = fields.required("profile").asEnum(names);
            return fields.optional("patch")
                    .map(patch -> patched(name, patch))
                    .orElseGet(() -> named(name))
                    .profile();
        });
    }

    private ProfileEntry patched(String name, JsonCursor patch) {
        if (patch.kind() != JsonKind.OBJECT) {
            patch.problem("an object: a JSON merge patch over the profile");
            return named(name);
        }
        JsonDocument result = document(name).patched(patch.path(), patch.asDocument());
        String origin = "this is profile " + name + " as patched, where null removes a key";
        return patch.readMade(result, origin, ProfileReader::read).orElseGet(() -> named(name));
    }

    static ProfileEntry read(JsonCursor cursor) {
        return cursor.readObject(fields -> {
            fields.optional("$schema").ifPresent(JsonCursor::asString);
            IoApicProfile ioApic = IoApicReader.read(fields);
            HostReader hosts = new HostReader(fields);
            List<ProfileUser> usedBy = fields.optional(
                    "usedBy", List.of(), list -> list.readList(1, ProvenanceReader.MAX_LIST, ProfileReader::user));
            Map<String, Confidence> confidence = ProvenanceReader.confidence(fields.required("confidence"));
            Provenance provenance = ProvenanceReader.provenance(fields.required("provenance"));
            VmmProfile profile = hosts.profile(ioApic);
            List<X2ApicApiFlag> todaysFlags = hosts.todaysFlags();
            return new ProfileEntry(profile, todaysFlags, usedBy, confidence, provenance);
        });
    }

    private static ProfileUser user(JsonCursor cursor) {
        return cursor.readObject(fields -> new ProfileUser(
                fields.required("name").asName(ProvenanceReader.MAX_TEXT),
                fields.required("project").asName(ProvenanceReader.MAX_TEXT),
                fields.required("file").asName(ProvenanceReader.MAX_TEXT),
                fields.required("revision").asName(ProvenanceReader.MAX_TEXT),
                fields.required("confidence").asEnum(Confidence.class)));
    }
}
