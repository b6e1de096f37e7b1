// SPDX-License-Identifier: Apache-2.0
package irqstorm.explore;

import irqstorm.check.Violation;
import irqstorm.explore.ChangedModel.Change;
import java.util.List;

/** Bugs that models of interrupt controllers have had or could have, each as a change of this one's source. */
enum SeededBug {
    LINE_LOOKED_AT_BEFORE_REMOTE_IRR_IS_CLEARED(
            "an EOI looks at the line while Remote IRR still holds the pin back",
            SmallMachine.SPLIT,
            Violation.LOST,
            change(
                    "apic/EoiHandling.java",
                    "service.setRemoteIrr(pin, false);\n        OnEoiAsserted reaction",
                    "OnEoiAsserted reaction"),
            change(
                    "apic/EoiHandling.java",
                    "endThrottled(pin, again, throttle);",
                    "endThrottled(pin, again, throttle);\n            service.setRemoteIrr(pin, false);")),
    REMOTE_IRR_CLEARED_BEFORE_DELIVERY(
            "Remote IRR is clear again when the message leaves",
            SmallMachine.REWRITTEN,
            Violation.STORM,
            change(
                    "apic/PinService.java",
                    "Delivery delivery = output.deliver(",
                    "setRemoteIrr(pin, false);\n        Delivery delivery = output.deliver(")),
    REMOTE_IRR_SET_AFTER_THE_EOI(
            "Remote IRR is set by the EOI that should clear it",
            SmallMachine.SPLIT,
            Violation.STUCK,
            change("apic/EoiHandling.java", "service.setRemoteIrr(pin, false);", "service.setRemoteIrr(pin, true);")),
    EOI_ENDS_THE_FIRST_PIN_ONLY(
            "the search for the pins of a vector ends with the first one",
            SmallMachine.ONE_VECTOR,
            Violation.STUCK,
            change("apic/EoiHandling.java", "match.scope() == EoiMatch.Scope.FIRST_PIN", "match != null")),
    EOI_ENDS_THE_WRONG_PIN(
            "an EOI ends the pin before the one that matches",
            SmallMachine.NESTING,
            Violation.WRONG_PIN_EOI,
            change("apic/EoiHandling.java", "endPin(pin);", "endPin(pin - 1);")),
    PIN_BY_PIN(
            "a pin that was delivered again while the EOI was being handled is ended by the same EOI",
            SmallMachine.SPLIT,
            Violation.WRONG_PIN_EOI,
            change("apic/EoiHandling.java", "endPin(pin);", "endPin(pin);\n                endPin(pin);")),
    THROTTLE_TIMER_LOST(
            "the throttle's timer is never armed",
            SmallMachine.THROTTLED,
            Violation.LOST,
            change("machine/Board.java", "throttle.start(delayNanos, log.cause());", "")),
    RESAMPLE_BEFORE_THE_SIGNAL_ENDS(
            "a source is asked again before its last signal is withdrawn, which takes the new one with it",
            SmallMachine.EVENT_SOURCE,
            Violation.LOST,
            change(
                    "machine/DeviceLines.java",
                    "startTimer(device, events.unmaskLatencyNanos());",
                    "timerExpired(device);"),
            change("machine/DeviceLines.java", "&& !isHeld(pin)) {", ") {")),
    UNMASK_TIMER_LOST(
            "a source that an EOI unmasked is never asked again",
            SmallMachine.EVENT_SOURCE,
            Violation.LOST,
            change("machine/DeviceLines.java", "startTimer(device, events.unmaskLatencyNanos());", "")),
    LEVEL_LOST_AT_THE_END_OF_THE_EOI(
            "what asserted between the guest's EOI and its end in the VMM is forgotten",
            SmallMachine.SPLIT,
            Violation.LOST,
            change(
                    "apic/EoiHandling.java",
                    "service.setRemoteIrr(pin, false);",
                    "service.setRemoteIrr(pin, false);\n        pins.setPending(pin, false);")),
    RISE_BEHIND_REMOTE_IRR_DROPPED(
            "a line that rises while its interrupt is in service is not remembered",
            SmallMachine.KERNEL,
            Violation.LOST,
            change(
                    "apic/LineInput.java",
                    "pins.setPending(pin, true);\n        service.risen(pin);\n    }\n\n    private void edgeCalled",
                    "pins.setPending(pin, !pins.hasRemoteIrr(pin));\n        service.risen(pin);\n    }\n\n"
                            + "    private void edgeCalled")),
    REMOTE_IRR_LOST_IN_MIGRATION(
            "a saved state has no Remote IRR",
            SmallMachine.MIGRATED,
            Violation.LOST,
            change(
                    "apic/SavedIoApic.java",
                    "save.remoteIrr() ? entry : entry & ~RedirectionEntry.REMOTE_IRR",
                    "entry & ~RedirectionEntry.REMOTE_IRR")),
    EOI_NOT_BROADCAST(
            "the EOI of a level-triggered vector does not reach the I/O APIC",
            SmallMachine.SPLIT,
            Violation.STUCK,
            change(
                    "kvm/KvmL0.java",
                    "message != NO_ROUTE && InterruptMessage",
                    "message != NO_ROUTE && !InterruptMessage")),
    TRIGGER_MODE_NOT_RECORDED(
            "the local APIC does not note in TMR that an interrupt was level-triggered",
            SmallMachine.KERNEL,
            Violation.STUCK,
            change("apic/LocalApic.java", "triggerModes.put(vector, trigger == TriggerMode.LEVEL);", "")),
    DEASSERTION_IGNORED(
            "a line that was high once stays high",
            SmallMachine.KERNEL_EDGE,
            Violation.LOST,
            change("apic/LineInput.java", "pins.setLineHigh(pin, high);", "pins.setLineHigh(pin, high || wasActive);")),
    EDGE_LATCHED_TWICE(
            "an edge stays latched when it was delivered",
            SmallMachine.REWRITTEN_EDGE,
            Violation.STORM,
            change("apic/PinService.java", "if (!level || profile", "if (profile")),
    EDGE_DELIVERED_TWICE(
            "each edge is sent twice",
            SmallMachine.KERNEL_EDGE,
            Violation.STORM,
            change(
                    "apic/PinService.java",
                    "Delivery delivery = output.deliver(",
                    "if (!level) {\n            output.deliver(pin, RedirectionEntry.message(route));\n        }\n"
                            + "        Delivery delivery = output.deliver(")),
    MASKED_PIN_DELIVERED(
            "the mask bit holds nothing back",
            SmallMachine.MASKED,
            Violation.MASKED_DELIVERY,
            change(
                    "apic/PinService.java",
                    "if (RedirectionEntry.isMasked(entry)) {\n            output",
                    "if (vector < 0) {\n            output")),
    KICK_LOST(
            "a vCPU in guest mode is not told that its local APIC has an interrupt",
            SmallMachine.KERNEL,
            Violation.STUCK,
            change(
                    "machine/Vcpu.java",
                    "(phase == Phase.GUEST || phase == Phase.HALTED) && store",
                    "phase == Phase.HALTED && store")),
    EOI_SLOT_OVERWRITTEN(
            "the exit of an EOI waits while another interrupt is in service, and the next EOI takes its slot",
            SmallMachine.NESTING,
            Violation.STUCK,
            change(
                    "kvm/KvmL0.java",
                    "if (store.get(word(vcpu, EXIT_REQUESTED)) != 0) {",
                    "if (store.get(word(vcpu, EXIT_REQUESTED)) != 0 && apics[vcpu].inService().isEmpty()) {")),
    SUPPRESSION_IGNORED(
            "an EOI that SPIV bit 12 suppresses is carried out all the same",
            SmallMachine.DIRECTED,
            Violation.STORM,
            change(
                    "kvm/KvmL0.java",
                    "return apics[vcpu].suppressBit() && x2ApicApi",
                    "return !apics[vcpu].isEnabled() && x2ApicApi")),
    EOI_REGISTER_IGNORED(
            "a write to the EOI register does nothing",
            SmallMachine.DIRECTED,
            Violation.STUCK,
            change("apic/IoApic.java", "eois.end(vector, true);", "")),
    PRIORITY_IGNORED(
            "the local APIC dispatches a vector of a lower class than the one in service",
            SmallMachine.NESTING,
            Violation.INVARIANT,
            change("apic/LocalApic.java", "(vector & 0xF0) > processorPriority()", "vector > 0")),
    EOI_ENDS_THE_LESS_URGENT_INTERRUPT(
            "an EOI ends the second highest vector in service if there is one",
            SmallMachine.NESTING,
            Violation.INVARIANT,
            change(
                    "apic/LocalApic.java",
                    "int vector = inService.highest();\n        if (vector != VectorSet.NONE) {",
                    "int below = inService.highestBelow(Math.max(0, inService.highest()));\n"
                            + "        int vector = below == VectorSet.NONE ? inService.highest() : below;\n"
                            + "        if (vector != VectorSet.NONE) {")),
    REMOTE_IRR_OF_AN_EDGE(
            "an edge sets Remote IRR",
            SmallMachine.KERNEL_EDGE,
            Violation.INVARIANT,
            change(
                    "apic/PinService.java",
                    "if (level && setsRemoteIrrAfter(delivery)) {",
                    "if (setsRemoteIrrAfter(delivery)) {"));

    private final String breaks;
    private final SmallMachine machine;
    private final Violation violation;
    private final List<Change> changes;

    SeededBug(String breaks, SmallMachine machine, Violation violation, Change... changes) {
        this.breaks = breaks;
        this.machine = machine;
        this.violation = violation;
        this.changes = List.of(changes);
    }

    private static Change change(String file, String before, String after) {
        return new Change(file, before, after);
    }

    /** What is wrong. */
    String breaks() {
        return breaks;
    }

    /** On which machine it shows. */
    SmallMachine machine() {
        return machine;
    }

    /** As what it shows. */
    Violation violation() {
        return violation;
    }

    /** How it gets into the model. */
    List<Change> changes() {
        return changes;
    }
}
