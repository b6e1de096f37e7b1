// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.scenario.Problem;
import irqstorm.scenario.ScenarioFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The published schema and the readers accept the same scenarios, but for the {@link ReaderOnlyRule}s: tried on every bundled scenario,
 * and on one that uses every key, under every change that {@link Mutants} makes.
 */
class SchemaAgreementTest {
    private static final String CONFIGURATIONS = "configurations";

    private final MachineReader machines = new MachineReader();
    private final List<String> disagreements = new ArrayList<>();
    private final Set<ReaderOnlyRule> met = new TreeSet<>();
    private int acceptedByBoth;
    private int refusedByBoth;

    @Test
    void theScenarioWithEveryKeyUsesEveryKeyOfTheSchema() {
        Set<String> used = new TreeSet<>();
        collectKeys(everyKey().root(), used);
        Set<String> described = new TreeSet<>();
        collectProperties(Schemas.scenario(), described);

        described.removeAll(used);
        assertThat(described).isEmpty();
    }

    @Test
    void theScenariosThatAreChangedAreValid() {
        scenarios().forEach(document -> {
            assertThat(problemsBySchema(document.root())).as(document.source()).isEmpty();
            assertThat(Samples.problems(document)).as(document.source()).isEmpty();
        });
    }

    @Test
    void whateverIsDoneToAScenarioSchemaAndReaderAcceptItOrRefuseItAlike() {
        Mutants mutants = new Mutants();
        scenarios().forEach(document -> {
            ObjectNode scenario = withoutConfigurations(document.root());
            mutants.forEach(scenario, mutant -> compare(mutant.change(), document, mutant.root()));
        });

        assertThat(disagreements).isEmpty();
        assertThat(acceptedByBoth).isGreaterThan(300);
        assertThat(refusedByBoth).isGreaterThan(3000);
        assertThat(met).hasSizeGreaterThan(ReaderOnlyRule.values().length / 2);
    }

    @Test
    void whateverIsDoneToAConfigurationItIsJudgedByWhatItMakesOfTheScenario() {
        Mutants mutants = new Mutants();
        scenarios()
                .forEach(document -> document.root()
                        .path(CONFIGURATIONS)
                        .properties()
                        .forEach(configuration -> {
                            String name = configuration.getKey();
                            JsonNode patch = configuration.getValue();
                            mutants.forEach(
                                    patch,
                                    mutant -> compare(
                                            name + ": " + mutant.change(),
                                            document,
                                            withConfiguration(document.root(), name, mutant.root())));
                        }));

        assertThat(disagreements).isEmpty();
        assertThat(acceptedByBoth).isGreaterThan(100);
        assertThat(refusedByBoth).isGreaterThan(500);
    }

    @Test
    void whateverIsDoneToTheListOfConfigurationsSchemaAndReaderAcceptItOrRefuseItAlike() {
        JsonDocument document = everyKey();
        new Mutants().forEach(document.root().get(CONFIGURATIONS), mutant -> {
            ObjectNode changed = withoutConfigurations(document.root());
            changed.set(CONFIGURATIONS, mutant.root());
            compare(mutant.change(), document, changed);
        });

        assertThat(disagreements).isEmpty();
        assertThat(refusedByBoth).isGreaterThan(10);
    }

    private static Stream<JsonDocument> scenarios() {
        return Stream.concat(
                Stream.of(everyKey()), BundledFiles.scenarioNames().stream().map(BundledFiles::scenario));
    }

    private static JsonDocument everyKey() {
        try (InputStream in = SchemaAgreementTest.class.getResourceAsStream("/irqstorm/scenario/every-key.json")) {
            return JsonSource.stream("every-key", in);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static ObjectNode withoutConfigurations(JsonNode root) {
        ObjectNode scenario = (ObjectNode) root.deepCopy();
        scenario.remove(CONFIGURATIONS);
        return scenario;
    }

    private static ObjectNode withConfiguration(JsonNode root, String name, JsonNode patch) {
        ObjectNode scenario = withoutConfigurations(root);
        scenario.putObject(CONFIGURATIONS).set(name, patch.deepCopy());
        return scenario;
    }

    private void compare(String change, JsonDocument document, JsonNode scenario) {
        List<String> bySchema = problemsBySchema(scenario);
        List<Problem> byReader = problemsByReader(scenario);
        if (bySchema.isEmpty() && byReader.isEmpty()) {
            acceptedByBoth++;
        } else if (!bySchema.isEmpty() && !byReader.isEmpty()) {
            refusedByBoth++;
        } else if (byReader.isEmpty()) {
            disagreements.add(document.source() + ", " + change + ": only the schema refuses: " + bySchema);
        } else {
            byReader.stream()
                    .filter(problem -> !isReaderOnly(problem))
                    .forEach(problem -> disagreements.add(
                            document.source() + ", " + change + ": only the reader refuses: " + problem.text()));
        }
    }

    private List<Problem> problemsByReader(JsonNode scenario) {
        try {
            ScenarioReader.read(new JsonDocument("my.json", scenario), machines);
            return List.of();
        } catch (ScenarioFormatException e) {
            return e.problems();
        }
    }

    /** The schema's problems with a scenario as written and, where that is all right, as explored and under each of its configurations. */
    private static List<String> problemsBySchema(JsonNode scenario) {
        List<String> problems = Schemas.problemsOfScenario(scenario);
        JsonNode with = scenario.path("explore").path("with");
        if (problems.isEmpty() && with.isObject()) {
            problems = Schemas.problemsOfScenario(MergePatch.apply(scenario, with));
        }
        if (!problems.isEmpty() || !scenario.has(CONFIGURATIONS)) {
            return problems;
        }
        Set<String> all = new LinkedHashSet<>();
        JsonNode base = withoutConfigurations(scenario);
        scenario.get(CONFIGURATIONS)
                .values()
                .forEach(patch -> all.addAll(Schemas.problemsOfScenario(MergePatch.apply(base, patch))));
        return List.copyOf(all);
    }

    private boolean isReaderOnly(Problem problem) {
        boolean known = false;
        for (ReaderOnlyRule rule : ReaderOnlyRule.values()) {
            if (rule.explains(problem)) {
                met.add(rule);
                known = true;
            }
        }
        return known;
    }

    private static void collectKeys(JsonNode node, Set<String> keys) {
        node.properties().forEach(entry -> keys.add(entry.getKey()));
        node.values().forEach(value -> collectKeys(value, keys));
    }

    private static void collectProperties(JsonNode schema, Set<String> keys) {
        schema.path("properties").properties().forEach(entry -> keys.add(entry.getKey()));
        schema.values().forEach(value -> collectProperties(value, keys));
    }
}
