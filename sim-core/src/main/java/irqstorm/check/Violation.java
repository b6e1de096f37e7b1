// SPDX-License-Identifier: Apache-2.0
package irqstorm.check;

import java.util.List;

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
    WRONG_PIN_EOI("An EOI clears the Remote IRR of a pin whose interrupt nobody has ended."),
    /** A pin was delivered while it was masked. */
    MASKED_DELIVERY("A pin is delivered while it is masked."),
    /** From here on, whatever the machine does, it never comes to rest. */
    NO_REST("From here on the machine never comes to rest, whatever happens.");

    /** Those that one order of events shows at its end, and that no {@link Verdict} of a run says. */
    public static final List<Violation> BESIDES_VERDICTS = List.of(WRONG_PIN_EOI, MASKED_DELIVERY);

    private final String meaning;

    Violation() {
        this("");
    }

    Violation(String meaning) {
        this.meaning = meaning;
    }

    /** What it is, in a sentence; empty where a run says in its own words why it ends so. */
    public String meaning() {
        return meaning;
    }
}
