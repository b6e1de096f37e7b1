// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** What runs on the bench's vCPUs besides the case's steps: handlers, how often each was entered, and the labels they pass. */
final class Programs {
    private static final int NMI_VECTOR = 2;

    private final Setup setup;
    private final History history;
    private final Memory memory;
    private final Map<Integer, List<JsonNode>> handlers = new HashMap<>();
    private final Map<String, List<JsonNode>> handlersOf = new HashMap<>();
    private final Map<String, Integer> entries = new HashMap<>();
    private Consumer<JsonNode> labelListener = operation -> {};

    Programs(Setup setup, History history, Memory memory) {
        this.setup = setup;
        this.history = history;
        this.memory = memory;
    }

    /** A handler that is said to be installed in L1 or in L2 alone does not replace the other one's. */
    void setHandler(int vector, String world, List<JsonNode> body) {
        handlersOf.put(world + "/" + vector, body);
        handlers.put(vector, body);
    }

    /** The handler of {@code vector}; one that the case does not spell out ends its interrupt. */
    List<JsonNode> handler(Context context, int vector) {
        List<JsonNode> own = handlersOf.get(context.world() + "/" + vector);
        return own != null ? own : handlers.getOrDefault(vector, Json.operations("eoi"));
    }

    /** An L2 whose NMI handler is said to make a hypercall waits in it for the step that does. */
    List<JsonNode> nmiHandler(Context context) {
        if (context.world().equals("L2") && memory.isMarked("handler makes hypercall")) {
            return Json.operations("wait_for_hypercall");
        }
        List<JsonNode> body = Preconditions.operations(setup.preconditions().path("nmi_handler"));
        return body.isEmpty() ? handlers.getOrDefault(NMI_VECTOR, body) : body;
    }

    List<JsonNode> exceptionHandler() {
        return Json.operations("nop");
    }

    void handlerEntered(Cpu cpu, Context context, int vector, boolean software, Set<String> place) {
        history.handlerEntered(cpu.index(), context.world(), vector, software, place);
        countEntry(cpu, vector);
        labelListener.accept(Json.handlerEntry(vector));
    }

    void countEntry(Cpu cpu, int vector) {
        entries.merge(cpu.index() + "/" + vector, 1, Integer::sum);
    }

    /** How often {@code cpu} has entered the handler of {@code vector}. */
    int entries(Cpu cpu, int vector) {
        return entries.getOrDefault(cpu.index() + "/" + vector, 0);
    }

    void onLabel(Consumer<JsonNode> listener) {
        labelListener = listener;
    }

    void labelReached(JsonNode operation) {
        if (operation.has("label")) {
            labelListener.accept(operation);
        }
    }
}
