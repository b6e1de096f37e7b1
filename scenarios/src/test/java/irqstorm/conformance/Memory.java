// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** What steps leave for later steps and observations: the value read last, saved entries, marks, faults, results by name. */
final class Memory {
    private final Map<String, Long> entries = new HashMap<>();
    private final Set<String> marks = new TreeSet<>();
    private final Map<String, Object> results = new HashMap<>();
    private final List<Runnable> iterationSetup = new ArrayList<>();
    private Map<Integer, Integer> countsBefore = Map.of();
    private Wires wires;
    private JsonNode row = Json.object();
    private JsonNode rowOut = Json.object();
    private List<JsonNode> table = List.of();
    private long lastRead;
    private boolean read;
    private boolean faulted;
    private boolean everFaulted;
    private int exitsBefore;
    private long elapsedNanos;

    void readValue(long value) {
        lastRead = value;
        read = true;
    }

    long lastRead() {
        if (!read) {
            throw new Mismatch("nothing has been read");
        }
        return lastRead;
    }

    void saveEntry(String name, long entry) {
        entries.put(name, entry);
    }

    long entry(String name) {
        Long entry = entries.get(name);
        if (entry == null) {
            throw new Mismatch("no redirection entry was saved as " + name);
        }
        return entry;
    }

    void mark(String name) {
        marks.add(name);
    }

    boolean isMarked(String name) {
        return marks.contains(name);
    }

    /** A step begins: it has not faulted. */
    void stepBegins(int exits) {
        faulted = false;
        exitsBefore = exits;
    }

    /** How many exits of L2 came before the current step. */
    int exitsBefore() {
        return exitsBefore;
    }

    void fault() {
        faulted = true;
        everFaulted = true;
    }

    boolean faulted() {
        return faulted;
    }

    boolean everFaulted() {
        return everFaulted;
    }

    void result(String name, Object value) {
        results.put(name, value);
    }

    boolean hasResult(String name) {
        return results.containsKey(name);
    }

    Object result(String name) {
        if (!results.containsKey(name)) {
            throw new Mismatch("no step has answered " + name);
        }
        return results.get(name);
    }

    void elapse(long nanos) {
        elapsedNanos += nanos;
    }

    long elapsedSinceStart(Bench bench) {
        return bench.clock().nowNanos() - Clock.START_NANOS;
    }

    long elapsedNanos() {
        return elapsedNanos;
    }

    /** An iteration of a loop begins; handlers have run so often until now. */
    void iterationBegins(Map<Integer, Integer> handlerCounts) {
        countsBefore = handlerCounts;
    }

    int countBefore(int vector) {
        return countsBefore.getOrDefault(vector, 0);
    }

    /** Something to do at the beginning of every iteration of a loop. */
    void everyIteration(Runnable action) {
        iterationSetup.add(action);
    }

    List<Runnable> iterationSetup() {
        return iterationSetup;
    }

    /** The wires of sources that are no devices of the machine. */
    Wires wires(Bench bench) {
        if (wires == null) {
            wires = new Wires(bench.store());
        }
        return wires;
    }

    /** The table row that this run is about, and the whole table. */
    void tableRow(JsonNode in, JsonNode out, List<JsonNode> all) {
        row = in;
        rowOut = out;
        table = all;
    }

    JsonNode rowOut() {
        return rowOut;
    }

    JsonNode row() {
        return row;
    }

    List<JsonNode> table() {
        return table;
    }
}
