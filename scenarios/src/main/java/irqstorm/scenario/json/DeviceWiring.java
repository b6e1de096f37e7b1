// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import irqstorm.apic.IoApicProfile;
import irqstorm.apic.IoApicProfile.EventSources.Told;
import irqstorm.machine.Pin;
import irqstorm.machine.Signalling;
import irqstorm.machine.Wire;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Checks that a device's line ends at a pin that the guest programs, with the same idea of edge and level, and that something unmasks a
 * source of events.
 *
 * @param pins the pins; empty where they are not known because something is wrong with them, and then nothing is checked
 * @param ioApic the I/O APIC, in the same way
 */
record DeviceWiring(Optional<List<Pin>> pins, Optional<IoApicProfile> ioApic) {
    /** Checks {@code line}, which was read from {@code fields} and from the other keys of its {@code device}. */
    void check(JsonFields device, JsonFields fields, Wire.Line line) {
        pins.ifPresent(known -> {
            Optional<Pin> wired =
                    known.stream().filter(pin -> pin.gsi() == line.gsi()).findFirst();
            wired.ifPresentOrElse(
                    pin -> checkSignalling(device, fields, line, pin),
                    () -> fields.required("gsi").problem(programmed(known)));
        });
        ioApic.ifPresent(chip -> checkUnmask(device, fields, line, chip));
    }

    /** What a GSI should be. */
    static String programmed(List<Pin> pins) {
        return "a GSI that \"pins\" programs, "
                + (pins.isEmpty()
                        ? "but it programs none"
                        : "such as " + pins.get(0).gsi());
    }

    private static void checkSignalling(JsonFields device, JsonFields fields, Wire.Line line, Pin pin) {
        if (pin.trigger() == line.trigger()) {
            return;
        }
        String trigger = pin.trigger().name().toLowerCase(Locale.ROOT);
        String reason = "pin " + pin.gsi() + " is programmed for " + trigger;
        Optional<JsonCursor> given = fields.optional("signalling");
        Optional<JsonCursor> kind = device.optional("kind");
        if (given.isPresent()) {
            given.get().problem("\"" + trigger + "\", since " + reason);
        } else if (kind.isPresent()) {
            kind.get().problem("a kind whose line is for " + trigger + ", since " + reason);
        } else {
            fields.required("signalling", reason + ", and a line without the key is level");
        }
    }

    private static void checkUnmask(JsonFields device, JsonFields fields, Wire.Line line, IoApicProfile chip) {
        boolean waitsForEoi = line.signalling() instanceof Signalling.EventPerUnmask events
                && events.unmask() == Signalling.Unmask.EOI;
        if (waitsForEoi && chip.eventSources().told() == Told.NONE) {
            String expected = "\"unmask\": \"any-access\", or a profile whose \"resample\" is not on \"none\"";
            String advice =
                    "profile " + chip.name() + " tells no source of an EOI, so that nothing would ever unmask it";
            device.optional(SignallingReader.UNMASK)
                    .or(() -> device.optional("kind"))
                    .orElseGet(() -> fields.required("signalling"))
                    .problem(expected, advice);
        }
    }
}
