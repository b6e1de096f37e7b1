// SPDX-License-Identifier: Apache-2.0
package irqstorm.explore;

import irqstorm.check.Violation;
import irqstorm.engine.PendingLimitExceeded;
import irqstorm.explore.Exploration.Found;
import irqstorm.explore.Exploration.Outcome;
import irqstorm.machine.MachineConfig;
import irqstorm.machine.Move;
import java.util.ArrayList;
import java.util.EnumMap;
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
    private final Map<Violation, Integer> found = new EnumMap<>(Violation.class);
    private final List<Violation> order = new ArrayList<>();
    private long transitions;
    private int depth;
    private boolean endsWell;

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
        boolean exhausted = false;
        int expanded = 0;
        int endOfLevel = 1;
        try {
            while (!queue.isEmpty() && (everyKind || found.isEmpty()) && visited.size() < bounds.maxStates()) {
                if (expanded == endOfLevel) {
                    if (depth == bounds.maxDepth()) {
                        break;
                    }
                    depth++;
                    endOfLevel = visited.size();
                }
                queue.poll();
                expand(expanded++);
            }
            exhausted = queue.isEmpty();
        } catch (PendingLimitExceeded tooMany) {
            exhausted = false;
        }
        Outcome outcome = !found.isEmpty() ? Outcome.VIOLATION : exhausted ? Outcome.EXHAUSTED : Outcome.BUDGET;
        List<Found> violations = order.stream()
                .map(kind -> new Found(kind, moves(tree.path(found.getOrDefault(kind, 0)))))
                .toList();
        return new Exploration(outcome, violations, visited.size(), transitions, depth, endsWell, bounds);
    }

    private void expand(int state) {
        int mark = explored.store().mark();
        long fingerprint = explored.store().fingerprint();
        for (int choice = explored.machine().nextChoice(0);
                choice >= 0;
                choice = explored.machine().nextChoice(choice + 1)) {
            transitions++;
            Violation violation = explored.take(choice);
            if (visited.add(explored.store().fingerprint()) < 0) {
                tree.add(state, choice);
                if (violation != null) {
                    violated(violation, visited.size() - 1);
                } else if (explored.machine().nextChoice(0) < 0) {
                    endsWell = true;
                }
                queue.add();
            }
            explored.store().undoTo(mark, fingerprint);
        }
    }

    private void violated(Violation violation, int state) {
        if (found.putIfAbsent(violation, state) == null) {
            order.add(violation);
        }
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
