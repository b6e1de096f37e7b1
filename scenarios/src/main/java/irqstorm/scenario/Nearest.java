// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario;

import java.util.Collection;
import java.util.Locale;

/** Finds the allowed word that a mistyped one was probably meant to be. */
public final class Nearest {

    private static final int LONGEST_WORD = 64;

    private Nearest() {}

    /** {@code did you mean "storm"?}, or an empty string if no allowed word is near. */
    public static String advice(String typed, Collection<String> allowed) {
        if (typed.length() > LONGEST_WORD) {
            return "";
        }
        String nearest = "";
        int least = Math.max(1, typed.length() / 3) + 1;
        for (String word : allowed) {
            int distance = distance(typed.toLowerCase(Locale.ROOT), word.toLowerCase(Locale.ROOT));
            if (distance < least) {
                least = distance;
                nearest = word;
            }
        }
        return nearest.isEmpty() ? "" : "did you mean \"" + nearest + "\"?";
    }

    /**
     * Edits between two words: insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
     */
    private static int distance(String from, String to) {
        int[][] edits = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : step(edits, from, to, i, j);
            }
        }
        return edits[from.length()][to.length()];
    }

    private static int step(int[][] edits, String from, String to, int i, int j) {
        boolean same = from.charAt(i - 1) == to.charAt(j - 1);
        int replaced = edits[i - 1][j - 1] + (same ? 0 : 1);
        int best = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(best, edits[i - 2][j - 2] + 1) : best;
    }
}
