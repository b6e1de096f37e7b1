// SPDX-License-Identifier: Apache-2.0
package irqstorm.check;

/** What a run showed, the worst first where several apply. */
public enum Verdict {
    /** KVM_ENABLE_CAP failed: there is no machine to run. */
    REFUSED,
    /** The host went down, with every guest on it. */
    HOST_DOWN,
    /** KVM killed the guest. */
    GUEST_KILLED,
    /** The VMM stopped at something that it cannot take. */
    VMM_STOPPED,
    /** A pin's Remote IRR is set and the EOI that would clear it will never come: the line is dead until the pin is reprogrammed. */
    STUCK,
    /** An interrupt was asserted and never reached a local APIC, and nothing will bring it there. */
    LOST,
    /** A line was delivered again and again for one and the same assertion. */
    STORM,
    /** Every assertion was delivered and none more often than it had to be. */
    OK
}
