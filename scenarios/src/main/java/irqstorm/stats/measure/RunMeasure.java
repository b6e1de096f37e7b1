// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.measure;

import irqstorm.stats.detector.Detection;
import java.util.List;

/**
 * What was measured of one run.
 *
 * @param lines each line
 * @param cpu who had the processors
 * @param detections what each detector would have done
 */
public record RunMeasure(List<LineMeasure> lines, CpuShares cpu, List<Detection> detections) {
    /** Keeps its own copies. */
    public RunMeasure {
        lines = List.copyOf(lines);
        detections = List.copyOf(detections);
    }
}
