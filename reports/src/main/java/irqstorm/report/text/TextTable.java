// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A table of at most {@link Layout#WIDTH} columns. The cells of the first column are folded when the table would be wider, the others
 * are short by nature.
 */
final class TextTable {
    private static final String GAP = "  ";
    private static final int NARROWEST_FIRST_COLUMN = 12;

    /**
     * A column of the table.
     *
     * @param heading its heading, of one or two lines
     * @param right whether it is aligned on the right, as numbers are
     */
    record Column(String heading, boolean right) {
        static Column text(String heading) {
            return new Column(heading, false);
        }

        static Column number(String heading) {
            return new Column(heading, true);
        }

        List<String> headingLines() {
            return heading.lines().toList();
        }
    }

    /**
     * A cell of the table.
     *
     * @param text what it says
     * @param paint how its padded text is painted
     */
    record Cell(String text, UnaryOperator<String> paint) {
        static Cell of(String text) {
            return new Cell(Layout.printable(text), UnaryOperator.identity());
        }
    }

    private final List<Column> columns;
    private final List<List<Cell>> rows = new ArrayList<>();

    TextTable(Column... columns) {
        this.columns = List.of(columns);
    }

    /** Adds a row with a cell for each column. */
    void row(Cell... cells) {
        rows.add(List.of(cells));
    }

    /** The table's lines: headings, a rule, the rows. */
    List<String> lines(Paint paint) {
        int[] widths = widths();
        List<String> lines = new ArrayList<>();
        int headingLines = columns.stream().anyMatch(column -> column.heading.indexOf('\n') >= 0) ? 2 : 1;
        for (int line = 0; line < headingLines; line++) {
            lines.add(headings(widths, line - headingLines, paint));
        }
        lines.add(rule(widths));
        rows.forEach(row -> addRow(lines, row, widths));
        return lines;
    }

    private int[] widths() {
        int[] widths = new int[columns.size()];
        int total = GAP.length() * (widths.length - 1);
        for (int i = 0; i < widths.length; i++) {
            for (String line : columns.get(i).headingLines()) {
                widths[i] = Math.max(widths[i], line.length());
            }
            for (List<Cell> row : rows) {
                widths[i] = Math.max(widths[i], row.get(i).text.length());
            }
            total += widths[i];
        }
        widths[0] = Math.max(NARROWEST_FIRST_COLUMN, widths[0] - Math.max(0, total - Layout.WIDTH));
        return widths;
    }

    /** One line of the headings, counted from the last one: −1. Headings stand at the bottom. */
    private String headings(int[] widths, int line, Paint paint) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            List<String> parts = columns.get(i).headingLines();
            int part = parts.size() + line;
            text.append(i == 0 ? "" : GAP)
                    .append(Layout.pad(part < 0 ? "" : parts.get(part), widths[i], columns.get(i).right));
        }
        return paint.heading(text.toString().stripTrailing());
    }

    private static String rule(int[] widths) {
        StringBuilder text = new StringBuilder();
        for (int width : widths) {
            text.append(text.length() == 0 ? "" : GAP).append("-".repeat(width));
        }
        return text.toString();
    }

    private void addRow(List<String> lines, List<Cell> row, int[] widths) {
        List<String> folded = fold(row.get(0).text, widths[0]);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            Cell cell = row.get(i);
            String content = i == 0 ? folded.get(0) : cell.text;
            text.append(i == 0 ? "" : GAP)
                    .append(cell.paint.apply(Layout.pad(content, widths[i], columns.get(i).right)));
        }
        lines.add(text.toString().stripTrailing());
        folded.subList(1, folded.size()).forEach(line -> lines.add(GAP + line));
    }

    /** {@code text} in pieces that fit; all but the first are indented. */
    private static List<String> fold(String text, int width) {
        List<String> pieces = new ArrayList<>();
        int start = 0;
        while (text.length() - start > width - (start == 0 ? 0 : GAP.length())) {
            int end = start + width - (start == 0 ? 0 : GAP.length());
            int hyphen = text.lastIndexOf('-', end - 1);
            int cut = hyphen > start ? hyphen + 1 : end;
            pieces.add(text.substring(start, cut));
            start = cut;
        }
        pieces.add(text.substring(start));
        return pieces;
    }
}
