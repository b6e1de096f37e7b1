// SPDX-License-Identifier: Apache-2.0
package irqstorm.explore;

import irqstorm.machine.MachineConfig;

/** Tries orders of what happens in a machine. */
public final class Explorer {
    private Explorer() {}

    /**
     * Explores a machine.
     *
     * @param config the machine; KVM_ENABLE_CAP must not fail
     * @param bounds how far to go
     * @param search in which order
     * @param everyKind whether to go on when something is wrong, until every kind of violation was found that there is
     */
    public static Exploration explore(MachineConfig config, Bounds bounds, Search search, boolean everyKind) {
        MachineConfig scaled = Scaling.scaled(config, bounds);
        StateSpace space = new StateSpace(scaled, bounds);
        Strategy strategy = switch (search) {
            case BREADTH_FIRST -> new BreadthFirst(space, bounds, everyKind);
            case DEPTH_FIRST -> new DepthFirst(space, bounds, everyKind);
            case RANDOM -> new RandomWalks(space, bounds, everyKind, config.seed());
        };
        boolean exhausted = strategy.run();
        return space.result(exhausted, strategy.depth());
    }
}
