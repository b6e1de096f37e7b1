// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import irqstorm.check.Verdict;
import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.run.RunRecord;
import irqstorm.run.ScenarioRunner;
import irqstorm.scenario.Scenario;
import irqstorm.scenario.ScenarioFile;
import irqstorm.trace.TraceEvent;
import java.util.List;
import java.util.Optional;

/**
 * All that a page about a scenario shows.
 *
 * @param file the scenario
 * @param version the version of irqstorm that ran it
 * @param command the command that gives the same page again
 * @param overview what came out, over all configurations
 * @param sections each configuration, in the order of the file
 */
public record Report(ScenarioFile file, String version, String command, Overview overview, List<Section> sections) {
    /** How many events of each run the timeline shows. */
    public static final int TIMELINE_EVENTS = 120;

    /** How many events of each run are compared with those of another. */
    public static final int OPENING_EVENTS = 4096;

    /** Keeps its own copy. */
    public Report {
        sections = List.copyOf(sections);
    }

    /**
     * One configuration.
     *
     * @param run its run
     * @param rates how often its lines were delivered over time
     * @param opening the first events of the run
     */
    public record Section(RunRecord run, Rates rates, List<Happening> opening) {
        /** Keeps its own copy. */
        public Section {
            opening = List.copyOf(opening);
        }

        /** The events that the timeline shows. */
        public List<Happening> timeline() {
            return opening.subList(0, Math.min(TIMELINE_EVENTS, opening.size()));
        }

        /** How many events the timeline leaves out. */
        public long eventsLeftOut() {
            return run.events() - timeline().size();
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
    public record Happening(
            long number, long timeNanos, long cause, Actor who, EventKind kind, String lane, String what) {
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
    public Optional<Section> base() {
        Optional<RunRecord> chosen = choice().run();
        return sections.stream()
                .filter(section -> chosen.map(run -> run.equals(section.run()))
                        .orElse(section.run().verdict() != Verdict.REFUSED))
                .findFirst();
    }

    /** Where {@code section} parts from the {@link #base()}; empty if it is the base or did not run. */
    public Optional<Divergence> divergence(Section section) {
        if (section.run().verdict() == Verdict.REFUSED) {
            return Optional.empty();
        }
        return base().filter(base -> !base.run().equals(section.run()))
                .map(base -> Divergence.of(base, section, overview));
    }

    /** Runs every configuration of {@code file}, on all cores, and reports on it. */
    public static Report of(ScenarioFile file, String version, String command) {
        List<Section> sections =
                file.all().parallelStream().map(Report::section).toList();
        Overview overview = new Overview(sections.stream().map(Section::run).toList());
        return new Report(file, version, command, overview, sections);
    }

    private static Section section(Scenario scenario) {
        FirstEvents events = new FirstEvents(OPENING_EVENTS);
        RateBins bins = new RateBins();
        RunRecord run = ScenarioRunner.run(scenario, events, bins);
        List<String> devices = scenario.deviceNames();
        EventText words = new EventText(devices, scenario.vcpus());
        return new Section(
                run,
                bins.rates(run, devices),
                events.events().stream()
                        .map(event -> happening(event, devices, words))
                        .toList());
    }

    private static Happening happening(TraceEvent event, List<String> devices, EventText words) {
        return new Happening(
                event.sequence(),
                event.timeNanos(),
                event.cause(),
                event.actor(),
                event.kind(),
                lane(event, devices),
                words.of(event.kind(), event.a(), event.b(), event.c()));
    }

    private static String lane(TraceEvent event, List<String> devices) {
        String subject = event.kind().first();
        if (subject.equals("pin")) {
            return "pin " + event.a();
        }
        return switch (event.actor()) {
            case DEVICE -> subject.equals("device") ? devices.get((int) event.a()) : Actor.DEVICE.label();
            case CHIP -> "LAPIC";
            default -> event.actor().label();
        };
    }
}
