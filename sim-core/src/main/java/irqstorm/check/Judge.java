// SPDX-License-Identifier: Apache-2.0
package irqstorm.check;

import irqstorm.apic.FatalModelError;
import irqstorm.apic.RedirectionEntry;
import irqstorm.machine.Machine;
import java.util.ArrayList;
import java.util.List;

/**
 * Judges a finished run by what was measured and by the state that the machine was left in.
 *
 * <ul>
 *   <li>VMM_STOPPED: the VMM stopped ({@link Machine#stoppedAt}).
 *   <li>STUCK: a level pin has Remote IRR set, and nobody owes the EOI that would clear it ({@link Machine#isStuck}), or nothing is
 *       under way any more and whoever owes it has not written it.
 *   <li>LOST: an edge was dropped, or an assertion was never delivered although its pin is neither masked, nor stuck, nor throttled,
 *       and nothing is under way any more.
 *   <li>STORM: there was a storm episode ({@link LineMeter#STORM_REDUNDANT} redundant deliveries of one assertion).
 *   <li>OK: none of these.
 * </ul>
 */
public final class Judge {
    private final Machine machine;
    private final RunMeter meter;

    /** A judge of the run of {@code machine} that {@code meter} measured. */
    public Judge(Machine machine, RunMeter meter) {
        this.machine = machine;
        this.meter = meter;
    }

    /**
     * The findings at {@code timeNanos}, when the run ended.
     *
     * @param quiescent whether nothing was left to happen
     */
    public Findings judge(long timeNanos, boolean quiescent) {
        meter.finish(timeNanos);
        List<LineResult> lines = new ArrayList<>();
        LineMeter stuckLine = null;
        LineMeter lostLine = null;
        for (LineMeter line : meter.lines()) {
            boolean stuck = line.gsi() >= 0 && isStuck(line.gsi(), quiescent);
            boolean lost = line.hasLost() || quiescent && !stuck && line.isUndelivered() && isOpen(line);
            stuckLine = stuckLine == null && stuck ? line : stuckLine;
            lostLine = lostLine == null && lost ? line : lostLine;
            lines.add(line.result(stuck, lost));
        }
        StormResult storm = meter.storms();
        Explanation explanation = new Explanation(machine, meter);
        Verdict verdict;
        String reason;
        FatalModelError.Cause stoppedAt = machine.stoppedAt();
        if (stoppedAt != null) {
            verdict = Verdict.VMM_STOPPED;
            reason = explanation.stopped(stoppedAt);
        } else if (stuckLine != null) {
            verdict = Verdict.STUCK;
            reason = explanation.stuck(stuckLine);
        } else if (lostLine != null) {
            verdict = Verdict.LOST;
            reason = explanation.lost(lostLine);
        } else if (storm.episodes() > 0) {
            verdict = Verdict.STORM;
            reason = explanation.storm(storm);
        } else {
            verdict = Verdict.OK;
            reason = explanation.ok();
        }
        return new Findings(verdict, reason, lines, storm, meter.throttleFirings(), meter.eoiExits());
    }

    private boolean isStuck(int gsi, boolean quiescent) {
        return quiescent ? machine.waitsForEoi(gsi) : machine.isStuck(gsi);
    }

    private boolean isOpen(LineMeter line) {
        return line.gsi() < 0 || !RedirectionEntry.isMasked(machine.entry(line.gsi())) && !machine.isThrottled();
    }
}
