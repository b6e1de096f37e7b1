// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.text;

import java.util.ArrayList;
import java.util.List;

/** Fits words into lines. */
final class Layout {
    /** The most columns a line has. */
    static final int WIDTH = 100;

    private Layout() {}

    /**
     * {@code text} as it can be printed on one line: characters that would move the cursor or change the terminal's state become
     * question marks, since scenario files come from anywhere.
     */
    static String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints().forEach(c -> printable.appendCodePoint(isPrintable(c) ? c : '?'));
        return printable.toString();
    }

    private static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    /** Pads {@code text} with spaces on its right, or on its left, to {@code width} columns. */
    static String pad(String text, int width, boolean onTheLeft) {
        String spaces = " ".repeat(Math.max(0, width - text.length()));
        return onTheLeft ? spaces + text : text + spaces;
    }

    /** The words of {@code text} in lines of at most {@code width} columns; a longer word is cut. */
    static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : words(text)) {
            if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            if (line.length() > 0) {
                line.append(' ');
            }
            line.append(word);
            while (line.length() > width) {
                lines.add(line.substring(0, width));
                line.delete(0, width);
            }
        }
        lines.add(line.toString());
        return lines;
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (char c : (printable(text.replace('\n', ' ')) + ' ').toCharArray()) {
            if (c != ' ') {
                word.append(c);
            } else if (word.length() > 0) {
                words.add(word.toString());
                word.setLength(0);
            }
        }
        return words;
    }

    /**
     * {@code label}, then {@code text} from column {@code indent} on, in as many lines as it takes; a label that leaves no space before
     * the text stands above it.
     */
    static List<String> hanging(String label, String text, int indent) {
        List<String> lines = new ArrayList<>();
        String start = pad(printable(label), indent, false);
        if (!start.endsWith(" ")) {
            lines.addAll(wrap(label, WIDTH));
            start = " ".repeat(indent);
        }
        for (String line : wrap(text, WIDTH - indent)) {
            lines.add((start + line).stripTrailing());
            start = " ".repeat(indent);
        }
        return lines;
    }

    /** A list of {@code items} below {@code heading}, with a blank line before it; nothing if there are no items. */
    static List<String> list(String heading, List<String> items) {
        List<String> lines = new ArrayList<>();
        if (!items.isEmpty()) {
            lines.add("");
            lines.add(heading);
            items.forEach(item -> lines.addAll(hanging("  -", item, 4)));
        }
        return lines;
    }
}
