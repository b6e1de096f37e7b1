// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import irqstorm.apic.FatalModelError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Runs a case in every way that it allows: every table row, every setup, several values of its free symbols. */
final class CaseRunner {
    private static final Pattern SYMBOL = Pattern.compile("[a-z]{1,4}");

    private CaseRunner() {}

    static Outcome run(ConformanceCase test) {
        try {
            if (!test.json().isObject()) {
                throw new Unsupported("the case is no JSON object");
            }
            for (JsonNode row : test.table()) {
                for (Map<String, JsonNode> values : rowValues(test, row)) {
                    runRow(test, row, values);
                }
            }
            return new Outcome(test.id(), Outcome.Kind.PASSED, "");
        } catch (Unsupported reason) {
            return new Outcome(test.id(), Outcome.Kind.UNSUPPORTED, reason.getMessage());
        } catch (Mismatch | FatalModelError reason) {
            return new Outcome(test.id(), Outcome.Kind.FAILED, reason.getMessage());
        } catch (RuntimeException | StackOverflowError malformed) {
            return new Outcome(test.id(), Outcome.Kind.UNSUPPORTED, "the case cannot be read: " + malformed);
        }
    }

    /** The values of a row, one choice for every range in it; rows that an operation interprets stay as they are. */
    private static List<Map<String, JsonNode>> rowValues(ConformanceCase test, JsonNode row) {
        List<Map<String, JsonNode>> choices = new ArrayList<>();
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        row.path("in").properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        boolean interpreted = test.stimulus().stream().anyMatch(CaseRunner::interpretsTable);
        if (interpreted) {
            choices.add(Map.of());
        } else {
            choose(fields, new ArrayList<>(fields.keySet()), new LinkedHashMap<>(), new Scope(), choices);
        }
        return choices;
    }

    private static boolean interpretsTable(JsonNode step) {
        String operation = step.path("op").asString("");
        return operation.endsWith("_table") || operation.equals("for_each_icr");
    }

    private static void choose(
            Map<String, JsonNode> fields,
            List<String> names,
            Map<String, JsonNode> chosen,
            Scope scope,
            List<Map<String, JsonNode>> choices) {
        if (chosen.size() == names.size()) {
            choices.add(new LinkedHashMap<>(chosen));
            return;
        }
        String name = names.get(chosen.size());
        JsonNode value = fields.get(name);
        if (!Domain.isRange(value)) {
            chosen.put(name, value);
            choose(fields, names, chosen, scope, choices);
            chosen.remove(name);
            return;
        }
        for (long one : Domain.values(name, value, scope)) {
            scope.set(name, one);
            chosen.put(name, Json.text(Numbers.hex(one)));
            choose(fields, names, chosen, scope, choices);
            chosen.remove(name);
        }
    }

    private static void runRow(ConformanceCase test, JsonNode row, Map<String, JsonNode> values) {
        Map<String, JsonNode> all = new LinkedHashMap<>(values);
        row.path("out").properties().forEach(field -> all.put(field.getKey(), field.getValue()));
        Substitution substitution = new Substitution(all);
        boolean interpreted = test.stimulus().stream().anyMatch(CaseRunner::interpretsTable);
        List<JsonNode> stimulus = interpreted ? test.stimulus() : substituted(test.stimulus(), substitution);
        List<JsonNode> expectations = substituted(test.expectations(), substitution);
        ObjectNode preconditions = (ObjectNode) substitution.in(test.preconditions());
        // A row may choose what the preconditions leave open.
        values.forEach((name, value) -> {
            if (preconditions.has(name)) {
                preconditions.set(name, value);
            }
        });
        for (JsonNode alternative : alternatives(preconditions)) {
            for (Setup setup : Setup.of(test, alternative, stimulus)) {
                for (Map<String, Long> symbols : symbols(stimulus)) {
                    runOnce(test, row, values, setup, symbols, stimulus, expectations);
                }
            }
        }
    }

    private static void runOnce(
            ConformanceCase test,
            JsonNode row,
            Map<String, JsonNode> values,
            Setup setup,
            Map<String, Long> symbols,
            List<JsonNode> stimulus,
            List<JsonNode> expectations) {
        Scope scope = new Scope();
        symbols.forEach(scope::set);
        try {
            CaseRun run = new CaseRun(setup, scope, stimulus, expectations);
            run.bench().memory().tableRow(row.path("in"), row.path("out"), test.table());
            run.run();
        } catch (Mismatch mismatch) {
            throw new Mismatch(mismatch.getMessage() + " (" + setup.describe()
                    + (values.isEmpty() ? "" : ", row " + values) + (symbols.isEmpty() ? "" : ", " + symbols) + ")");
        }
    }

    private static List<JsonNode> substituted(List<JsonNode> nodes, Substitution substitution) {
        return nodes.stream().map(substitution::in).toList();
    }

    /** A flag that says "A or B" leaves a choice. */
    private static List<JsonNode> alternatives(ObjectNode preconditions) {
        for (JsonNode flag : preconditions.path("flags").values()) {
            String text = flag.asString("");
            if (text.contains("=") && text.contains(" or ")) {
                String name = text.substring(0, text.indexOf('='));
                List<JsonNode> choices = new ArrayList<>();
                for (String value : text.substring(name.length() + 1).split(" or ")) {
                    ObjectNode copy = preconditions.deepCopy();
                    ArrayNode flags = copy.putArray("flags");
                    preconditions
                            .path("flags")
                            .values()
                            .forEach(other -> flags.add(other.equals(flag) ? name + "=" + value : other.asString("")));
                    choices.addAll(alternatives(copy));
                }
                return choices;
            }
        }
        return List.of(preconditions);
    }

    /** Symbols that a step writes and nothing defines stand for any value. */
    private static List<Map<String, Long>> symbols(List<JsonNode> stimulus) {
        Set<String> free = new TreeSet<>();
        Set<String> saved = new TreeSet<>();
        for (JsonNode step : stimulus) {
            String value = step.path("value").asString("");
            if (SYMBOL.matcher(value).matches() && new Scope().value(value).isEmpty()) {
                free.add(value);
            }
            saved.add(step.path("save").asString(""));
        }
        free.removeAll(saved);
        List<Map<String, Long>> choices = new ArrayList<>();
        choices.add(Map.of());
        for (String symbol : free) {
            List<Map<String, Long>> more = new ArrayList<>();
            for (Map<String, Long> choice : choices) {
                for (long sample : Scope.SAMPLES) {
                    Map<String, Long> extended = new LinkedHashMap<>(choice);
                    extended.put(symbol, sample);
                    more.add(extended);
                }
            }
            choices = more;
        }
        return choices;
    }
}
