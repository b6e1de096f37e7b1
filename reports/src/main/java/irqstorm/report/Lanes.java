// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The lanes of a timeline: devices, then pins, local APICs, and the levels from the host inwards.
 *
 * @param names the names of the lanes on which something happens, from the wire inwards
 * @param bars what lasts
 */
public record Lanes(List<String> names, List<Bar> bars) {
    /** Keeps its own copies. */
    public Lanes {
        names = List.copyOf(names);
        bars = List.copyOf(bars);
    }

    /**
     * Something that lasts: a line that is high, or Remote IRR that is set.
     *
     * @param lane the name of its lane
     * @param from the place of the event with which it begins among the events shown
     * @param to the place of the event with which it ends, or of the last one
     * @param what what lasts
     */
    public record Bar(String lane, int from, int to, String what) {}

    /** The lanes of {@code events}. */
    public static Lanes of(List<Report.Moment> events) {
        return new Lanes(names(events), bars(events));
    }

    private static List<String> names(List<Report.Moment> events) {
        Map<Integer, Set<String>> byPlace = new java.util.TreeMap<>();
        for (Report.Moment event : events) {
            byPlace.computeIfAbsent(place(event), place -> new LinkedHashSet<>())
                    .add(event.lane());
        }
        List<String> names = new ArrayList<>();
        byPlace.values()
                .forEach(lanes ->
                        lanes.stream().filter(lane -> !names.contains(lane)).forEach(names::add));
        return names;
    }

    /** Devices, pins, local APICs, L0, VMM, L1, L2. */
    private static int place(Report.Moment event) {
        if (event.kind().first().equals("pin")) {
            return 1;
        }
        int actor = event.who().ordinal();
        return actor == 0 ? 0 : actor + 1;
    }

    private static List<Bar> bars(List<Report.Moment> events) {
        List<Bar> bars = new ArrayList<>();
        Map<String, Integer> open = new LinkedHashMap<>();
        for (int i = 0; i < events.size(); i++) {
            String lane = events.get(i).lane();
            switch (events.get(i).kind()) {
                case LINE_ASSERTED, REMOTE_IRR_SET -> open.putIfAbsent(lane, i);
                case LINE_DEASSERTED, LINE_LOST, REMOTE_IRR_CLEARED, REMOTE_IRR_LOST -> {
                    Integer from = open.remove(lane);
                    if (from != null) {
                        bars.add(bar(events, from, i));
                    }
                }
                default -> {}
            }
        }
        open.values().forEach(from -> bars.add(bar(events, from, events.size() - 1)));
        return bars;
    }

    private static Bar bar(List<Report.Moment> events, int from, int to) {
        Report.Moment first = events.get(from);
        boolean pin = first.kind().first().equals("pin");
        return new Bar(first.lane(), from, to, pin ? "Remote IRR is set" : "the line is high");
    }
}
