// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

import irqstorm.apic.IoApicProfile.LineModel;
import irqstorm.apic.IoApicProfile.OnEoiAsserted;
import irqstorm.apic.IoApicProfile.RemoteIrrGates;
import irqstorm.apic.IoApicProfile.RteWrite.ReEvaluate;
import irqstorm.apic.IoApicProfile.Service;

/** What writing a redirection entry does: to Remote IRR, to what is pending, and to what is delivered. */
final class EntryWrites {
    /** Vectors below this are illegal, so an entry with one of them has no route yet. */
    private static final int FIRST_LEGAL_VECTOR = 16;

    private static final long LOW_HALF = 0xFFFF_FFFFL;

    private final IoApicProfile profile;
    private final PinTable pins;
    private final PinService service;
    private final IoApicOutput output;

    EntryWrites(IoApicProfile profile, PinTable pins, PinService service, IoApicOutput output) {
        this.profile = profile;
        this.pins = pins;
        this.service = service;
        this.output = output;
    }

    void write(int pin, boolean high, long value) {
        long old = pins.entry(pin);
        long written = high ? old & LOW_HALF | value << 32 : old & ~LOW_HALF | value & LOW_HALF;
        boolean remoteIrr = remoteIrrAfter(old, written, high);
        pins.setEntry(pin, written & ~RedirectionEntry.READ_ONLY | old & RedirectionEntry.READ_ONLY);
        service.setRemoteIrr(pin, remoteIrr);
        if (profile.onEoiAsserted() instanceof OnEoiAsserted.Throttled throttle && throttle.resetOnRteWrite()) {
            pins.forgetEois(pin);
        }
        if (profile.eventSources().edgeSwitch()
                && RedirectionEntry.isLevel(old)
                && !RedirectionEntry.isLevel(written)) {
            output.acknowledged(pin);
        }
        // A pin whose trigger mode or polarity changes sees its line anew; an edge-triggered one has no edge latched.
        if (pins.inputDiffers(old, written) && profile.line() != LineModel.EVENTFD) {
            pins.setPending(pin, pins.isLevel(pin) && pins.isActive(pin));
        }
        output.entryWritten(pin, pins.entry(pin));
        boolean oldRoute =
                profile.rteWrite().oldRouteFirst() && !high && RedirectionEntry.vector(old) >= FIRST_LEGAL_VECTOR;
        reEvaluate(pin, oldRoute ? old : pins.entry(pin));
    }

    private boolean remoteIrrAfter(long old, long written, boolean high) {
        if (profile.rteWrite().edgeSwitchClears() && !pins.isLevel(written)) {
            return false;
        }
        return switch (profile.rteWrite().remoteIrr()) {
            case PRESERVE -> RedirectionEntry.hasRemoteIrr(old);
            case ZERO -> high && RedirectionEntry.hasRemoteIrr(old);
            case GUEST_WRITABLE -> RedirectionEntry.hasRemoteIrr(written);
        };
    }

    private void reEvaluate(int written, long route) {
        if (profile.rteWrite().reEvaluate() == ReEvaluate.NONE) {
            return;
        }
        boolean all = profile.service() == Service.ALL_PINS;
        int last = all ? pins.pins() - 1 : written;
        for (int pin = all ? 0 : written; pin <= last; pin++) {
            if (service.isDue(pin) || isHeldEdge(pin)) {
                service.service(pin, pin == written ? route : pins.entry(pin), false);
            }
        }
    }

    /** Whether the write delivers the pin's interrupt because it is edge-triggered and its line is asserted. */
    private boolean isHeldEdge(int pin) {
        boolean gated = pins.hasRemoteIrr(pin) && profile.remoteIrrGates() == RemoteIrrGates.EXCEPT_RISE;
        return profile.rteWrite().reEvaluate() == ReEvaluate.LEVEL_AND_EDGE
                && !pins.isLevel(pin)
                && !pins.isMasked(pin)
                && pins.isActive(pin)
                && !gated;
    }
}
