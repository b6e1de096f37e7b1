// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

/** How much of long work is done. It shows on a terminal and outside CI; elsewhere no class of the bar is even loaded. */
interface Progress extends AutoCloseable {
    /**
     * Progress of {@code total} pieces of work.
     *
     * @param what what the pieces are called
     */
    static Progress of(Console console, String what, long total) {
        return console.progress() ? new TerminalBar(console.err(), what, total) : new Unseen();
    }

    /** One more piece is done; threads may call this at the same time. */
    void step();

    /** So many pieces are done. */
    void reached(long pieces);

    /** The work is over, and nothing of it is to be seen any more. */
    @Override
    void close();

    /** Progress that nobody looks at. */
    final class Unseen implements Progress {
        @Override
        public void step() {}

        @Override
        public void reached(long pieces) {}

        @Override
        public void close() {}
    }
}
