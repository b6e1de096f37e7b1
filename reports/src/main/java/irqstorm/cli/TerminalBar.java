// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import java.io.PrintWriter;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A bar on one line of a terminal, redrawn ten times a second while something changes, and erased in the end.
 *
 * <p>Writing the library's lines behind a carriage return was chosen over its own console: that one opens the terminal through JLine,
 * which takes a sixth of a second and native code, to learn what is not needed here. JLine's native part does not ship for that reason.
 */
final class TerminalBar implements Progress {
    private static final int WIDTH = 72;
    private static final int UPDATE_MILLIS = 100;

    private static final String ERASE_TO_END_OF_LINE = "\u001b[K";

    private final PrintWriter err;
    private final ProgressBar bar;

    TerminalBar(PrintWriter err, String what, long total) {
        this.err = err;
        bar = ProgressBar.builder()
                .setTaskName(what)
                .setInitialMax(Math.max(1, total))
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .setConsumer(new DelegatingProgressBarConsumer(line -> rewrite(err, line), WIDTH))
                .build();
    }

    private static void rewrite(PrintWriter err, String line) {
        err.print('\r' + line);
        err.flush();
    }

    @Override
    public void step() {
        bar.step();
    }

    @Override
    public void reached(long pieces) {
        bar.stepTo(Math.min(pieces, bar.getMax()));
    }

    /** The library's own erasing does nothing to a bar that is closed before its first drawing, and that one still comes. */
    @Override
    public void close() {
        bar.close();
        rewrite(err, ERASE_TO_END_OF_LINE);
    }
}
