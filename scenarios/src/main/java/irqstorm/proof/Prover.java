// SPDX-License-Identifier: Apache-2.0
package irqstorm.proof;

import irqstorm.apic.IoApicProfile.OnEoiAsserted;
import irqstorm.check.Violation;
import irqstorm.explore.Bounds;
import irqstorm.explore.Exploration;
import irqstorm.explore.Exploration.Outcome;
import irqstorm.explore.StateMemory;
import irqstorm.machine.MachineConfig;
import irqstorm.machine.UntimedMachine;
import irqstorm.run.Parallel;
import irqstorm.run.ScenarioRunner;
import irqstorm.scenario.ExplorableFile;
import irqstorm.scenario.Scenario;
import irqstorm.scenario.json.ScenarioDraft;
import irqstorm.state.ReversibleStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Explores a scenario under its configurations, several at a time. As long as the heap has room for their states, the number of threads
 * changes nothing but the time it takes.
 */
public final class Prover {
    private final ProofLimits limits;
    private final int threads;
    private final StateMemory memory;

    /** A prover that goes as far as {@code limits} say and the heap allows, with so many configurations at a time. */
    public Prover(ProofLimits limits, int threads) {
        this(limits, threads, new HeapMemory(Runtime.getRuntime().maxMemory()));
    }

    /** A prover with so much memory for states. */
    Prover(ProofLimits limits, int threads, StateMemory memory) {
        this.limits = limits;
        this.threads = threads;
        this.memory = memory;
    }

    /**
     * Explores some configurations of {@code file}.
     *
     * @param configurations which ones
     * @param done is told of each when it is explored, on the thread that explored it
     */
    public ProofRecord prove(ExplorableFile file, List<Scenario> configurations, Consumer<ConfigurationProof> done) {
        List<Callable<ConfigurationProof>> tasks = new ArrayList<>();
        for (Scenario configuration : configurations) {
            ScenarioDraft draft = file.draft(configuration);
            tasks.add(() -> {
                ConfigurationProof proof = prove(draft);
                done.accept(proof);
                return proof;
            });
        }
        return new ProofRecord(file.file().name(), file.file().title(), Parallel.run(tasks, threads));
    }

    /** Explores one scenario of a file; a counterexample is made as small as it gets. */
    public ConfigurationProof prove(ScenarioDraft draft) {
        return prove(
                draft.scenario(),
                bounds(draft.interrupts(ProofLimits.DEFAULT_INTERRUPTS), draft.throttleEois(limits.throttleEois())),
                draft);
    }

    /** Explores one scenario that stands in no file. */
    public ConfigurationProof prove(Scenario scenario) {
        return prove(scenario, bounds(ProofLimits.DEFAULT_INTERRUPTS, limits.throttleEois()), null);
    }

    private Bounds bounds(int interrupts, int throttleEois) {
        return new Bounds(
                limits.interrupts() == null ? interrupts : limits.interrupts(),
                throttleEois,
                limits.clocks(),
                limits.maxDepth(),
                limits.maxStates());
    }

    private ConfigurationProof prove(Scenario scenario, Bounds bounds, @Nullable ScenarioDraft draft) {
        if (isRefused(scenario.machine())) {
            return refused(scenario, bounds);
        }
        long begin = System.nanoTime();
        Trial trial = Trial.of(scenario, bounds, limits.search(), memory);
        long nanos = System.nanoTime() - begin;
        if (!trial.isViolated()) {
            return record(trial, null, withoutViolation(trial.exploration()), nanos, null);
        }
        Violation violation = trial.found().violation();
        if (draft == null) {
            Replay replay = Replay.of(trial);
            return record(trial, violation, replay.reason(), nanos, replay.counterexample(List.of(), ""));
        }
        Shrinking shrinking = Shrinking.of(draft, trial, memory);
        Replay replay = Replay.of(shrinking.smallest());
        String file = replay.file(shrinking.draft());
        return record(trial, violation, replay.reason(), nanos, replay.counterexample(shrinking.removed(), file));
    }

    private static boolean isRefused(MachineConfig machine) {
        return !new UntimedMachine(machine, new ReversibleStore(), false)
                .machine()
                .enableCap()
                .isOk();
    }

    private ConfigurationProof refused(Scenario scenario, Bounds bounds) {
        return new ConfigurationProof(
                scenario.configuration(),
                Outcome.VIOLATION,
                Violation.REFUSED,
                ScenarioRunner.run(scenario).reason(),
                0,
                0,
                0,
                bounds(scenario.machine(), bounds),
                Long.MAX_VALUE,
                0,
                null);
    }

    private static String withoutViolation(Exploration exploration) {
        return exploration.outcome() == Outcome.EXHAUSTED
                ? "In every order within the bounds, each interrupt is delivered and ended, and no line storms."
                : "Nothing is wrong as far as " + exploration.depth() + " events deep. "
                        + (exploration.isMemoryFull() ? "The memory for states (-Xmx)" : "The bounds")
                        + " ended the search before every order was tried.";
    }

    private ConfigurationProof record(
            Trial trial,
            @Nullable Violation violation,
            String reason,
            long nanos,
            @Nullable Counterexample counterexample) {
        Exploration exploration = trial.exploration();
        return new ConfigurationProof(
                trial.scenario().configuration(),
                exploration.outcome(),
                violation,
                reason,
                exploration.states(),
                exploration.transitions(),
                exploration.depth(),
                bounds(trial.scenario().machine(), trial.bounds()),
                exploration.noCollisionButOneIn(),
                nanos,
                counterexample);
    }

    private ProofBounds bounds(MachineConfig machine, Bounds bounds) {
        Integer unscaled = machine.ioApic().onEoiAsserted() instanceof OnEoiAsserted.Throttled throttled
                ? (Integer) throttled.limit()
                : null;
        return new ProofBounds(
                bounds.interrupts(),
                machine.devices().size(),
                machine.vcpus(),
                unscaled == null ? null : (Integer) Math.min(unscaled, bounds.throttleEois()),
                unscaled,
                bounds.maxDepth(),
                bounds.maxStates(),
                bounds.clocks(),
                limits.search());
    }
}
