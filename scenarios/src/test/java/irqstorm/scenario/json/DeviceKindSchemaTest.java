// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.device.DeviceKind;
import irqstorm.device.DeviceRecord;
import irqstorm.device.LineModel;
import irqstorm.machine.Signalling;
import irqstorm.profile.Confidence;
import irqstorm.profile.ReadField;
import irqstorm.scenario.ScenarioFormatException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The schema of kinds of devices agrees with the code, with its reader and with the kinds that ship. */
class DeviceKindSchemaTest {
    private static final JsonNode SCHEMA = Schemas.deviceKind();

    static List<String> bundledKinds() {
        return BundledFiles.deviceNames();
    }

    @Test
    void theSchemaIsValidAndHasAStableName() {
        assertThat(Schemas.problemsOfSchema(SCHEMA)).isEmpty();
        assertThat(SCHEMA.get("$schema").stringValue()).isEqualTo(Schemas.META_SCHEMA);
        assertThat(SCHEMA.get("$id").stringValue()).isEqualTo("urn:irqstorm:schema:device-kind");
    }

    @ParameterizedTest
    @MethodSource("bundledKinds")
    void everyBundledKindIsValidAndCalledLikeItsFile(String name) {
        JsonDocument kind = BundledFiles.device(name);

        assertThat(Schemas.problemsOfDeviceKind(kind.root())).isEmpty();
        assertThat(kind.read(DeviceKindReader::read).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @MethodSource("bundledKinds")
    void whatIsSaidOfTheConfidenceInAFieldIsSaidOfAFieldThatTheKindHas(String name) {
        DeviceKind kind = BundledFiles.device(name).read(DeviceKindReader::read);
        Set<String> fields = new LinkedHashSet<>(
                DeviceRecord.of(kind).fields().stream().map(ReadField::path).toList());
        fields.add("*");

        assertThat(fields).containsAll(kind.confidence().keySet());
    }

    @Test
    void everyKeyIsDescribedAndEveryObjectClosed() {
        assertThat(SchemaText.undescribedKeys(SCHEMA)).isEmpty();
        assertThat(SchemaText.openObjects(SCHEMA))
                .as("the keys of confidence are names of fields")
                .containsExactly("$.properties.confidence");
    }

    @Test
    void durationsAreWrittenAsInScenariosAndProvenanceAsInProfiles() {
        for (Map.Entry<String, JsonNode> definition : SCHEMA.get("$defs").properties()) {
            assertThat(definition.getValue())
                    .isEqualTo(Schemas.scenario().get("$defs").get(definition.getKey()));
        }
        assertThat(SCHEMA.at("/properties/provenance/properties").propertyNames())
                .containsExactlyElementsOf(Schemas.profile()
                        .at("/properties/provenance/properties")
                        .propertyNames());
    }

    @Test
    void theWordsAndLimitsAreThoseOfTheCode() {
        hasWords("/properties/line", LineModel.values(), LineModel::label);
        hasWords("/properties/confidence/additionalProperties", Confidence.values(), Confidence::label);
        hasWords(
                "/properties/unmask",
                Signalling.Unmask.values(),
                word -> word.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        assertThat(SCHEMA.at("/properties/accesses/maximum").intValue()).isEqualTo(SignallingReader.MAX_ACCESSES);
    }

    private static <E> void hasWords(String pointer, E[] constants, Function<E, String> label) {
        assertThat(Schemas.words(SCHEMA, pointer))
                .containsExactlyElementsOf(Arrays.stream(constants).map(label).toList());
    }

    @Test
    void whateverIsDoneToAKindSchemaAndReaderAcceptItOrRefuseItAlike() {
        Mutants mutants = new Mutants();
        List<String> disagreements = new ArrayList<>();
        int[] accepted = {0};
        int[] refused = {0};
        for (String name : BundledFiles.deviceNames()) {
            mutants.forEach(BundledFiles.device(name).root(), mutant -> {
                boolean bySchema = Schemas.problemsOfDeviceKind(mutant.root()).isEmpty();
                boolean byReader = isReadable(mutant.root());
                accepted[0] += byReader ? 1 : 0;
                refused[0] += byReader ? 0 : 1;
                if (bySchema != byReader) {
                    disagreements.add(
                            name + ", " + mutant.change() + (bySchema ? ": schema accepts" : ": reader accepts"));
                }
            });
        }

        assertThat(disagreements).isEmpty();
        assertThat(accepted[0]).isGreaterThan(20);
        assertThat(refused[0]).isGreaterThan(200);
    }

    private static boolean isReadable(JsonNode kind) {
        try {
            new JsonDocument("kind", kind).read(DeviceKindReader::read);
            return true;
        } catch (ScenarioFormatException e) {
            return false;
        }
    }
}
