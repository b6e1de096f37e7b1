// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

/** A case needs something that the model or the harness does not have; the message says what. */
final class Unsupported extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unsupported(String reason) {
        super(reason, null, false, false);
    }
}
