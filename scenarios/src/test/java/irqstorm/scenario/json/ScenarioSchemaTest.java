// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.check.Verdict;
import irqstorm.check.Violation;
import irqstorm.guest.Condition;
import irqstorm.guest.EoiMechanism;
import irqstorm.guest.GuestProgram;
import irqstorm.guest.ProgramRole;
import irqstorm.kvm.IrqchipMode;
import irqstorm.kvm.UapiRevision;
import irqstorm.kvm.X2ApicApiFlag;
import irqstorm.machine.LatencyKind;
import irqstorm.machine.MachineConfig;
import irqstorm.machine.Signalling.Unmask;
import irqstorm.scenario.Expectations.LineMeasure;
import irqstorm.scenario.Expectations.RunMeasure;
import irqstorm.scenario.Scenario;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The published schema of scenario files says what the code says. {@link SchemaAgreementTest} holds it to the readers. */
class ScenarioSchemaTest {
    private static final JsonNode SCHEMA = Schemas.scenario();

    @Test
    void theSchemaIsValidAndHasAStableName() {
        assertThat(Schemas.problemsOfSchema(SCHEMA)).isEmpty();
        assertThat(SCHEMA.get("$schema").stringValue()).isEqualTo(Schemas.META_SCHEMA);
        assertThat(SCHEMA.get("$id").stringValue()).isEqualTo("urn:irqstorm:schema:scenario");
    }

    @ParameterizedTest
    @MethodSource("bundledScenarios")
    void everyBundledScenarioIsValidAsWrittenAndUnderEachConfiguration(String name) {
        isValidAsWrittenAndUnderEachConfiguration(BundledFiles.scenario(name).root());
    }

    @Test
    void soAreTheGuestsThatAVmmIsAdvisedFor() {
        JsonDocument guests = BundledFiles.adviceGuests();
        isValidAsWrittenAndUnderEachConfiguration(guests.root());
        for (JsonDocument patch : List.of(BundledFiles.adviceEdgeLine(), BundledFiles.adviceThrottled())) {
            isValidAsWrittenAndUnderEachConfiguration(
                    guests.patched(patch.source(), patch).root());
        }
    }

    private static void isValidAsWrittenAndUnderEachConfiguration(JsonNode scenario) {
        assertThat(Schemas.problemsOfScenario(scenario)).isEmpty();
        scenario.path("configurations")
                .properties()
                .forEach(configuration -> assertThat(
                                Schemas.problemsOfScenario(MergePatch.apply(scenario, configuration.getValue())))
                        .as(configuration.getKey())
                        .isEmpty());
    }

    static List<String> bundledScenarios() {
        return BundledFiles.scenarioNames();
    }

    @Test
    void everyKeyIsDescribed() {
        assertThat(SchemaText.undescribedKeys(SCHEMA)).isEmpty();
    }

    @Test
    void everyObjectIsClosedButTheOnesWithFreeNames() {
        assertThat(SchemaText.openObjects(SCHEMA))
                .containsExactlyInAnyOrder(
                        "$['$defs'].profileChoice.properties.patch",
                        "$['$defs'].expect.properties.lines",
                        "$.properties.configurations",
                        "$.properties.configurations.additionalProperties",
                        "$['$defs'].explore.properties.with");
    }

    @Test
    void everyDefinitionIsThereAndUsed() {
        Set<String> used = new TreeSet<>();
        SCHEMA.findValuesAsString("$ref").forEach(ref -> used.add(ref.replace("#/$defs/", "")));

        assertThat(used).containsExactlyInAnyOrderElementsOf(SCHEMA.get("$defs").propertyNames());
    }

    @Test
    void theWordsAreThoseOfTheCode() {
        assertThat(words("/$defs/kvm/properties/irqchip"))
                .containsExactlyElementsOf(labels(IrqchipMode.values(), IrqchipMode::label));
        assertThat(words("/$defs/kvm/properties/uapi"))
                .containsExactlyElementsOf(labels(UapiRevision.values(), UapiRevision::label));
        assertThat(words("/$defs/conditions/items"))
                .containsExactlyElementsOf(labels(Condition.values(), Condition::label));
        assertThat(words("/$defs/stepLapicEoi/properties/via"))
                .containsExactlyElementsOf(labels(EoiMechanism.values(), EoiMechanism::label));
        assertThat(words("/$defs/expect/properties/verdict"))
                .containsExactlyElementsOf(labels(Verdict.values(), Verdict::name));
        assertThat(words("/$defs/expect/properties/violation"))
                .containsExactlyElementsOf(
                        Violation.BESIDES_VERDICTS.stream().map(Enum::name).toList());
        assertThat(words("/$defs/profileChoice/properties/profile"))
                .containsExactlyElementsOf(BundledFiles.profileNames());
        assertThat(words("/$defs/device/properties/kind")).containsExactlyElementsOf(BundledFiles.deviceNames());
        assertThat(words("/$defs/line/properties/signalling"))
                .containsExactlyElementsOf(DeviceReader.SIGNALLING.keySet());
        assertThat(words("/$defs/device/properties/unmask"))
                .containsExactlyElementsOf(labels(
                        Unmask.values(),
                        word -> word.name().toLowerCase(Locale.ROOT).replace('_', '-')));
    }

    @Test
    void theKeysAreThoseOfTheCode() {
        assertThat(keys("/$defs/programs")).containsExactlyElementsOf(labels(ProgramRole.values(), ProgramRole::label));
        assertThat(keys("/$defs/latencies"))
                .containsExactlyElementsOf(labels(LatencyKind.values(), LatencyKind::label));
        assertThat(keys("/$defs/expect"))
                .containsExactlyElementsOf(Stream.of(
                                Stream.of("verdict", "violation"),
                                labels(RunMeasure.values(), RunMeasure::key).stream(),
                                Stream.of("lines"))
                        .flatMap(part -> part)
                        .toList());
        assertThat(keys("/$defs/lineExpectation"))
                .containsExactlyElementsOf(labels(LineMeasure.values(), LineMeasure::key));
    }

    @ParameterizedTest
    @EnumSource
    void theFlagsOfEachRevisionAreThoseOfTheCode(UapiRevision revision) {
        List<String> expected = new ArrayList<>(labels(X2ApicApiFlag.values(), X2ApicApiFlag::name));
        expected.addAll(revision.ownNames());
        String definition = revision == UapiRevision.V3 ? "flagV3" : "flag";

        assertThat(words("/$defs/" + definition + "/anyOf/0")).containsExactlyElementsOf(expected);
    }

    @ParameterizedTest
    @EnumSource
    void theStepsOfEachProgramAreThoseOfTheCode(ProgramRole role) {
        String program = SCHEMA.at("/$defs/programs/properties/" + role.label() + "/$ref")
                .stringValue();
        List<String> steps = new ArrayList<>();
        SCHEMA.at(program.substring(1) + "/items/anyOf")
                .forEach(step ->
                        steps.add(SCHEMA.at(step.get("$ref").stringValue().substring(1) + "/properties/step/const")
                                .stringValue()));

        assertThat(steps)
                .containsExactlyInAnyOrderElementsOf(StepReader.words(role).keySet());
    }

    @Test
    void theLimitsAreThoseOfTheCode() {
        assertThat(SCHEMA.at("/properties/cpu/properties/vcpus/maximum").intValue())
                .isEqualTo(MachineConfig.MAX_VCPUS);
        assertThat(SCHEMA.at("/properties/devices/maxItems").intValue()).isEqualTo(MachineConfig.MAX_DEVICES);
        assertThat(SCHEMA.at("/$defs/msi/properties/destination/maximum").intValue())
                .isEqualTo(MachineConfig.MAX_VCPUS - 1);
        assertThat(SCHEMA.at("/$defs/device/properties/accesses/maximum").intValue())
                .isEqualTo(SignallingReader.MAX_ACCESSES);
        for (String program : List.of("bootProgram", "backgroundProgram", "handlerProgram", "exitProgram")) {
            assertThat(SCHEMA.at("/$defs/" + program + "/maxItems").intValue()).isEqualTo(GuestProgram.MAX_STEPS);
        }
    }

    @Test
    void whatIsLeftOutHasTheDefaultThatTheSchemaNames() {
        Scenario leftOut = ScenarioReader.read(Samples.plain()).base();
        Scenario writtenOut = ScenarioReader.read(Samples.changed(Samples.plain(), defaults()))
                .base();

        assertThat(writtenOut).isEqualTo(leftOut);
    }

    /** A patch that gives every optional key of the plain sample, which has pins, the schema's default. */
    private static String defaults() {
        String pin = "{\"gsi\": 5, \"vector\": \"0x41\", \"trigger\": \"level\", " + defaultsOf("/$defs/pin") + "}";
        String device = "{\"name\": \"nic\", " + defaultsOf("/$defs/device")
                + ", \"arrivals\": {\"at\": [\"10us\"]}, \"line\": {\"gsi\": 5, " + defaultsOf("/$defs/line") + "}}";
        return "{" + defaultsOf("") + ", \"limits\": {" + defaultsOf("/properties/limits") + "}, \"cpu\": {"
                + defaultsOf("/properties/cpu") + "}, \"kvm\": {" + defaultsOf("/$defs/kvm")
                + ", \"x2apicApi\": {\"flags\": [], " + defaultsOf("/$defs/kvm/properties/x2apicApi")
                + "}}, \"latencies\": {" + defaultsOf("/$defs/latencies") + "}, \"pins\": [" + pin
                + "], \"devices\": [" + device + "]}";
    }

    private static String defaultsOf(String object) {
        return String.join(
                ", ",
                SCHEMA.at(object + "/properties").properties().stream()
                        .filter(property -> property.getValue().has("default"))
                        .filter(property -> !property.getKey().equals("pins"))
                        .map(property -> "\"" + property.getKey() + "\": "
                                + property.getValue().get("default"))
                        .toList());
    }

    private static List<String> words(String pointer) {
        return Schemas.words(SCHEMA, pointer);
    }

    private static List<String> keys(String pointer) {
        return List.copyOf(SCHEMA.at(pointer + "/properties").propertyNames());
    }

    private static <E extends Enum<E>> List<String> labels(E[] values, Function<E, String> label) {
        return Arrays.stream(values).map(label).toList();
    }
}
