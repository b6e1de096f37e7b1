// SPDX-License-Identifier: Apache-2.0
package irqstorm.explore;

import irqstorm.check.Violation;
import irqstorm.explore.Exploration.Found;
import irqstorm.explore.Exploration.Outcome;
import irqstorm.machine.MachineConfig;
import irqstorm.machine.Move;
import irqstorm.machine.UntimedMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The states that were visited so far, how each was reached first, and what is wrong in them. */
final class StateSpace {
    private final MachineConfig config;
    private final Bounds bounds;
    private final MemoryShare memory;
    private final ExploredMachine explored;
    private final FingerprintSet visited = new FingerprintSet();
    private final SearchTree tree = new SearchTree();
    private final IntLog next = new IntLog();
    private final List<Violation> found = new ArrayList<>();
    private final List<int[]> paths = new ArrayList<>();
    private long transitions;
    private boolean isNew = true;
    private boolean isBroken;
    private boolean endsWell;
    private boolean isMemoryFull;

    /** A space with the first state alone: that of a machine of {@code config}, which is scaled down already, after its start. */
    StateSpace(MachineConfig config, Bounds bounds, MemoryShare memory) {
        this.config = config;
        this.bounds = bounds;
        this.memory = memory;
        this.explored = new ExploredMachine(config, bounds);
        visited.add(explored.store().fingerprint());
        tree.add(SearchTree.NONE, 0);
        next.add(RestCheck.REST);
        judge(0);
    }

    /** The machine, whose state is that of the visit. */
    ExploredMachine explored() {
        return explored;
    }

    /** How many choices were tried. */
    long transitions() {
        return transitions;
    }

    /** How many states were visited. */
    int size() {
        return visited.size();
    }

    /**
     * Whether there is no room for another state.
     *
     * @param besides how many bytes are needed besides those that the space has
     */
    boolean isFull(long besides) {
        isMemoryFull = !memory.covers(visited.bytes() + tree.bytes() + next.bytes() + besides);
        return isMemoryFull || visited.size() >= bounds.maxStates();
    }

    /** Whether something is wrong in a state that was visited. */
    boolean isViolated() {
        return !found.isEmpty();
    }

    /**
     * The machine, in state {@code from}, takes {@code choice} if that leads to a new state; otherwise it stays where it is.
     *
     * @return whether that state is new, and a state that the machine can be in; then its number is {@link #size} − 1
     */
    boolean visit(int from, int choice) {
        boolean forward = next.get(from) == RestCheck.REST && isForward(choice);
        transitions++;
        isBroken = !explored.lookAt(choice);
        if (isBroken) {
            found(Violation.INVARIANT, tree.path(from, choice));
            return false;
        }
        isNew = visited.add(explored.fingerprintAhead());
        if (forward) {
            next.set(from, reached());
        }
        if (!isNew) {
            return false;
        }
        explored.goAhead();
        tree.add(from, choice);
        next.add(RestCheck.REST);
        judge(reached());
        return true;
    }

    /** Looks for what is wrong in {@code state}, in which the machine is. */
    private void judge(int state) {
        Violation violation = explored.violation();
        if (violation != null) {
            found(violation, tree.path(state));
        } else if (explored.machine().isOver()) {
            endsWell = true;
        }
    }

    /**
     * Whether {@code choice} is on the way to rest. What an idle guest does is not, unless clocks keep everything else back until it is
     * done.
     */
    private boolean isForward(int choice) {
        UntimedMachine machine = explored.machine();
        return !machine.isIdle(choice)
                || bounds.clocks() == Bounds.Clocks.BOUNDED && !machine.isOutside(choice) && !machine.isAtRest();
    }

    /** The machine goes to the state that was visited last, although it is not new. */
    void goAhead() {
        if (!isNew && !isBroken) {
            explored.goAhead();
        }
    }

    /** Whether the last visit broke a rule of the model, so that there is nothing to go on from. */
    boolean isBroken() {
        return isBroken;
    }

    /** The number of the state that was visited last. */
    int reached() {
        return isNew ? visited.size() - 1 : visited.numberOfLast();
    }

    private void found(Violation violation, int[] path) {
        if (!found.contains(violation)) {
            found.add(violation);
            paths.add(path);
        }
    }

    /**
     * What was found.
     *
     * @param exhausted whether there are no other states
     * @param depth how many events the longest way had that was tried
     */
    Exploration result(boolean exhausted, int depth) {
        if (exhausted && found.isEmpty()) {
            RestCheck check =
                    new RestCheck(next, state -> new RestSearch(config, bounds, tree.path(state)).findsRest());
            int restless = check.firstRestless();
            if (restless >= 0) {
                found(Violation.NO_REST, tree.path(restless));
            }
        }
        Outcome outcome = !found.isEmpty() ? Outcome.VIOLATION : exhausted ? Outcome.EXHAUSTED : Outcome.BUDGET;
        List<Found> violations = IntStream.range(0, found.size())
                .mapToObj(i -> new Found(found.get(i), moves(config, bounds, paths.get(i))))
                .toList();
        return new Exploration(outcome, violations, visited.size(), transitions, depth, endsWell, isMemoryFull, bounds);
    }

    /** The moves that choices stand for, from the start of a machine of {@code config} on. */
    static List<Move> moves(MachineConfig config, Bounds bounds, int[] path) {
        ExploredMachine replayed = new ExploredMachine(config, bounds);
        List<Move> moves = new ArrayList<>();
        for (int choice : path) {
            moves.add(replayed.move(choice));
            replayed.take(choice);
        }
        return moves;
    }
}
