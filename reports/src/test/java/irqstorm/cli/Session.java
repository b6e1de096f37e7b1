// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * What a command did.
 *
 * @param code the exit code
 * @param out what it wrote on standard output
 * @param err what it wrote on standard error
 */
record Session(int code, String out, String err) {
    /** Runs irqstorm as a user would. */
    static Session irqstorm(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(args, new PrintWriter(out), new PrintWriter(err, true));
        return new Session(code, out.toString(), err.toString());
    }
}
