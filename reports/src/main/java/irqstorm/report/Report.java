// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import irqstorm.event.Actor;
import irqstorm.run.RunRecord;
import irqstorm.run.ScenarioRunner;
import irqstorm.scenario.Scenario;
import irqstorm.scenario.ScenarioFile;
import irqstorm.trace.TraceEvent;
import java.util.List;

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
    /** How many events of each run are shown. */
    public static final int TIMELINE_EVENTS = 60;

    /** Keeps its own copy. */
    public Report {
        sections = List.copyOf(sections);
    }

    /**
     * One configuration.
     *
     * @param run its run
     * @param timeline the first events of the run
     */
    public record Section(RunRecord run, List<Happening> timeline) {
        /** Keeps its own copy. */
        public Section {
            timeline = List.copyOf(timeline);
        }

        /** How many events the timeline leaves out. */
        public long eventsLeftOut() {
            return run.events() - timeline.size();
        }
    }

    /**
     * One event, in words.
     *
     * @param number its number in the run
     * @param time when, in microseconds
     * @param cause the number of the event that caused it, or {@link Figures#NONE}
     * @param who the actor
     * @param what what happened
     */
    public record Happening(long number, String time, String cause, Actor who, String what) {}

    /** Runs every configuration of {@code file}, on all cores, and reports on it. */
    public static Report of(ScenarioFile file, String version, String command) {
        List<Section> sections =
                file.all().parallelStream().map(Report::section).toList();
        Overview overview = new Overview(sections.stream().map(Section::run).toList());
        return new Report(file, version, command, overview, sections);
    }

    private static Section section(Scenario scenario) {
        FirstEvents events = new FirstEvents(TIMELINE_EVENTS);
        RunRecord run = ScenarioRunner.run(scenario, events);
        EventText words = new EventText(scenario.deviceNames(), scenario.vcpus());
        return new Section(
                run,
                events.events().stream().map(event -> happening(event, words)).toList());
    }

    private static Happening happening(TraceEvent event, EventText words) {
        return new Happening(
                event.sequence(),
                Figures.micros(event.timeNanos()),
                event.cause() == 0 ? Figures.NONE : Long.toString(event.cause()),
                event.actor(),
                words.of(event.kind(), event.a(), event.b(), event.c()));
    }
}
