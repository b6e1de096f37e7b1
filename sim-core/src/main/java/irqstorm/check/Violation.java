// SPDX-License-Identifier: Apache-2.0
package irqstorm.check;

/** What an exploration can find wrong, the worst first where several apply. */
public enum Violation {
    /** KVM_ENABLE_CAP failed: there is no machine to explore. */
    REFUSED,
    /** {@link Verdict#HOST_DOWN}. */
    HOST_DOWN,
    /** {@link Verdict#GUEST_KILLED}. */
    GUEST_KILLED,
    /** {@link Verdict#VMM_STOPPED}. */
    VMM_STOPPED,
    /** A rule of the model itself is broken, by the model or by a guest that nests handlers without end. */
    INVARIANT,
    /** {@link Verdict#STUCK}. */
    STUCK,
    /** {@link Verdict#LOST}. */
    LOST,
    /** {@link Verdict#STORM}. */
    STORM,
    /** An EOI cleared the Remote IRR of a pin whose vector nobody had ended ({@link SafetyMonitor}). */
    WRONG_PIN_EOI,
    /** A pin was delivered while it was masked. */
    MASKED_DELIVERY,
    /** From here on, whatever the machine does, it never comes to rest. */
    NO_REST
}
