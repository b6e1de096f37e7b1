// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.text;

import irqstorm.advise.GuestCell;
import irqstorm.advise.SuppressFlag;
import irqstorm.report.text.TextTable.Cell;
import irqstorm.report.text.TextTable.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** What is known of guests with flags: a table with a row for each guest and a column for each flag, and what it rests on. */
final class GuestTable {
    private static final int REASON_INDENT = 4;

    private GuestTable() {}

    /**
     * The lines of the table.
     *
     * @param cells what it shows, of each guest in the order of the flags
     * @param shown how a cell looks
     */
    static <C extends GuestCell> List<String> lines(List<C> cells, Function<C, Cell> shown, Paint paint) {
        Column[] columns = Stream.concat(
                        Stream.of(Column.text("guest")),
                        Arrays.stream(SuppressFlag.values()).map(flag -> Column.text(flag.shortLabel())))
                .toArray(Column[]::new);
        TextTable table = new TextTable(columns);
        Map<String, List<Cell>> rows = new LinkedHashMap<>();
        for (C cell : cells) {
            rows.computeIfAbsent(cell.guest().name(), name -> new ArrayList<>(List.of(Cell.of(name))))
                    .add(shown.apply(cell));
        }
        rows.values().forEach(row -> table.row(row.toArray(Cell[]::new)));
        return table.lines(paint);
    }

    /** Each reason once, after the guests and flags that share it. */
    static <C extends GuestCell> List<String> reasons(List<C> cells, Function<C, String> reason) {
        Map<String, Map<String, List<String>>> byReason = new LinkedHashMap<>();
        for (C cell : cells) {
            byReason.computeIfAbsent(reason.apply(cell), because -> new LinkedHashMap<>())
                    .computeIfAbsent(cell.guest().name(), guest -> new ArrayList<>())
                    .add(cell.flag().shortLabel());
        }
        List<String> lines = new ArrayList<>();
        byReason.forEach((because, guests) -> {
            List<String> names = new ArrayList<>();
            guests.forEach((guest, flags) -> names.add(guest + " (" + String.join(", ", flags) + ")"));
            lines.addAll(Layout.hanging(String.join(", ", names), because, REASON_INDENT));
        });
        return lines;
    }
}
