// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

import irqstorm.apic.IoApicProfile.EoiMatch;
import irqstorm.apic.IoApicProfile.EventSources.Told;
import irqstorm.apic.IoApicProfile.OnEoiAsserted;

/** What an EOI for a vector does to the pins. */
final class EoiHandling {
    private final IoApicProfile profile;
    private final PinTable pins;
    private final PinService service;
    private final LineInput lines;
    private final IoApicOutput output;

    EoiHandling(IoApicProfile profile, PinTable pins, PinService service, LineInput lines, IoApicOutput output) {
        this.profile = profile;
        this.pins = pins;
        this.service = service;
        this.lines = lines;
        this.output = output;
    }

    /** An EOI of {@code vector}, which was level-triggered at the local APIC or not. */
    void end(int vector, boolean level) {
        EoiMatch match = profile.eoiMatch();
        Told told = profile.eventSources().told();
        for (int pin = pins.nextWithVector(vector, 0); pin >= 0; pin = pins.nextWithVector(vector, pin + 1)) {
            if (told == Told.VECTOR || told == Told.LEVEL && pins.isLevel(pin)) {
                output.acknowledged(pin);
            }
            if (matches(pins.entry(pin), match, level)) {
                if (told == Told.ENDED) {
                    output.acknowledged(pin);
                }
                endPin(pin);
            }
            if (match.scope() == EoiMatch.Scope.FIRST_PIN) {
                break;
            }
        }
        if (match.scope() == EoiMatch.Scope.ALL_PINS_THEN_ACTIVE) {
            service.serviceDue();
        }
    }

    /** An EOI of {@code vector} that is kept from the chip: who is told of every EOI of the vector is told of this one. */
    void suppressed(int vector) {
        if (profile.eventSources().told() != Told.VECTOR) {
            return;
        }
        for (int pin = pins.nextWithVector(vector, 0); pin >= 0; pin = pins.nextWithVector(vector, pin + 1)) {
            output.acknowledged(pin);
        }
    }

    private boolean matches(long entry, EoiMatch match, boolean level) {
        return (!match.level() || pins.isLevel(entry))
                && (!match.remoteIrr() || RedirectionEntry.hasRemoteIrr(entry))
                && (!match.tmr() || level);
    }

    private void endPin(int pin) {
        service.setRemoteIrr(pin, false);
        OnEoiAsserted reaction = profile.onEoiAsserted();
        if (reaction instanceof OnEoiAsserted.Resample resample) {
            // A masked pin is resampled as well: its line is forced low all the same.
            if (pins.isLevel(pin) && pins.isLineHigh(pin)) {
                lines.forceLow(pin);
                output.resample(pin, resample.latencyNanos());
            }
            return;
        }
        boolean again = !pins.isMasked(pin) && isAsserted(pin, reaction);
        if (reaction instanceof OnEoiAsserted.Throttled throttle) {
            endThrottled(pin, again, throttle);
        } else if (again
                && (reaction instanceof OnEoiAsserted.Immediate
                        || reaction instanceof OnEoiAsserted.ImmediateAnyTrigger)) {
            service.again(pin);
        }
    }

    private boolean isAsserted(int pin, OnEoiAsserted reaction) {
        return pins.isLevel(pin)
                ? pins.isPending(pin)
                : reaction instanceof OnEoiAsserted.ImmediateAnyTrigger && pins.isActive(pin);
    }

    private void endThrottled(int pin, boolean again, OnEoiAsserted.Throttled throttle) {
        if (!again) {
            pins.forgetEois(pin);
            return;
        }
        if (pins.countEoi(pin, throttle.limit())) {
            output.throttle(pin, pins.vector(pin), throttle.delayNanos());
        } else {
            service.again(pin);
        }
    }
}
