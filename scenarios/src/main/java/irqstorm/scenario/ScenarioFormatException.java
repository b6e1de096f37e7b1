// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario;

import java.util.List;
import java.util.stream.Collectors;

/**
 * An input file cannot be used as it stands. The message has one line for each {@link Problem} and is meant for the
 * person who wrote the file; a stack trace would add nothing.
 */
public final class ScenarioFormatException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;
    private final int unlisted;

    /** An input with a single problem. */
    public ScenarioFormatException(Problem problem) {
        this(List.of(problem), 0);
    }

    /**
     * An input with several problems.
     *
     * @param problems those to list, at least one
     * @param unlisted how many more there were
     */
    public ScenarioFormatException(List<Problem> problems, int unlisted) {
        super(message(problems, unlisted));
        this.problems = List.copyOf(problems);
        this.unlisted = unlisted;
    }

    private static String message(List<Problem> problems, int unlisted) {
        String lines = problems.stream().map(Problem::text).collect(Collectors.joining("\n"));
        return unlisted == 0 ? lines : lines + "\nand " + unlisted + " more";
    }

    /** How many problems there are beyond those listed. */
    public int unlisted() {
        return unlisted;
    }

    /** The problems listed, in the order in which they were met. */
    public List<Problem> problems() {
        return problems;
    }
}
