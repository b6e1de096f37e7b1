// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

/** What a transition does depends on more than the state: on a time, or on chance. */
final class NotRepeatable extends IllegalStateException {
    private static final long serialVersionUID = 1;

    /** The transition depends on {@code what}. */
    NotRepeatable(String what) {
        super("the transition depends on " + what);
    }
}
