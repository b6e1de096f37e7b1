// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

import irqstorm.apic.IoApicOutput.HeldBack;
import irqstorm.apic.IoApicProfile.Edge;
import irqstorm.apic.IoApicProfile.Level;
import irqstorm.apic.IoApicProfile.LevelTriggered;
import irqstorm.apic.IoApicProfile.LineModel;
import irqstorm.apic.IoApicProfile.MaskedEdge;
import irqstorm.apic.IoApicProfile.MaskedLevel;

/** What the calls of the sources do to the lines, and what the chip sees in that. */
final class LineInput {
    private final IoApicProfile profile;
    private final PinTable pins;
    private final PinService service;
    private final IoApicOutput output;

    LineInput(IoApicProfile profile, PinTable pins, PinService service, IoApicOutput output) {
        this.profile = profile;
        this.pins = pins;
        this.service = service;
        this.output = output;
    }

    void setLine(int pin, boolean high) {
        if (profile.line().counts() && !counted(pin, high)) {
            return;
        }
        boolean wasActive = pins.isActive(pin);
        pins.setLineHigh(pin, high);
        boolean active = pins.isActive(pin);
        if (pins.isLevel(pin)) {
            levelCalled(pin, active, wasActive);
        } else {
            edgeCalled(pin, active, wasActive);
        }
    }

    /** Counts the call; whether the line changes by it. Below zero, a rise only makes up for an unmatched fall. */
    private boolean counted(int pin, boolean high) {
        long before = pins.assertions(pin);
        if (high) {
            pins.setAssertions(pin, before + 1);
            return before == 0;
        }
        boolean saturated = before == 0 && profile.line() == LineModel.SATURATING_COUNTER;
        pins.setAssertions(pin, saturated ? 0 : before - 1);
        return before == 1;
    }

    private void levelCalled(int pin, boolean active, boolean wasActive) {
        if (!active) {
            boolean remembered = profile.maskedLevel() == MaskedLevel.DEFERRED || profile.line() == LineModel.EVENTFD;
            if (!remembered) {
                pins.setPending(pin, false);
            }
            return;
        }
        if (profile.levelTriggered() == LevelTriggered.REFUSED) {
            output.heldBack(pin, pins.vector(pin), HeldBack.UNSUPPORTED);
            return;
        }
        if (wasActive && profile.level() == Level.RISING_ONLY) {
            return;
        }
        if (pins.isMasked(pin) && profile.maskedLevel() == MaskedLevel.LOST) {
            output.heldBack(pin, pins.vector(pin), HeldBack.MASKED);
            return;
        }
        pins.setPending(pin, true);
        service.risen(pin);
    }

    private void edgeCalled(int pin, boolean active, boolean wasActive) {
        MaskedEdge masked = profile.maskedEdge();
        if (!active) {
            if (masked == MaskedEdge.KEPT_NOT_REPLAYED) {
                pins.setPending(pin, false);
            }
            return;
        }
        if (wasActive && profile.edge() == Edge.RISING_ONLY) {
            return;
        }
        if (pins.isMasked(pin)) {
            pins.setPending(pin, masked != MaskedEdge.LOST);
            output.heldBack(
                    pin, pins.vector(pin), masked == MaskedEdge.DEFERRED ? HeldBack.MASKED : HeldBack.EDGE_LOST);
            return;
        }
        pins.setPending(pin, true);
        service.risen(pin);
    }

    /** The line is forced low, whatever its sources do. */
    void forceLow(int pin) {
        pins.setLineHigh(pin, false);
        pins.setPending(pin, false);
    }
}
