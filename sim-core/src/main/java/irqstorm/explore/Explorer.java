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
        return explore(config, bounds, search, everyKind, StateMemory.UNLIMITED);
    }

    /**
     * Explores a machine with so much memory.
     *
     * @param memory what the states take is taken from there, and given back in the end
     */
    public static Exploration explore(
            MachineConfig config, Bounds bounds, Search search, boolean everyKind, StateMemory memory) {
        MachineConfig scaled = Scaling.scaled(config, bounds);
        MemoryShare share = new MemoryShare(memory);
        try {
            StateSpace space = new StateSpace(scaled, bounds, share);
            Strategy strategy = switch (search) {
                case BREADTH_FIRST -> new BreadthFirst(space, bounds, everyKind);
                case DEPTH_FIRST -> new DepthFirst(space, bounds, everyKind);
                case RANDOM -> new RandomWalks(space, bounds, everyKind, config.seed());
            };
            boolean exhausted = strategy.run();
            return space.result(exhausted, strategy.depth());
        } finally {
            share.giveBack();
        }
    }
}
