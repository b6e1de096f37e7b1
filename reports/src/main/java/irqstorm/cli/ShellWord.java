// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

/** Words of a POSIX shell's command line. */
final class ShellWord {
    private static final String PLAIN = "%+,-./:=@_";

    private ShellWord() {}

    /** {@code word} as it has to be written for the shell to take it literally. */
    static String quote(String word) {
        boolean plain = !word.isEmpty();
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            plain &= c < 128 && Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0;
        }
        return plain ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
