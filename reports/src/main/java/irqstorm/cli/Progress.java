// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import java.io.PrintWriter;

/**
 * How much of long work is done, as a bar on standard error that is gone when the work is. It is there only on a terminal and outside CI;
 * a library for it was rejected, since one line that is rewritten needs none.
 */
final class Progress implements AutoCloseable {
    private static final int WIDTH = 30;
    private static final int PERCENT = 100;
    private static final String ERASE = "\r\u001b[K";

    private final PrintWriter err;
    private final boolean visible;
    private final String what;
    private final long total;
    private long done;
    private int shownPercent = -1;

    /**
     * A bar for {@code total} pieces of work.
     *
     * @param what what the pieces are called
     */
    Progress(Console console, String what, long total) {
        this.err = console.err();
        this.visible = console.progress();
        this.what = what;
        this.total = Math.max(1, total);
    }

    /** One more piece is done; threads may call this at the same time. */
    synchronized void step() {
        reached(done + 1);
    }

    /** So many pieces are done. */
    synchronized void reached(long pieces) {
        done = Math.min(total, pieces);
        int percent = (int) (done * PERCENT / total);
        if (visible && percent != shownPercent) {
            shownPercent = percent;
            int full = percent * WIDTH / PERCENT;
            err.print(ERASE + "[" + "#".repeat(full) + " ".repeat(WIDTH - full) + "] " + percent + " % of " + what);
            err.flush();
        }
    }

    /** Erases the bar. */
    @Override
    public synchronized void close() {
        if (shownPercent >= 0) {
            err.print(ERASE);
            err.flush();
        }
    }
}
