// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import irqstorm.report.text.Paint;
import java.io.PrintWriter;
import java.util.List;

/**
 * Where a command writes.
 *
 * @param out results
 * @param err messages
 * @param paint how text on {@code out} is painted
 * @param progress whether long work shows on {@code err} how far it is
 */
record Console(PrintWriter out, PrintWriter err, Paint paint, boolean progress) {
    /** Writes {@code lines} to {@code out}. */
    void print(List<String> lines) {
        lines.forEach(out::println);
    }
}
