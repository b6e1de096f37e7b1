// SPDX-License-Identifier: Apache-2.0
package irqstorm.advise;

import irqstorm.kvm.IrqchipMode;
import irqstorm.profile.ProfileEntry;
import irqstorm.proof.ProofLimits;
import irqstorm.proof.Prover;
import irqstorm.run.Parallel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/** Runs the matrix: irqchip mode, flag and guest for each profile. The number of threads changes nothing but the time it takes. */
public final class Advisor {
    private final Guests guests;
    private final int threads;

    /** An advisor with the guests that ship with irqstorm, which runs so many cells at a time. */
    public Advisor(int threads) {
        this(Guests.bundled(), threads);
    }

    /** An advisor with these guests. */
    Advisor(Guests guests, int threads) {
        this.guests = guests;
        this.threads = threads;
    }

    /**
     * The advice for {@code profiles}, in their order, in those irqchip modes in which each is found.
     *
     * @param irqchips which irqchip modes, by their labels, are asked about
     */
    public List<HostAdvice> advise(List<ProfileEntry> profiles, Predicate<String> irqchips) {
        return each(hosts(profiles, irqchips), HostCells::tasks, Advisor::advice);
    }

    /**
     * What is proven for {@code profiles} by trying every order of events, in their order, in those irqchip modes in which each is found.
     *
     * @param irqchips which irqchip modes, by their labels, are asked about
     * @param limits how far explorations go
     */
    public List<HostProof> prove(List<ProfileEntry> profiles, Predicate<String> irqchips, ProofLimits limits) {
        Prover prover = new Prover(limits, 1);
        return each(hosts(profiles, irqchips), host -> host.proofs(prover), Advisor::proof);
    }

    private List<HostCells> hosts(List<ProfileEntry> profiles, Predicate<String> irqchips) {
        List<HostCells> hosts = new ArrayList<>();
        for (ProfileEntry profile : profiles) {
            for (IrqchipMode irqchip : profile.profile().hosts()) {
                if (irqchips.test(irqchip.label())) {
                    hosts.add(new HostCells(profile, irqchip, guests));
                }
            }
        }
        return hosts;
    }

    /** Runs the tasks of all hosts together, and makes of those of each what {@code made} says. */
    private <C, H> List<H> each(
            List<HostCells> hosts,
            Function<HostCells, List<Callable<C>>> tasksOf,
            BiFunction<HostCells, List<C>, H> made) {
        List<List<Callable<C>>> tasks = hosts.stream().map(tasksOf).toList();
        List<C> cells = Parallel.run(tasks.stream().flatMap(List::stream).toList(), threads);
        List<H> results = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < hosts.size(); i++) {
            int to = from + tasks.get(i).size();
            results.add(made.apply(hosts.get(i), cells.subList(from, to)));
            from = to;
        }
        return List.copyOf(results);
    }

    private static HostProof proof(HostCells host, List<CellProof> cells) {
        return new HostProof(host.entry().name(), host.irqchip().label(), SuppressFlag.of(host.todaysArgs0()), cells);
    }

    private static HostAdvice advice(HostCells host, List<AdviceCell> cells) {
        return new HostAdvice(
                host.entry().name(),
                host.irqchip().label(),
                SuppressFlag.of(host.todaysArgs0()),
                cells,
                new Recommender(host, cells).recommend());
    }
}
