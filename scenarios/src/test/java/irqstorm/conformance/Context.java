// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import irqstorm.cpu.Interruptibility;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** A level of a guest on one vCPU: its frames, innermost first. */
final class Context {
    private final String world;
    private final Interruptibility interruptibility;
    private final Deque<Frame> frames = new ArrayDeque<>();
    private String label = "";
    private int retired;
    private int entryIndex;

    Context(String world, Interruptibility interruptibility) {
        this.world = world;
        this.interruptibility = interruptibility;
    }

    String world() {
        return world;
    }

    Interruptibility interruptibility() {
        return interruptibility;
    }

    boolean isIdle() {
        return frames.isEmpty();
    }

    Frame top() {
        return frames.element();
    }

    void push(Frame frame) {
        frames.push(frame);
    }

    /** Adds {@code operation} to what is to be done when the context runs again. */
    void defer(JsonNode operation) {
        if (frames.isEmpty() || !frames.element().isDeferred()) {
            frames.push(Frame.deferred());
        }
        frames.element().add(operation);
    }

    void pop() {
        frames.pop();
    }

    void remove(Frame frame) {
        frames.remove(frame);
    }

    boolean isIn(Frame.Kind kind) {
        return frames.stream().anyMatch(frame -> frame.kind() == kind);
    }

    /** Whether a step of the case, or the case's code, has not ended. */
    boolean isBusy() {
        return frames.stream().anyMatch(frame -> frame.kind() != Frame.Kind.LOOP);
    }

    boolean inHandler() {
        return !frames.isEmpty() && top().kind().isHandler();
    }

    /** Calls {@code handler} with interrupts as they were before the event that calls it. */
    void call(Frame handler) {
        frames.push(handler);
    }

    String label() {
        return label;
    }

    void setLabel(String label) {
        this.label = label;
    }

    void instructionRetired() {
        interruptibility.instructionRetired();
        retired++;
        label = "";
    }

    /** Instructions since the last entry. */
    int retired() {
        return retired;
    }

    /** The context is entered from outside. */
    void entered() {
        retired = 0;
        entryIndex = codeIndex();
    }

    /** The names of the place it is at. */
    Set<String> place() {
        Set<String> names = new TreeSet<>();
        if (!frames.isEmpty()) {
            names.addAll(top().place());
        }
        int moved = codeIndex() - entryIndex;
        if (!inHandler()) {
            names.add(moved == 0 ? "entry" : "entry + " + moved);
            if (moved == 0) {
                names.add("entry RIP");
            }
        }
        return names;
    }

    private int codeIndex() {
        for (Iterator<Frame> all = frames.iterator(); all.hasNext(); ) {
            Frame frame = all.next();
            if (frame.kind() == Frame.Kind.CODE) {
                return frame.index();
            }
        }
        return retired;
    }
}
