// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import irqstorm.run.RunRecord;
import java.util.List;

/**
 * A page about one or several scenarios.
 *
 * @param reports each scenario, in the order in which they were asked for
 * @param version the version of irqstorm that ran them
 * @param command the command that gives the same page again
 * @param timelineEvents how many events a timeline has at the most
 */
public record Page(List<Report> reports, String version, String command, int timelineEvents) {
    /** Keeps its own copy. */
    public Page {
        reports = List.copyOf(reports);
    }

    /** A page with all that the reports have. */
    public static Page of(List<Report> reports, String version, String command) {
        return new Page(reports, version, command, Report.TIMELINE_EVENTS);
    }

    /** The same page with at most {@code most} events in each timeline, no more than it has. */
    public Page withTimelines(int most) {
        return new Page(
                reports.stream().map(report -> report.withTimelines(most)).toList(), version, command, most);
    }

    /** Whether the timelines are shorter than usual. */
    public boolean isShortened() {
        return timelineEvents < Report.TIMELINE_EVENTS;
    }

    /** Whether there is more than one scenario. */
    public boolean hasSeveral() {
        return reports.size() > 1;
    }

    /** What the page is called. */
    public String title() {
        Report first = reports.get(0);
        return hasSeveral()
                ? Figures.counted(reports.size(), "scenario")
                : first.file().name() + ": " + first.file().title();
    }

    /** Every run of every scenario. */
    public List<RunRecord> runs() {
        return reports.stream()
                .flatMap(report -> report.overview().runs().stream())
                .toList();
    }
}
