// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import irqstorm.event.Actor;
import irqstorm.run.RunRecord;
import irqstorm.run.ScenarioRunner;
import irqstorm.scenario.Scenario;
import irqstorm.trace.TraceEvent;
import irqstorm.trace.TraceSink;
import java.util.List;

/** What a report keeps of a configuration's run while it runs. */
final class KeptRun {
    private static final long OPENING_EVENTS = 4096;

    private final Scenario scenario;
    private final EventWindow opening = new EventWindow(1, OPENING_EVENTS);
    private final Checkpoints checkpoints = new Checkpoints();
    private final RateBins bins = new RateBins();

    KeptRun(Scenario scenario) {
        this.scenario = scenario;
    }

    /** Those who are to be told of each event. */
    List<TraceSink> sinks() {
        return List.of(opening, checkpoints, bins);
    }

    Checkpoints checkpoints() {
        return checkpoints;
    }

    /** How often each line of {@code run}, which is this one, was delivered over time. */
    Rates rates(RunRecord run) {
        return bins.rates(run, scenario.deviceNames());
    }

    /** The events numbered from {@code first} to {@code last}. What was not kept is seen again in another run, which is the same. */
    List<TraceEvent> events(long first, long last) {
        if (last <= OPENING_EVENTS) {
            List<TraceEvent> kept = opening.events();
            return kept.subList((int) Math.min(first - 1, kept.size()), (int) Math.min(last, kept.size()));
        }
        EventWindow window = new EventWindow(first, last);
        ScenarioRunner.run(scenario, window);
        return window.events();
    }

    /** {@code events} of this run, in words. */
    List<Report.Moment> inWords(List<TraceEvent> events) {
        List<String> devices = scenario.deviceNames();
        EventText words = new EventText(devices, scenario.vcpus());
        return events.stream()
                .map(event -> new Report.Moment(
                        event.sequence(),
                        event.timeNanos(),
                        event.cause(),
                        event.actor(),
                        event.kind(),
                        lane(event, devices),
                        words.of(event.kind(), event.a(), event.b(), event.c())))
                .toList();
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
