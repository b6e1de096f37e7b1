// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.text;

import irqstorm.check.Verdict;
import irqstorm.explore.Exploration.Outcome;

/** Colour on terminals, by the control sequences of ECMA-48; none elsewhere. Every verdict is a word too. */
public enum Paint {
    /** Text without control sequences. */
    PLAIN,
    /** Verdicts in colour, headings in bold. */
    COLOUR;

    private static final String ESCAPE = "\u001b[";
    private static final String RESET = ESCAPE + "0m";

    /** {@code text} in the colour of {@code verdict}. */
    String verdict(Verdict verdict, String text) {
        return paint(
                switch (verdict) {
                    case OK -> "32m";
                    case STORM -> "1;31m";
                    case STUCK -> "1;35m";
                    case LOST -> "1;33m";
                    case VMM_STOPPED, GUEST_KILLED -> "1;36m";
                    case HOST_DOWN -> "1;41m";
                    case REFUSED -> "2m";
                },
                text);
    }

    /** {@code text} in the colour of {@code outcome}. */
    String outcome(Outcome outcome, String text) {
        return paint(
                switch (outcome) {
                    case EXHAUSTED -> "32m";
                    case VIOLATION -> "1;31m";
                    case BUDGET -> "1;33m";
                },
                text);
    }

    /** {@code text} as a heading. */
    String heading(String text) {
        return paint("1m", text);
    }

    private String paint(String rendition, String text) {
        return this == PLAIN ? text : ESCAPE + rendition + text + RESET;
    }
}
