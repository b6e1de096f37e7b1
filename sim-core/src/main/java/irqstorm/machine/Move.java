// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.apic.InterruptMessage;
import java.util.Locale;

/**
 * One event that somebody chose to happen next.
 *
 * @param payload the event as the machine encodes it
 * @param outcome which of its outcomes, where that is left to chance, from 0
 */
public record Move(long payload, int outcome) {
    private static final String OUTCOME = " outcome ";

    /** A name that tells it from every other event that may happen at the same time, for instance {@code vcpu0}. */
    public String label(MachineConfig config) {
        return outcome == 0 ? event(config) : event(config) + OUTCOME + outcome;
    }

    /** The outcome that {@code label} names if it names this event, or −1. */
    int outcome(String label, MachineConfig config) {
        String event = event(config);
        if (label.equals(event)) {
            return 0;
        }
        return label.startsWith(event + OUTCOME) ? number(label.substring(event.length() + OUTCOME.length())) : -1;
    }

    private static int number(String digits) {
        return digits.matches("[1-9]\\d{0,5}") ? Integer.parseInt(digits) : -1;
    }

    private String event(MachineConfig config) {
        int argument = Payload.argument(payload);
        return switch (Payload.kind(payload)) {
            case Payload.DEVICE_ARRIVAL ->
                "cause " + config.devices().get(argument).name();
            case Payload.LINE_AT_KERNEL -> "line " + (argument >>> 1) + ((argument & 1) == 0 ? " low" : " high");
            case Payload.MESSAGE -> messageLabel();
            case Payload.THROTTLE_EXPIRED -> "throttle";
            case Payload.RESAMPLE -> "resample " + argument;
            case Payload.VCPU_ADVANCE -> "vcpu" + argument;
            case Payload.VCPU_KICK -> "kick vcpu" + argument;
            case Payload.DEVICE_TIMER ->
                "timer " + config.devices().get(argument).name();
            default -> "hazard " + argument;
        };
    }

    private String messageLabel() {
        long message = Payload.message(payload);
        int thread = Payload.thread(payload);
        return String.format(
                Locale.ROOT,
                "message 0x%02x to %d%s",
                InterruptMessage.vector(message),
                InterruptMessage.destination(message),
                thread == Payload.NO_THREAD ? "" : " of vcpu" + thread);
    }
}
