// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import irqstorm.check.Verdict;
import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.run.Parallel;
import irqstorm.run.RunRecord;
import irqstorm.scenario.ScenarioFile;
import irqstorm.stats.experiment.ConfigurationMeasure;
import irqstorm.stats.experiment.Execution;
import irqstorm.stats.experiment.Experiment;
import irqstorm.stats.experiment.MeasureReport;
import irqstorm.stats.experiment.Plan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * All that a page shows about a scenario.
 *
 * @param file the scenario
 * @param measured what was measured of each configuration
 * @param overview what came out, over all configurations
 * @param sections each configuration, in the order of the file
 * @param profiles where the behaviour of the I/O APICs was read
 */
public record Report(
        ScenarioFile file,
        MeasureReport measured,
        Overview overview,
        List<Section> sections,
        List<ProfileRow> profiles) {
    /** How many events of each run the timeline shows. */
    public static final int TIMELINE_EVENTS = 120;

    /** Keeps its own copies. */
    public Report {
        sections = List.copyOf(sections);
        profiles = List.copyOf(profiles);
    }

    /**
     * One configuration.
     *
     * @param measured what was measured of it, with its run
     * @param rates how often its lines were delivered over time
     * @param firstTurn the events of the first turn
     * @param timeline the first events
     * @param divergence where it parts from the {@link #base()}; empty if it is the base or did not run
     */
    public record Section(
            ConfigurationMeasure measured,
            Rates rates,
            List<Moment> firstTurn,
            List<Moment> timeline,
            Optional<Divergence> divergence) {
        /** Keeps its own copies. */
        public Section {
            firstTurn = List.copyOf(firstTurn);
            timeline = List.copyOf(timeline);
        }

        /** Its run. */
        public RunRecord run() {
            return measured.run();
        }

        /** How many events the timeline leaves out. */
        public long eventsLeftOut() {
            return run().events() - timeline.size();
        }

        private Section withTimeline(int most) {
            return new Section(
                    measured, rates, firstTurn, timeline.subList(0, Math.min(most, timeline.size())), divergence);
        }
    }

    /**
     * One event, in words.
     *
     * @param number its number in the run
     * @param timeNanos when, in nanoseconds since the start of the run
     * @param cause the number of the event that caused it, or 0
     * @param who the actor
     * @param kind what kind of event it is
     * @param lane where it stands in a timeline: its device, its pin, or the actor
     * @param what what happened
     */
    public record Moment(long number, long timeNanos, long cause, Actor who, EventKind kind, String lane, String what) {
        /** When, in microseconds. */
        public String time() {
            return Figures.micros(timeNanos);
        }

        /** The number of the event that caused it, or {@link Figures#NONE}. */
        public String causeNumber() {
            return cause == 0 ? Figures.NONE : Long.toString(cause);
        }
    }

    /** Which configuration the runs speak for. */
    public Choice choice() {
        return Choice.of(overview);
    }

    /** The number of a run on the page, from 1. */
    public int numberOf(RunRecord run) {
        return overview.runs().indexOf(run) + 1;
    }

    /** What the others are compared with: the recommended configuration, or else the first that ran; empty if none ran. */
    public Optional<RunRecord> base() {
        return base(overview);
    }

    private static Optional<RunRecord> base(Overview overview) {
        return Choice.of(overview)
                .run()
                .or(() -> overview.runs().stream()
                        .filter(run -> run.verdict() != Verdict.REFUSED)
                        .findFirst());
    }

    /** Whether there were to be several replications. */
    public boolean isReplicated() {
        return measured.plan().replications() > 1;
    }

    /** The same with at most {@code most} events in each timeline. */
    Report withTimelines(int most) {
        return new Report(
                file,
                measured,
                overview,
                sections.stream().map(section -> section.withTimeline(most)).toList(),
                profiles);
    }

    /** Measures every configuration of {@code file} as {@code plan} says, and reports on it. */
    public static Report of(ScenarioFile file, Plan plan, Execution execution) {
        Map<String, KeptRun> keptRuns = new LinkedHashMap<>();
        file.all().forEach(scenario -> keptRuns.put(scenario.configuration(), new KeptRun(scenario)));
        MeasureReport measured = Experiment.measure(
                file,
                file.all(),
                plan,
                execution,
                scenario -> keptRun(keptRuns, scenario.configuration()).sinks());
        List<RunRecord> runs = measured.configurations().stream()
                .map(ConfigurationMeasure::run)
                .toList();
        Overview overview = new Overview(runs);
        Optional<RunRecord> base = base(overview);
        List<Callable<Section>> sections = new ArrayList<>();
        for (ConfigurationMeasure configuration : measured.configurations()) {
            sections.add(() -> section(configuration, keptRuns, overview, base));
        }
        return new Report(
                file,
                measured,
                overview,
                Parallel.run(sections, execution.threads()),
                ProfileRow.of(file.all(), overview));
    }

    /** What a page says of one configuration; where it parts from {@code base} is found by running both again. */
    private static Section section(
            ConfigurationMeasure configuration,
            Map<String, KeptRun> keptRuns,
            Overview overview,
            Optional<RunRecord> base) {
        RunRecord run = configuration.run();
        KeptRun keptRun = keptRun(keptRuns, run.configuration());
        List<Moment> timeline = keptRun.inWords(keptRun.events(1, TIMELINE_EVENTS));
        Optional<Divergence> divergence = base.filter(other -> !other.equals(run) && run.verdict() != Verdict.REFUSED)
                .map(other -> Divergence.of(
                        keptRun(keptRuns, other.configuration()),
                        overview.shortName(other),
                        keptRun,
                        overview.shortName(run)));
        return new Section(configuration, keptRun.rates(run), FirstTurn.of(timeline), timeline, divergence);
    }

    private static KeptRun keptRun(Map<String, KeptRun> keptRuns, String configuration) {
        return Objects.requireNonNull(keptRuns.get(configuration));
    }
}
