// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import irqstorm.machine.MachineConfig;
import irqstorm.scenario.Expectations;
import irqstorm.scenario.ExplorableFile;
import irqstorm.scenario.Scenario;
import irqstorm.scenario.ScenarioFile;
import irqstorm.scenario.ScenarioFormatException;
import irqstorm.units.DurationText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a scenario file: the scenario as written, and under each configuration's merge patch.
 *
 * <p>Every configuration is read as a whole after it was patched, so that it is checked as strictly as the scenario itself; a problem
 * names the configuration and the path in the patched scenario. A configuration with problems does not keep the others from being read.
 */
public final class ScenarioReader {
    static final String CONFIGURATIONS = "configurations";
    static final String ORDER = "order";
    private static final int MAX_CONFIGURATIONS = 200;
    private static final int MAX_KEYS = 100_000;
    private static final int MAX_TEXT = 4000;
    private static final int MAX_NAME = 100;
    private static final int MAX_MOVE = 200;
    private static final long DEFAULT_SETTLE_NANOS = 2_000_000_000L;
    private static final long MOST_EVENTS = 1_000_000_000_000L;
    private static final int MOST_PENDING = 10_000_000;

    private final Refusals refusals = new Refusals();
    private final JsonDocument document;
    private final MachineReader machines;

    private ScenarioReader(JsonDocument document, MachineReader machines) {
        this.document = document;
        this.machines = machines;
    }

    /**
     * Reads the scenario file at {@code path}.
     *
     * @throws ScenarioFormatException if it cannot be read or is not a valid scenario
     */
    public static ScenarioFile readFile(Path path) {
        return read(JsonSource.file(path));
    }

    /**
     * Reads a scenario.
     *
     * @throws ScenarioFormatException if it is not a valid scenario
     */
    public static ScenarioFile read(JsonDocument document) {
        return read(document, new MachineReader());
    }

    /** Reads a scenario that shares with others what {@code machines} has compiled. */
    static ScenarioFile read(JsonDocument document, MachineReader machines) {
        return new ScenarioReader(document, machines).readAll();
    }

    /** The scenario as written, and what stands beside it. */
    private record Written(Scenario scenario, String description) {}

    private ScenarioFile readAll() {
        Map<String, JsonDocument> patches = new LinkedHashMap<>();
        Optional<Written> written = refusals.attempt(() -> document.read(cursor -> cursor.readObject(fields -> {
            fields.optional(CONFIGURATIONS).ifPresent(all -> patches.putAll(patches(all)));
            return written(fields, "");
        })));
        if (written.isPresent() && document.root().has(ExploreReader.EXPLORE)) {
            refusals.attempt(() -> explorable("", document));
        }
        Map<String, Scenario> configurations = new LinkedHashMap<>();
        patches.forEach((name, patch) -> refusals.attempt(() -> configuration(name, patch))
                .ifPresent(scenario -> configurations.put(name, scenario)));
        refusals.throwIfAny();
        Scenario base = written.orElseThrow().scenario();
        String description = written.orElseThrow().description();
        return new ScenarioFile(document.source(), base.name(), base.title(), description, base, configurations);
    }

    /**
     * Reads a scenario as it is explored, and under each configuration.
     *
     * @throws ScenarioFormatException if it is not a valid scenario
     */
    public static ExplorableFile readForExploring(JsonDocument document) {
        return new ScenarioReader(document, new MachineReader()).readAllForExploring();
    }

    private ExplorableFile readAllForExploring() {
        ScenarioFile asWritten = readAll();
        List<ScenarioDraft> drafts = new ArrayList<>();
        refusals.attempt(() -> explorable("", document)).ifPresent(drafts::add);
        asWritten.configurations().keySet().forEach(name -> {
            JsonDocument patch = new JsonDocument(
                    document.source(), document.root().get(CONFIGURATIONS).get(name));
            refusals.attempt(() -> explorable(name, document.patched(sourceOf(name), patch)))
                    .ifPresent(drafts::add);
        });
        refusals.throwIfAny();
        return new ExplorableFile(asWritten, drafts);
    }

    /** The scenario under {@code configuration}, which {@code patched} is, as it is explored. */
    private ScenarioDraft explorable(String configuration, JsonDocument patched) {
        JsonDocument explored = ExploreReader.explored(document, configuration, patched);
        Scenario scenario = explored.read(cursor -> cursor.readObject(fields -> {
            fields.ignore(CONFIGURATIONS);
            return written(fields, configuration, machines.forExploring()).scenario();
        }));
        return ScenarioDraft.of(explored, scenario, machines);
    }

    /** Reads what was made of a scenario as {@code configuration}. */
    static Scenario readMade(JsonDocument made, String configuration, MachineReader machines) {
        ScenarioReader reader = new ScenarioReader(made, machines);
        return made.read(cursor -> cursor.readObject(
                fields -> reader.written(fields, configuration, machines).scenario()));
    }

    private static Map<String, JsonDocument> patches(JsonCursor all) {
        Map<String, JsonDocument> patches = new LinkedHashMap<>();
        all.entries(MAX_CONFIGURATIONS).forEach((name, patch) -> {
            if (patch.kind() != JsonKind.OBJECT) {
                patch.problem("an object: a JSON merge patch over the scenario");
            } else if (name.isBlank() || name.length() > MAX_NAME) {
                patch.problem("a configuration with a name of 1 to " + MAX_NAME + " characters");
            } else if (patch.entries(MAX_KEYS).containsKey(CONFIGURATIONS)) {
                patch.problem("a patch without \"" + CONFIGURATIONS + "\"");
            } else {
                patches.put(name, patch.asDocument());
            }
        });
        return patches;
    }

    private Scenario configuration(String name, JsonDocument patch) {
        return document.patched(sourceOf(name), patch)
                .read(cursor -> cursor.readObject(fields -> {
                    fields.ignore(CONFIGURATIONS);
                    return written(fields, name).scenario();
                }));
    }

    private String sourceOf(String configuration) {
        return document.source() + ": configuration \"" + configuration + "\" as patched";
    }

    private Written written(JsonFields fields, String configuration) {
        return written(fields, configuration, machines);
    }

    private Written written(JsonFields fields, String configuration, MachineReader machineReader) {
        fields.optional("$schema").ifPresent(JsonCursor::asString);
        String name = fields.required("name").asName(MAX_NAME);
        String title = fields.required("title").asName(MAX_TEXT);
        String description = fields.optional("description", "", text -> text.asText(MAX_TEXT));
        long seed = fields.optional("seed", 1L, number -> number.asLong(0, Long.MAX_VALUE));
        long duration = fields.required("duration").asDurationNanos(1, DurationText.MAX_NANOS);
        long settle = fields.optional("settle", DEFAULT_SETTLE_NANOS, JsonCursor::asDurationNanos);
        Scenario.Limits limits = fields.optional("limits", Scenario.Limits.DEFAULT, ScenarioReader::limits);
        MachineConfig machine = machineReader.read(fields, seed);
        Scenario.Order order = fields.optional(ORDER).map(ScenarioReader::order).orElse(null);
        Scenario scenario = new Scenario(
                name,
                title,
                configuration,
                duration,
                settle,
                limits,
                machine,
                fields.optional(
                        ScenarioDraft.EXPECT,
                        Expectations.NONE,
                        expect -> ExpectationReader.read(expect, order != null)),
                order);
        fields.optional(ExploreReader.EXPLORE).ifPresent(ExploreReader::check);
        return new Written(scenario, description);
    }

    private static Scenario.Order order(JsonCursor cursor) {
        return new Scenario.Order(
                cursor.source(), cursor.readList(0, Scenario.Order.MAX_MOVES, move -> move.asName(MAX_MOVE)));
    }

    private static Scenario.Limits limits(JsonCursor cursor) {
        return cursor.readObject(fields -> new Scenario.Limits(
                fields.optional("events", Scenario.Limits.DEFAULT.maxEvents(), number -> number.asLong(1, MOST_EVENTS)),
                fields.optional(
                        "pending", Scenario.Limits.DEFAULT.maxPending(), number -> number.asInt(1, MOST_PENDING))));
    }
}
