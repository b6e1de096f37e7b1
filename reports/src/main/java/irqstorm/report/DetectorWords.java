// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import irqstorm.stats.detector.Detection;
import java.util.List;
import java.util.stream.Collectors;

/** What detectors would have done, in words. */
public final class DetectorWords {
    private DetectorWords() {}

    /** The detectors of {@code report}, for their rules and sources: every run has the same ones in the same order. */
    public static List<Detection> rules(Report report) {
        return report.sections().get(0).measured().measure().detections();
    }

    /** When {@code detection} fired first, or that it never did. */
    public static String when(Detection detection) {
        Long first = detection.firstNanos();
        return first == null ? "never" : Figures.about(first);
    }

    /** Which detectors would have fired and when, and which never would. */
    public static String summary(List<Detection> detections) {
        String fired = detections.stream()
                .filter(Detection::fires)
                .map(detection -> detection.detector() + " at " + when(detection))
                .collect(Collectors.joining(", "));
        String never = detections.stream()
                .filter(detection -> !detection.fires())
                .map(Detection::detector)
                .collect(Collectors.joining(", "));
        if (fired.isEmpty()) {
            return "None of the detectors would have fired: " + never + ".";
        }
        return "Would have fired: " + fired + ". " + (never.isEmpty() ? "" : "Never: " + never + ".");
    }
}
