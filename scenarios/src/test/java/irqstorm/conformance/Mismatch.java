// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

/** The model did something else than a case expects; the message says what. */
final class Mismatch extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Mismatch(String reason) {
        super(reason, null, false, false);
    }
}
