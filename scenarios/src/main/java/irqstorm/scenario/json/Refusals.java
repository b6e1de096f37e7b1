// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import irqstorm.scenario.Problem;
import irqstorm.scenario.Problems;
import irqstorm.scenario.ScenarioFormatException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Collects what is wrong in several readings of one file: as written, and under each configuration. A problem that a later reading only
 * repeats is left out, and at most {@link Problems#LIMIT} are listed in all.
 */
final class Refusals {
    private final Set<Problem> seen = new HashSet<>();
    private final List<Problem> listed = new ArrayList<>();
    private int unlisted;

    /** What {@code reading} yields; empty if it is refused, which is remembered. */
    <T> Optional<T> attempt(Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (ScenarioFormatException e) {
            e.problems().forEach(this::add);
            unlisted += e.unlisted();
            return Optional.empty();
        }
    }

    private void add(Problem problem) {
        Problem anywhere = new Problem("", problem.where(), problem.found(), problem.expected(), problem.advice());
        if (!seen.add(anywhere)) {
            return;
        }
        if (listed.size() < Problems.LIMIT) {
            listed.add(problem);
        } else {
            unlisted++;
        }
    }

    /**
     * Ends the reading of the file.
     *
     * @throws ScenarioFormatException if any reading was refused
     */
    void throwIfAny() {
        if (!listed.isEmpty()) {
            throw new ScenarioFormatException(listed, unlisted);
        }
    }
}
