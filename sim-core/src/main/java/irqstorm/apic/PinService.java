// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

import irqstorm.apic.IoApicOutput.Delivery;
import irqstorm.apic.IoApicOutput.HeldBack;
import irqstorm.apic.IoApicProfile.LevelTriggered;
import irqstorm.apic.IoApicProfile.LineModel;
import irqstorm.apic.IoApicProfile.MaskedEdge;
import irqstorm.apic.IoApicProfile.RemoteIrrGates;
import irqstorm.apic.IoApicProfile.RemoteIrrSet;
import irqstorm.apic.IoApicProfile.Service;

/** Sends what is pending on pins, unless the mask or Remote IRR holds it back. */
final class PinService {
    private static final int NO_PIN = -1;

    private final IoApicProfile profile;
    private final PinTable pins;
    private final IoApicOutput output;

    PinService(IoApicProfile profile, PinTable pins, IoApicOutput output) {
        this.profile = profile;
        this.pins = pins;
        this.output = output;
    }

    /** Something is pending on the pin because its line rose. */
    void risen(int pin) {
        service(pin, pins.entry(pin), true);
        serviceOthers(pin);
    }

    /** Something is pending on the pin still. */
    void again(int pin) {
        service(pin, pins.entry(pin), false);
        serviceOthers(pin);
    }

    private void serviceOthers(int pin) {
        if (profile.service() == Service.ALL_PINS) {
            serviceDue(pin);
        }
    }

    /** Services every pin on which something is due. */
    void serviceDue() {
        serviceDue(NO_PIN);
    }

    private void serviceDue(int except) {
        for (int pin = pins.nextPending(0);
                pin >= 0;
                pin = pin + 1 < pins.pins() ? pins.nextPending(pin + 1) : NO_PIN) {
            if (pin != except && isDue(pin)) {
                service(pin, pins.entry(pin), false);
            }
        }
    }

    /** Whether something is pending on the pin that can be delivered without another rise of its line. */
    boolean isDue(int pin) {
        if (!pins.isPending(pin) || pins.isMasked(pin)) {
            return false;
        }
        if (pins.isLevel(pin)) {
            return !pins.hasRemoteIrr(pin) || profile.remoteIrrGates() == RemoteIrrGates.NEVER;
        }
        return profile.maskedEdge() == MaskedEdge.DEFERRED;
    }

    /**
     * Delivers the interrupt of the pin, unless the mask or Remote IRR holds it back.
     *
     * @param route the entry whose vector and destination the message has
     * @param rise whether the line just rose
     */
    void service(int pin, long route, boolean rise) {
        long entry = pins.entry(pin);
        int vector = RedirectionEntry.vector(entry);
        boolean level = pins.isLevel(entry);
        if (RedirectionEntry.isMasked(entry)) {
            output.heldBack(pin, vector, HeldBack.MASKED);
            return;
        }
        if (level && profile.levelTriggered() == LevelTriggered.REFUSED) {
            output.heldBack(pin, vector, HeldBack.UNSUPPORTED);
            return;
        }
        if (level && RedirectionEntry.hasRemoteIrr(entry) && isGated(rise)) {
            output.heldBack(pin, vector, HeldBack.REMOTE_IRR);
            return;
        }
        if (!level || profile.line() == LineModel.EVENTFD) {
            pins.setPending(pin, false);
        }
        if (level && profile.remoteIrrSet() == RemoteIrrSet.BEFORE_DELIVERY) {
            setRemoteIrr(pin, true);
        }
        Delivery delivery = output.deliver(pin, RedirectionEntry.message(route));
        if (level && setsRemoteIrrAfter(delivery)) {
            setRemoteIrr(pin, true);
        }
        if (!level && delivery == Delivery.REFUSED) {
            output.heldBack(pin, vector, HeldBack.EDGE_LOST);
        }
    }

    private boolean isGated(boolean rise) {
        return switch (profile.remoteIrrGates()) {
            case ALWAYS -> true;
            case EXCEPT_RISE -> !rise;
            case NEVER -> false;
        };
    }

    private boolean setsRemoteIrrAfter(Delivery delivery) {
        return switch (profile.remoteIrrSet()) {
            case IF_DELIVERED -> true;
            case IF_ACCEPTED -> delivery == Delivery.ACCEPTED;
            case NEVER, BEFORE_DELIVERY -> false;
        };
    }

    void setRemoteIrr(int pin, boolean set) {
        long entry = pins.entry(pin);
        if (RedirectionEntry.hasRemoteIrr(entry) != set) {
            pins.setEntry(pin, entry ^ RedirectionEntry.REMOTE_IRR);
            output.remoteIrrChanged(pin, RedirectionEntry.vector(entry), set);
        }
    }
}
