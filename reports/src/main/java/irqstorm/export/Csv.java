// SPDX-License-Identifier: Apache-2.0
package irqstorm.export;

import org.jspecify.annotations.Nullable;

/** Rows of comma-separated values (RFC 4180, but with line feeds), which no spreadsheet takes for formulas. */
final class Csv {
    /** What a spreadsheet begins a formula with; a tab or carriage return in front of one is skipped by some. */
    private static final String FORMULA = "=+-@\t\r";

    private static final String QUOTED = ",\"\n\r";

    private final StringBuilder row = new StringBuilder();

    /** Adds text from a scenario: quoted where need be, and behind an apostrophe if it could be a formula. */
    Csv text(String value) {
        boolean formula = !value.isEmpty() && FORMULA.indexOf(value.charAt(0)) >= 0;
        String safe = formula ? "'" + value : value;
        return cell(isQuoted(safe) ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe);
    }

    private static boolean isQuoted(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (QUOTED.indexOf(text.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Adds a number, or nothing where it means nothing. */
    Csv number(@Nullable Number value) {
        return cell(value == null ? "" : value.toString());
    }

    Csv number(long value) {
        cell("");
        row.append(value);
        return this;
    }

    Csv flag(boolean value) {
        return cell(Boolean.toString(value));
    }

    private Csv cell(String value) {
        if (row.length() > 0) {
            row.append(',');
        }
        row.append(value);
        return this;
    }

    /** The row; the next one begins. */
    String end() {
        String text = row.toString();
        row.setLength(0);
        return text;
    }
}
