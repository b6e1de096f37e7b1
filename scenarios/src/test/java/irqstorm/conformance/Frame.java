// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A list of operations that a context is in the middle of: a step of the case, a handler, L2's own code, or an endless loop. */
final class Frame {
    private final Kind kind;
    private final int vector;
    private final boolean savedInterruptFlag;
    private final List<JsonNode> body;
    private final Deque<JsonNode> left;

    enum Kind {
        STEP,
        INTERRUPT,
        SOFTWARE,
        NMI,
        EXCEPTION,
        CODE,
        DEFERRED,
        LOOP;

        boolean isHandler() {
            return this == INTERRUPT || this == SOFTWARE || this == NMI || this == EXCEPTION;
        }
    }

    Frame(Kind kind, int vector, boolean savedInterruptFlag, List<JsonNode> body) {
        this.kind = kind;
        this.vector = vector;
        this.savedInterruptFlag = savedInterruptFlag;
        this.body = List.copyOf(body);
        this.left = new ArrayDeque<>(body);
    }

    static Frame of(Kind kind, List<JsonNode> body) {
        return new Frame(kind, -1, false, body);
    }

    /** Steps that could not be done when their turn came. */
    static Frame deferred() {
        return new Frame(Kind.DEFERRED, -1, false, List.of());
    }

    boolean isDeferred() {
        return kind == Kind.DEFERRED;
    }

    void add(JsonNode operation) {
        left.add(operation);
    }

    Kind kind() {
        return kind;
    }

    int vector() {
        return vector;
    }

    boolean savedInterruptFlag() {
        return savedInterruptFlag;
    }

    boolean isDone() {
        return left.isEmpty();
    }

    JsonNode current() {
        return left.element();
    }

    void next() {
        left.remove();
    }

    /** Puts {@code operations} before what is left. */
    void insert(List<JsonNode> operations) {
        for (int i = operations.size() - 1; i >= 0; i--) {
            left.addFirst(operations.get(i));
        }
    }

    void startOver() {
        left.addAll(body);
    }

    /** The names of the place it is at: of the next operation, and of the one before it. */
    Set<String> place() {
        int index = body.size() - left.size();
        if (kind == Kind.EXCEPTION && index == 0) {
            return Set.of("#DB handler entry");
        }
        if (kind != Kind.CODE) {
            return Set.of();
        }
        Set<String> names = new java.util.TreeSet<>();
        if (index < body.size()) {
            names.add(name(index));
        }
        if (index > 0) {
            names.add(name(index - 1) + " + 1");
        }
        return names;
    }

    /** How many operations are done. */
    int index() {
        return body.size() - left.size();
    }

    private String name(int index) {
        return body.get(index).path("op").asString("");
    }
}
