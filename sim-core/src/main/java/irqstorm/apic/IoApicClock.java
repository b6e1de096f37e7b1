// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

/** What an I/O APIC asks of time and of the sources of its lines. */
public interface IoApicClock {
    /**
     * Calls {@link IoApic#throttleExpired()} after {@code delayNanos}, unless such a call is on its way already: real models have one
     * timer for all pins.
     */
    void startThrottleTimer(long delayNanos);

    /** Drives the line of {@code pin} anew after {@code latencyNanos}, as its sources then hold it. */
    void resample(int pin, long latencyNanos);

    /** Sources of {@code pin} that signal events are told to look again; the signal they hold on the line ends before this returns. */
    void acknowledged(int pin);
}
