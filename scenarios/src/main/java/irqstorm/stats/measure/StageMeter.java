// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.measure;

import java.util.Arrays;

/** Measures the stages of one line's interrupts. Devices that share it wait each for themselves; they are numbered on the line. */
final class StageMeter {
    private static final long NOT = -1;

    private final LatencyRecorder accept = new LatencyRecorder();
    private final LatencyRecorder service = new LatencyRecorder();
    private final LatencyRecorder eoi = new LatencyRecorder();
    private final long[] waitingForAccept;
    private final long[] waitingForService;
    private final long[] waitingForEoi;

    /** For a line with as many {@code devices}. */
    StageMeter(int devices) {
        waitingForAccept = none(devices);
        waitingForService = none(devices);
        waitingForEoi = none(devices);
    }

    private static long[] none(int devices) {
        long[] times = new long[devices];
        Arrays.fill(times, NOT);
        return times;
    }

    void asserted(int device, long timeNanos) {
        waitingForAccept[device] = timeNanos;
        waitingForService[device] = timeNanos;
    }

    void accepted(long timeNanos) {
        for (int device = 0; device < waitingForAccept.length; device++) {
            if (waitingForAccept[device] != NOT) {
                accept.add(timeNanos - waitingForAccept[device]);
                // The EOI of the interrupt before is still to come if that was ended late: it stays the one waited for.
                if (waitingForEoi[device] == NOT) {
                    waitingForEoi[device] = waitingForAccept[device];
                }
                waitingForAccept[device] = NOT;
            }
        }
    }

    void serviced(int device, long timeNanos) {
        if (waitingForService[device] != NOT) {
            service.add(timeNanos - waitingForService[device]);
        }
        waitingForService[device] = NOT;
        waitingForAccept[device] = NOT;
    }

    void ended(long timeNanos) {
        for (int device = 0; device < waitingForEoi.length; device++) {
            if (waitingForEoi[device] != NOT) {
                eoi.add(timeNanos - waitingForEoi[device]);
                waitingForEoi[device] = NOT;
            }
        }
    }

    Stages result() {
        return new Stages(accept.result(), service.result(), eoi.result());
    }
}
