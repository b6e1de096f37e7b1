// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Has each iteration of a fork wait until it is its turn, and gives the turn back after it. A fork that was not told who
 * gives turns by the system property {@value #PORT}, as from the command line of JMH, waits for nobody.
 *
 * @see TurnGiver
 */
@State(Scope.Thread)
public class Turn {
    /** The system property with the port of the {@link TurnGiver}. */
    static final String PORT = "irqstorm.turns.port";

    private @Nullable Socket giver;

    /** Connects to who gives turns. */
    @Setup
    public void connect() throws IOException {
        Integer port = Integer.getInteger(PORT);
        if (port != null) {
            giver = new Socket(InetAddress.getLoopbackAddress(), port);
        }
    }

    /** Waits for a turn, before what the iteration measures begins. */
    @Setup(Level.Iteration)
    public void await() throws IOException {
        if (giver != null && giver.getInputStream().read() < 0) {
            throw new IOException("there are no more turns: the other fork has failed");
        }
    }

    /** Gives it back. */
    @TearDown(Level.Iteration)
    public void pass() throws IOException {
        if (giver != null) {
            giver.getOutputStream().write(0);
        }
    }

    /** Hangs up. */
    @TearDown
    public void disconnect() throws IOException {
        if (giver != null) {
            giver.close();
        }
    }
}
