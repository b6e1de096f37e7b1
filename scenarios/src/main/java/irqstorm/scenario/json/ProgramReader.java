// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import irqstorm.guest.GuestProgram;
import irqstorm.guest.GuestStep;
import irqstorm.guest.ProgramRole;
import irqstorm.guest.StepKind;
import irqstorm.random.DelayTable;
import java.util.ArrayList;
import java.util.List;

/** Reads one program of a guest and checks how it ends. */
final class ProgramReader {
    private final StepReader stepReader;

    ProgramReader(StepReader stepReader) {
        this.stepReader = stepReader;
    }

    GuestProgram read(JsonCursor cursor, ProgramRole role) {
        int before = cursor.problemCount();
        List<GuestStep> steps = new ArrayList<>();
        for (JsonCursor element : cursor.elements(0, GuestProgram.MAX_STEPS)) {
            steps.add(stepReader.read(element, role));
        }
        if (cursor.problemCount() == before) {
            checkEnd(cursor, steps, role);
        }
        return new GuestProgram(steps);
    }

    /** A program that cannot come to its end, or that never lets time pass, would hang the guest without saying so. */
    private static void checkEnd(JsonCursor cursor, List<GuestStep> steps, ProgramRole role) {
        GuestStep last = steps.isEmpty() ? GuestStep.of(StepKind.CLI, 0) : steps.get(steps.size() - 1);
        if (role.handlesExit() && !(last.kind() == StepKind.RESUME_L2 && isUnconditional(last))) {
            cursor.problem("a program that ends with a \"resume-l2\" without conditions");
        }
        if (role == ProgramRole.BACKGROUND && steps.stream().noneMatch(ProgramReader::alwaysTakesTime)) {
            cursor.problem("a program with a \"halt\", or a \"run\" longer than 0ns, without conditions,"
                    + " because it starts over at its end");
        }
    }

    private static boolean isUnconditional(GuestStep step) {
        return step.when() == 0 && step.unless() == 0;
    }

    private static boolean alwaysTakesTime(GuestStep step) {
        DelayTable duration = step.duration();
        boolean takesTime = duration == null
                ? step.kind() == StepKind.RUN_FOREVER || step.kind() == StepKind.HALT
                : duration.minNanos() > 0;
        return takesTime && isUnconditional(step);
    }
}
