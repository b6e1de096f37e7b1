// SPDX-License-Identifier: Apache-2.0
package irqstorm.explore;

import irqstorm.check.Violation;
import irqstorm.engine.PendingLimitExceeded;
import irqstorm.explore.Exploration.Found;
import irqstorm.explore.Exploration.Outcome;
import irqstorm.machine.MachineConfig;
import irqstorm.machine.Move;
import irqstorm.machine.UntimedMachine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Visits every state that a machine can reach, breadth first, so that the way to whatever it finds is a shortest one. */
public final class Explorer {
    private final MachineConfig config;
    private final Bounds bounds;
    private final boolean everyKind;
    private final ExploredMachine explored;
    private final FingerprintSet visited = new FingerprintSet();
    private final SearchTree tree = new SearchTree();
    private final PackedQueue queue;
    private final IntLog next = new IntLog();
    private final Map<Violation, Integer> found = new LinkedHashMap<>();
    private long transitions;
    private int depth;

    private Explorer(MachineConfig config, Bounds bounds, boolean everyKind) {
        this.config = Scaling.scaled(config, bounds);
        this.bounds = bounds;
        this.everyKind = everyKind;
        this.explored = new ExploredMachine(this.config);
        this.queue = new PackedQueue(explored.store());
    }

    /** Explores a machine until something is wrong. */
    public static Exploration explore(MachineConfig config, Bounds bounds) {
        return new Explorer(config, bounds, false).run();
    }

    /** Explores a machine to the end of the bounds, whatever it finds. */
    public static Exploration exploreAll(MachineConfig config, Bounds bounds) {
        return new Explorer(config, bounds, true).run();
    }

    private Exploration run() {
        visited.add(explored.store().fingerprint());
        tree.add(SearchTree.NONE, 0);
        queue.add();
        boolean exhausted = search();
        if (exhausted && found.isEmpty()) {
            int restless = new RestCheck(config, bounds, tree, next).firstRestless();
            if (restless >= 0) {
                violated(Violation.NO_REST, restless);
            }
        }
        Outcome outcome = !found.isEmpty() ? Outcome.VIOLATION : exhausted ? Outcome.EXHAUSTED : Outcome.BUDGET;
        List<Found> violations = found.entrySet().stream()
                .map(entry -> new Found(entry.getKey(), moves(tree.path(entry.getValue()))))
                .toList();
        return new Exploration(outcome, violations, visited.size(), transitions, depth, bounds);
    }

    /** Visits states level by level; whether there are no more. */
    private boolean search() {
        int expanded = 0;
        int endOfLevel = 1;
        while (!queue.isEmpty() && (everyKind || found.isEmpty())) {
            if (expanded == endOfLevel) {
                if (depth == bounds.maxDepth()) {
                    return false;
                }
                depth++;
                endOfLevel = visited.size();
            }
            if (visited.size() >= bounds.maxStates()) {
                return false;
            }
            queue.poll();
            try {
                expand(expanded++);
            } catch (PendingLimitExceeded tooMany) {
                return false;
            }
        }
        return queue.isEmpty();
    }

    private void expand(int state) {
        UntimedMachine machine = explored.machine();
        int mark = explored.store().mark();
        long fingerprint = explored.store().fingerprint();
        boolean restless = !machine.isAtRest();
        int way = RestCheck.REST;
        for (int choice = machine.nextChoice(UntimedMachine.NONE);
                choice != UntimedMachine.NONE;
                choice = machine.nextChoice(choice)) {
            boolean forward = restless && way == RestCheck.REST && !machine.isIdle(choice);
            int reached = visit(state, choice);
            way = forward ? reached : way;
            explored.store().undoTo(mark, fingerprint);
        }
        next.add(way);
    }

    /** The number of the state that {@code choice} leads to. */
    private int visit(int from, int choice) {
        transitions++;
        boolean possible = explored.take(choice);
        int known = visited.add(explored.store().fingerprint());
        if (known >= 0) {
            return known;
        }
        int number = visited.size() - 1;
        tree.add(from, choice);
        Violation violation = possible ? explored.violation() : Violation.INVARIANT;
        if (violation != null) {
            violated(violation, number);
        }
        queue.add();
        return number;
    }

    private void violated(Violation violation, int state) {
        found.putIfAbsent(violation, state);
    }

    private List<Move> moves(int[] path) {
        ExploredMachine replayed = new ExploredMachine(config);
        List<Move> moves = new ArrayList<>();
        for (int choice : path) {
            moves.add(replayed.move(choice));
            replayed.take(choice);
        }
        return moves;
    }
}
