// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The published schemas, and an independent validator that holds documents to them. */
final class Schemas {
    static final String META_SCHEMA = "https://json-schema.org/draft/2020-12/schema";

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Schema SCENARIO = REGISTRY.getSchema(BundledFiles.schema(), InputFormat.JSON);
    private static final Schema PROFILE = REGISTRY.getSchema(text("profile"), InputFormat.JSON);
    private static final Schema DEVICE_KIND = REGISTRY.getSchema(text("device-kind"), InputFormat.JSON);

    private Schemas() {}

    /** The first thing wrong with a scenario; empty if the schema accepts it. */
    static List<String> problemsOfScenario(JsonNode scenario) {
        return firstProblem(SCENARIO, scenario);
    }

    /** The first thing wrong with a profile; empty if the schema accepts it. */
    static List<String> problemsOfProfile(JsonNode profile) {
        return firstProblem(PROFILE, profile);
    }

    /** The first thing wrong with a kind of device; empty if the schema accepts it. */
    static List<String> problemsOfDeviceKind(JsonNode kind) {
        return firstProblem(DEVICE_KIND, kind);
    }

    /** The first thing wrong with a schema; empty if the meta-schema accepts it. */
    static List<String> problemsOfSchema(JsonNode schema) {
        return firstProblem(REGISTRY.getSchema(SchemaLocation.of(META_SCHEMA)), schema);
    }

    static JsonNode scenario() {
        return JsonSource.text("scenario.schema.json", BundledFiles.schema()).root();
    }

    static JsonNode profile() {
        return JsonSource.text("profile.schema.json", text("profile")).root();
    }

    static JsonNode deviceKind() {
        return JsonSource.text("device-kind.schema.json", text("device-kind")).root();
    }

    /** The words that {@code schema} allows at {@code pointer}. */
    static List<String> words(JsonNode schema, String pointer) {
        return schema.at(pointer + "/enum")
                .valueStream()
                .map(JsonNode::stringValue)
                .toList();
    }

    private static String text(String schema) {
        try (InputStream in = Schemas.class.getResourceAsStream("/irqstorm/schema/" + schema + ".schema.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> firstProblem(Schema schema, JsonNode document) {
        List<Error> errors =
                schema.validate(document, context -> context.executionConfig(config -> config.failFast(true)));
        return errors.stream().map(Error::toString).toList();
    }
}
