// SPDX-License-Identifier: Apache-2.0
package irqstorm.advise;

import irqstorm.kvm.IrqchipMode;
import irqstorm.profile.ProfileEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
        List<HostCells> hosts = new ArrayList<>();
        for (ProfileEntry profile : profiles) {
            for (IrqchipMode irqchip : profile.profile().hosts()) {
                if (irqchips.test(irqchip.label())) {
                    hosts.add(new HostCells(profile, irqchip, guests));
                }
            }
        }
        List<List<Callable<AdviceCell>>> tasks =
                hosts.stream().map(HostCells::tasks).toList();
        List<AdviceCell> cells = run(tasks.stream().flatMap(List::stream).toList());
        List<HostAdvice> advice = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < hosts.size(); i++) {
            int to = from + tasks.get(i).size();
            advice.add(advice(hosts.get(i), cells.subList(from, to)));
            from = to;
        }
        return List.copyOf(advice);
    }

    private static HostAdvice advice(HostCells host, List<AdviceCell> cells) {
        return new HostAdvice(
                host.entry().name(),
                host.irqchip().label(),
                SuppressFlag.of(host.todaysArgs0()),
                cells,
                new Recommender(host, cells).recommend());
    }

    private List<AdviceCell> run(List<Callable<AdviceCell>> tasks) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<AdviceCell> cells = new ArrayList<>();
            for (Future<AdviceCell> cell : pool.invokeAll(tasks)) {
                cells.add(cell.get());
            }
            return cells;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running the matrix", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }
}
