// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

/** What an I/O APIC does to the world: the far side of {@link IoApic}, which is the kernel's or a VMM's. */
public interface IoApicOutput {
    /** What became of a message. */
    enum Delivery {
        /** A local APIC took it into its IRR. */
        ACCEPTED,
        /** It is on its way; whether it will be accepted is not known here. */
        SENT,
        /** No local APIC took it. */
        REFUSED
    }

    /** Sends the interrupt of {@code pin} as {@code message}, an {@link InterruptMessage}. */
    Delivery deliver(int pin, long message);

    /** The pin's Remote IRR changed to {@code set}. */
    void remoteIrrChanged(int pin, int vector, boolean set);

    /** An interrupt of the pin was held back by {@code reason}. */
    void heldBack(int pin, int vector, HeldBack reason);

    /** The line of the pin was forced low; its sources are to be asked after {@code latencyNanos} whether they still assert. */
    void resample(int pin, long latencyNanos);

    /**
     * Sources of the pin that signal events are told to look again ({@link IoApicProfile.EventSources}): the signal they hold on the
     * line ends before this returns.
     */
    void acknowledged(int pin);

    /** Calls {@link IoApic#throttleExpired()} after {@code delayNanos}, unless such a call is on its way already. */
    void throttle(int pin, int vector, long delayNanos);

    /** The redirection entry of the pin was written. */
    void entryWritten(int pin, long entry);

    /** Why an interrupt was not delivered now. */
    enum HeldBack {
        /** The pin is masked. */
        MASKED,
        /** Remote IRR is set: the last delivery has not been ended. */
        REMOTE_IRR,
        /** The edge is gone for good. */
        EDGE_LOST,
        /** The pin is level-triggered, which this I/O APIC does not support. */
        UNSUPPORTED
    }
}
