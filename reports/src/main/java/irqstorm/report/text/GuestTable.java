// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.text;

import irqstorm.advise.AdvisedGuest;
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

/** A table with a row for each guest and a column for each flag. */
final class GuestTable {
    private GuestTable() {}

    /**
     * The lines of the table.
     *
     * @param cells what it shows, of each guest in the order of the flags
     * @param guest the guest of a cell
     * @param shown how a cell looks
     */
    static <C> List<String> lines(
            List<C> cells, Function<C, AdvisedGuest> guest, Function<C, Cell> shown, Paint paint) {
        Column[] columns = Stream.concat(
                        Stream.of(Column.text("guest")),
                        Arrays.stream(SuppressFlag.values()).map(flag -> Column.text(flag.shortLabel())))
                .toArray(Column[]::new);
        TextTable table = new TextTable(columns);
        Map<String, List<Cell>> rows = new LinkedHashMap<>();
        for (C cell : cells) {
            rows.computeIfAbsent(guest.apply(cell).name(), name -> new ArrayList<>(List.of(Cell.of(name))))
                    .add(shown.apply(cell));
        }
        rows.values().forEach(row -> table.row(row.toArray(Cell[]::new)));
        return table.lines(paint);
    }
}
