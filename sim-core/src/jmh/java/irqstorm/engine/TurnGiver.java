// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;

/**
 * Lets two forks take turns: while an iteration of one runs, the other waits. Each has a connection of its own to this, so
 * that it is noticed at once if one of them dies; the other is hung up on then, and does not wait for ever. A lock and a turn
 * in a shared file were rejected: they would have to be polled, and tell nothing of a fork that is gone.
 */
final class TurnGiver implements AutoCloseable {
    /** Filling a million places takes some ten seconds, in the first turn. */
    private static final int MOST_MILLIS = 60_000;

    private final ServerSocket server;

    TurnGiver() throws IOException {
        server = new ServerSocket(0, 2, InetAddress.getLoopbackAddress());
        server.setSoTimeout(MOST_MILLIS);
    }

    /** What a fork is to be told. */
    String jvmArgument() {
        return "-D" + Turn.PORT + "=" + server.getLocalPort();
    }

    /**
     * Waits for two forks and gives each of them so many turns.
     *
     * @throws IOException if one of them ends before it had its turns, or takes more than a minute to start or for a turn
     */
    void give(int turns) throws IOException {
        try (Socket first = server.accept();
                Socket second = server.accept()) {
            for (int turn = 0; turn < turns; turn++) {
                give(first);
                give(second);
            }
        } catch (SocketTimeoutException e) {
            throw new IOException("a fork took more than a minute to start or for a turn", e);
        }
    }

    private static void give(Socket fork) throws IOException {
        fork.setSoTimeout(MOST_MILLIS);
        fork.getOutputStream().write(0);
        if (fork.getInputStream().read() < 0) {
            throw new EOFException("a fork ended before it had its turns");
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
