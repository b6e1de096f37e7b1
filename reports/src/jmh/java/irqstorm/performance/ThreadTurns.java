// SPDX-License-Identifier: Apache-2.0
package irqstorm.performance;

import irqstorm.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;

/**
 * Lets the same replications run on one thread and on several in turns, within one JVM, and prints how many times as fast the
 * several were in each turn: the speed of a machine that others use changes within seconds. Processes of their own would
 * have to last longer than that, or their start would be a part of it that no thread shortens.
 */
public final class ThreadTurns {
    /** The replications of a piece: one thread takes about a second, of which it spends 30 ms on what is done once. */
    private static final String REPLICATIONS = "1000";

    private static final int TURNS = 13;

    /** Before these everything is compiled. */
    private static final int WARMUPS = 2;

    private ThreadTurns() {}

    /**
     * Prints a line a turn: how many times as fast it was, and whether the same was printed.
     *
     * @param args the scenario, and how many threads are several
     */
    public static void main(String[] args) {
        for (int turn = -WARMUPS; turn < TURNS; turn++) {
            Piece alone = Piece.run(args[0], "1");
            Piece together = Piece.run(args[0], args[1]);
            if (turn >= 0) {
                System.out.printf(
                        Locale.ROOT, "%.4f %b%n", alone.nanos / together.nanos, alone.printed.equals(together.printed));
            }
        }
    }

    private record Piece(double nanos, String printed) {
        static Piece run(String scenario, String threads) {
            String[] arguments = {"measure", scenario, "--replications", REPLICATIONS, "--threads", threads};
            StringWriter printed = new StringWriter();
            long begin = System.nanoTime();
            int code = Main.run(arguments, new PrintWriter(printed), new PrintWriter(printed));
            double nanos = System.nanoTime() - begin;
            if (code > Command.VERDICT) {
                throw new IllegalStateException("exit code " + code + ": " + printed);
            }
            return new Piece(nanos, printed.toString());
        }
    }
}
