// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects what is wrong in one input, so that a reader can go on after the first problem and report all of them.
 *
 * <p>At most {@link #LIMIT} problems are kept; further ones are only counted.
 */
public final class Problems {

    /** How many problems of one input are listed. */
    public static final int LIMIT = 50;

    private final String source;
    private final List<Problem> kept = new ArrayList<>();
    private int count;

    /** Starts an empty collection for the input named {@code source}. */
    public Problems(String source) {
        this.source = source;
    }

    /** The name of the input: a file's name, or {@code bundled:NAME}. */
    public String source() {
        return source;
    }

    /** Records that {@code found} stands at {@code where} although {@code expected} would be right. */
    public void add(String where, String found, String expected) {
        add(where, found, expected, "");
    }

    /** Like {@link #add(String, String, String)}, with a further remark such as a spelling suggestion. */
    public void add(String where, String found, String expected, String advice) {
        count++;
        if (kept.size() < LIMIT) {
            kept.add(new Problem(source, where, found, expected, advice));
        }
    }

    /** How many problems were recorded, including those beyond {@link #LIMIT}. */
    public int count() {
        return count;
    }

    /**
     * Ends the reading of the input.
     *
     * @throws ScenarioFormatException naming every problem kept, if there was one
     */
    public void throwIfAny() {
        if (count > 0) {
            throw new ScenarioFormatException(kept, count - kept.size());
        }
    }
}
