// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where cases come from: the project's own, or the file that {@code -Dconformance.cases} names. */
final class CaseFile {
    static final String PROPERTY = "conformance.cases";

    /** The project's own, by origin. */
    private static final List<String> OWN =
            List.of("cases.json", "kvm-unit-tests.json", "linux-selftests.json", "crosvm.json", "manuals.json");

    /** Where Maven was started, and where the project is; a path may be relative to either. */
    private static final List<String> STARTING_POINTS = List.of("conformance.startedIn", "conformance.project");

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private CaseFile() {}

    /** Cases cannot be read; the message says why. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }

    static boolean isOwn() {
        return System.getProperty(PROPERTY) == null;
    }

    /** The file that is to be run instead of the project's own ones, or a name for these. */
    static String name() {
        return isOwn() ? "the project's own cases" : System.getProperty(PROPERTY);
    }

    static List<ConformanceCase> cases() throws Unreadable {
        return isOwn() ? own() : read(find(System.getProperty(PROPERTY)));
    }

    static List<ConformanceCase> own() {
        List<ConformanceCase> cases = new ArrayList<>();
        try {
            for (String name : OWN) {
                cases.addAll(parse(name, resource(name)));
            }
        } catch (Unreadable e) {
            throw new IllegalStateException(e);
        }
        return cases;
    }

    /** Why a case that does not pass is not held against the model, by id. */
    static Map<String, String> disagreements() {
        Map<String, String> disagreements = new LinkedHashMap<>();
        MAPPER.readTree(resource("disagreements.json"))
                .properties()
                .forEach(entry ->
                        disagreements.put(entry.getKey(), entry.getValue().stringValue()));
        return disagreements;
    }

    /** The cases in {@code file}. */
    static List<ConformanceCase> read(Path file) throws Unreadable {
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new Unreadable("There is no file " + file + " (-D" + PROPERTY + ").");
        } catch (MalformedInputException e) {
            throw new Unreadable(file + " is not UTF-8 text.");
        } catch (IOException e) {
            throw new Unreadable(file + " cannot be read: " + e.getMessage());
        }
    }

    /** An element that is no object is a case all the same, and will be unsupported. */
    private static List<ConformanceCase> parse(String name, String json) throws Unreadable {
        JsonNode array;
        try {
            array = MAPPER.readTree(json);
        } catch (JacksonException e) {
            throw new Unreadable(name + " is not JSON: " + e.getOriginalMessage() + " (line "
                    + e.getLocation().getLineNr() + ").");
        }
        if (!array.isArray()) {
            throw new Unreadable(name + " has no JSON array of cases at the top.");
        }
        List<ConformanceCase> cases = new ArrayList<>();
        int number = 0;
        for (JsonNode node : array.values()) {
            cases.add(new ConformanceCase(node, "case " + ++number));
        }
        return cases;
    }

    /** A relative path is looked for where Maven was started, then in the project, since tests run in their module's directory. */
    private static Path find(String file) {
        for (String property : STARTING_POINTS) {
            Path path = Path.of(System.getProperty(property, "")).resolve(file);
            if (Files.exists(path)) {
                return path;
            }
        }
        return Path.of(System.getProperty(STARTING_POINTS.get(0), "")).resolve(file);
    }

    private static String resource(String name) {
        try (InputStream in = CaseFile.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static String json(List<Outcome> outcomes) {
        return MAPPER.writerWithDefaultPrettyPrinter()
                .writeValueAsString(outcomes.stream()
                        .map(outcome -> {
                            Map<String, String> entry = new LinkedHashMap<>();
                            entry.put("id", outcome.id());
                            entry.put("outcome", outcome.kind().label());
                            entry.put("reason", outcome.reason());
                            return entry;
                        })
                        .toList());
    }
}
