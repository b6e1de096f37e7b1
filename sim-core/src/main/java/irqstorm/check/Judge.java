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
 *   <li>HOST_DOWN, GUEST_KILLED, VMM_STOPPED: something fatal happened ({@link Machine#stoppedAt}).
 *   <li>STUCK: a level pin has Remote IRR set, and nobody owes the EOI that would clear it ({@link Machine#isStuck}), or nothing is
 *       under way any more and whoever owes it has not written it.
 *   <li>LOST: an edge was dropped, or an assertion was never delivered although its pin is neither masked, nor stuck, nor throttled,
 *       and nothing is under way any more.
 *   <li>STORM: there was a storm episode ({@link LineProgress#STORM_REDUNDANT} redundant deliveries of one assertion).
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
        return judge(timeNanos, quiescent, quiescent);
    }

    /**
     * The findings at {@code timeNanos}, when the run ended.
     *
     * @param quiescent whether nothing was left to happen
     * @param atRest whether nothing was left to happen but guests minding their own business
     */
    public Findings judge(long timeNanos, boolean quiescent, boolean atRest) {
        meter.finish(timeNanos);
        List<LineResult> lines = new ArrayList<>();
        HazardMeter hazards = meter.hazards();
        FatalModelError.Cause stoppedAt = machine.stoppedAt();
        boolean isOver = stoppedAt != null || machine.isDestroyed();
        LineMeter stuckLine = null;
        LineMeter lostLine = null;
        for (LineMeter line : meter.lines()) {
            boolean stuck = line.gsi() >= 0 && !isOver && isStuck(line.gsi(), quiescent);
            boolean lost = !isOver && isLost(line, stuck, atRest);
            stuckLine = stuckLine == null && stuck ? line : stuckLine;
            lostLine = lostLine == null && lost ? line : lostLine;
            if (hazards != null && (stuck || lost) && line.gsi() >= 0) {
                hazards.dead(line.gsi(), line.remoteIrrSinceNanos());
            }
            lines.add(line.result(stuck, lost));
        }
        StormResult storm = meter.storms();
        Explanation explanation = new Explanation(machine, meter);
        Verdict verdict;
        String reason;
        if (stoppedAt != null) {
            verdict = verdictOf(stoppedAt.victim());
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
        return new Findings(
                verdict,
                reason,
                lines,
                storm,
                meter.throttleFirings(),
                meter.eoiExits(),
                hazards == null ? List.of() : hazards.happenings(),
                hazards == null ? List.of() : hazards.damages(),
                hazards == null ? EoiFaults.NONE : hazards.eoiFaults());
    }

    private static Verdict verdictOf(FatalModelError.Victim victim) {
        return switch (victim) {
            case HOST -> Verdict.HOST_DOWN;
            case GUEST -> Verdict.GUEST_KILLED;
            case VMM -> Verdict.VMM_STOPPED;
        };
    }

    private boolean isLost(LineMeter line, boolean stuck, boolean atRest) {
        return line.hasLost() || atRest && !stuck && line.isUndelivered() && isOpen(line);
    }

    private boolean isStuck(int gsi, boolean quiescent) {
        return quiescent ? machine.waitsForEoi(gsi) : machine.isStuck(gsi);
    }

    private boolean isOpen(LineMeter line) {
        return line.gsi() < 0 || !RedirectionEntry.isMasked(machine.entry(line.gsi())) && !machine.isThrottled();
    }
}
