// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import irqstorm.scenario.Nearest;
import java.util.List;

/** The user asked for something that cannot be done; the message says what, and what could be. */
final class BadInput extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadInput(String message) {
        super(message);
    }

    /** The user named something, such as a profile, that is not among those there are. */
    static BadInput unknown(String what, String name, List<String> known) {
        String advice = Nearest.advice(name, known);
        return new BadInput("there is no " + what + " \"" + name + "\"; there are " + String.join(", ", known)
                + (advice.isEmpty() ? "" : "; " + advice));
    }
}
