// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

/** The user asked for something that cannot be done; the message says what, and what could be. */
final class BadInput extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadInput(String message) {
        super(message);
    }
}
