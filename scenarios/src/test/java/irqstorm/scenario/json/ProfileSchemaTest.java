// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.apic.IoApicProfile;
import irqstorm.kvm.IrqchipMode;
import irqstorm.scenario.ScenarioFormatException;
import irqstorm.vmm.LapicModel;
import irqstorm.vmm.SplitRoutes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The published schema of I/O APIC profiles agrees with the code and its reader. */
class ProfileSchemaTest {
    private static final JsonNode SCHEMA = Schemas.profile();

    @Test
    void theSchemaIsValidAndHasAStableName() {
        assertThat(Schemas.problemsOfSchema(SCHEMA)).isEmpty();
        assertThat(SCHEMA.get("$schema").stringValue()).isEqualTo(Schemas.META_SCHEMA);
        assertThat(SCHEMA.get("$id").stringValue()).isEqualTo("urn:irqstorm:schema:profile");
    }

    @ParameterizedTest
    @MethodSource("bundledProfiles")
    void everyBundledProfileIsValidAndCalledLikeItsFile(String name) {
        JsonDocument profile = BundledFiles.profile(name);

        assertThat(Schemas.problemsOfProfile(profile.root())).isEmpty();
        assertThat(profile.read(ProfileReader::read).name()).isEqualTo(name);
    }

    static List<String> bundledProfiles() {
        return BundledFiles.profileNames();
    }

    @Test
    void everyKeyIsDescribedAndEveryObjectClosed() {
        assertThat(SchemaText.undescribedKeys(SCHEMA)).isEmpty();
        assertThat(SchemaText.openObjects(SCHEMA))
                .as("the keys of confidence are paths of fields")
                .containsExactly("$.properties.confidence");
    }

    @Test
    void durationsAndBytesAreWrittenAsInScenarios() {
        for (Map.Entry<String, JsonNode> definition : SCHEMA.get("$defs").properties()) {
            assertThat(definition.getValue())
                    .as(definition.getKey())
                    .isEqualTo(Schemas.scenario().get("$defs").get(definition.getKey()));
        }
    }

    @Test
    void theWordsAreThoseOfTheCode() {
        hasWords("/properties/eoiRegister", IoApicProfile.EoiRegister.values());
        hasWords("/properties/eoiMatch/properties/scope", IoApicProfile.EoiMatch.Scope.values());
        hasWords("/properties/broadcast", IoApicProfile.Broadcast.values());
        hasWords("/properties/remoteIrrSet", IoApicProfile.RemoteIrrSet.values());
        hasWords("/properties/rteWrite/properties/remoteIrr", IoApicProfile.RteWrite.RemoteIrrOnWrite.values());
        hasWords("/properties/rteWrite/properties/reEvaluate", IoApicProfile.RteWrite.ReEvaluate.values());
        hasWords("/properties/maskedLevel", IoApicProfile.MaskedLevel.values());
        hasWords("/properties/maskedEdge", IoApicProfile.MaskedEdge.values());
        hasWords("/properties/edge", IoApicProfile.Edge.values());
        hasWords("/properties/polarity", IoApicProfile.Polarity.values());
        hasWords("/properties/powerOnEntry", IoApicProfile.PowerOnEntry.values());
        hasWords("/properties/remoteIrrGates", IoApicProfile.RemoteIrrGates.values());
        hasWords("/properties/service", IoApicProfile.Service.values());
        hasWords("/properties/levelTriggered", IoApicProfile.LevelTriggered.values());
        hasWords("/properties/level", IoApicProfile.Level.values());
        hasWords("/properties/resample/properties/on", IoApicProfile.EventSources.Told.values());
        hasWords("/properties/hosts/items", IrqchipMode.values());
        hasWords("/properties/split/properties/eoiExits", SplitRoutes.EoiExits.values());
        hasWords("/properties/split/properties/maskedRoute", SplitRoutes.MaskedRoute.values());
        hasWords("/properties/split/properties/vectorZero", SplitRoutes.VectorZero.values());
        hasWords("/properties/lapic/properties/place", LapicModel.Place.values());
        hasWords("/properties/lapic/properties/suppression", LapicModel.Suppression.values());
        hasWords("/properties/lapic/properties/broadcasts", LapicModel.Broadcasts.values());
        hasWords("/properties/lapic/properties/illegalVectors", LapicModel.IllegalVectors.values());
        hasWords("/properties/lapic/properties/repeatedVector", LapicModel.RepeatedVector.values());
        hasWords("/properties/line", IoApicProfile.LineModel.values());
        assertThat(SCHEMA.at("/properties/pins/maximum").intValue()).isEqualTo(IoApicProfile.MAX_PINS);
    }

    @Test
    void everyReactionToAnAssertedLineCanBeWritten() {
        JsonNode profile = BundledFiles.profile("kvm-inkernel").root();
        for (String reaction : List.of(
                "\"none\"",
                "\"immediate\"",
                "\"immediate-any-trigger\"",
                "\"next-service\"",
                "{\"resample\": {\"latency\": \"5us\"}, \"throttled\": null}")) {
            JsonNode patched = MergePatch.apply(
                    profile,
                    JsonSource.text("patch", "{\"onEoiAsserted\": " + reaction + "}")
                            .root());

            assertThat(Schemas.problemsOfProfile(patched)).as(reaction).isEmpty();
            assertThat(new JsonDocument("p", patched)
                            .read(ProfileReader::read)
                            .profile()
                            .ioApic()
                            .onEoiAsserted()
                            .getClass()
                            .getSimpleName())
                    .isEqualToIgnoringCase(reaction.replaceAll("[-\"{: ]", "").replaceAll("^(resample).*", "$1"));
        }
    }

    @Test
    void whateverIsDoneToAProfileSchemaAndReaderAcceptItOrRefuseItAlike() {
        Mutants mutants = new Mutants();
        List<String> disagreements = new ArrayList<>();
        int[] accepted = {0};
        for (String name : BundledFiles.profileNames()) {
            mutants.forEach(BundledFiles.profile(name).root(), mutant -> {
                boolean bySchema = Schemas.problemsOfProfile(mutant.root()).isEmpty();
                boolean byReader = isReadable(mutant.root());
                accepted[0] += byReader ? 1 : 0;
                if (bySchema != byReader) {
                    disagreements.add(mutant.change() + (bySchema ? ": schema accepts" : ": reader accepts"));
                }
            });
        }

        assertThat(disagreements).isEmpty();
        assertThat(accepted[0]).isGreaterThan(50);
    }

    private static boolean isReadable(JsonNode profile) {
        try {
            new JsonDocument("profile", profile).read(ProfileReader::read);
            return true;
        } catch (ScenarioFormatException e) {
            return false;
        }
    }

    private static void hasWords(String pointer, Enum<?>[] constants) {
        assertThat(Schemas.words(SCHEMA, pointer))
                .containsExactlyElementsOf(Arrays.stream(constants)
                        .map(constant ->
                                constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .toList());
    }
}
