// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.detector;

/** A detector that is switched off, as FreeBSD's is by default today: hw.intr_storm_threshold is 0. */
final class Off extends Detector {
    Off(DetectorChoice choice, MachineShape shape) {
        super(choice, shape);
    }

    @Override
    String closest() {
        return "off";
    }
}
