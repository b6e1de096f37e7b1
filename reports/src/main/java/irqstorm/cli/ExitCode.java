// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import irqstorm.explore.Exploration.Outcome;
import irqstorm.proof.ConfigurationProof;
import irqstorm.proof.ProofRecord;
import irqstorm.run.RunRecord;
import java.util.List;

/** What the process ends with. */
final class ExitCode {
    /** Everything ran and was as the scenario expects. */
    static final int OK = 0;

    /** An expectation of the scenario was not met. */
    static final int EXPECTATION_FAILED = 1;

    /** The configuration that advice was asked about is unsafe. */
    static final int UNSAFE = 1;

    /** Something is wrong in some order of events. */
    static final int VIOLATED = 1;

    /** Bad input or usage, or output that cannot be written. */
    static final int BAD_INPUT = 2;

    /** A limit ended a run before it was finished. */
    static final int LIMIT_HIT = 3;

    /** A defect of irqstorm (EX_SOFTWARE of sysexits.h). */
    static final int INTERNAL_ERROR = 70;

    /** Nobody reads standard output any more: what a shell shows for a process that SIGPIPE ended. */
    static final int BROKEN_PIPE = 141;

    private ExitCode() {}

    /** The code for {@code runs}: a limit tells more than an expectation, which may only have failed because of it. */
    static int of(List<RunRecord> runs) {
        if (runs.stream().anyMatch(RunRecord::hitLimit)) {
            return LIMIT_HIT;
        }
        return runs.stream().allMatch(run -> run.failures().isEmpty()) ? OK : EXPECTATION_FAILED;
    }

    /**
     * The code for an exploration: a violation is certain however little was explored, so it tells more than a limit. A configuration that
     * KVM refuses cannot do harm; only if there is no other, nothing was shown to be right.
     */
    static int of(ProofRecord record) {
        List<ConfigurationProof> explored =
                record.results().stream().filter(proof -> !proof.isRefused()).toList();
        if (explored.isEmpty() || explored.stream().anyMatch(proof -> proof.outcome() == Outcome.VIOLATION)) {
            return VIOLATED;
        }
        return explored.stream().allMatch(proof -> proof.outcome() == Outcome.EXHAUSTED) ? OK : LIMIT_HIT;
    }
}
