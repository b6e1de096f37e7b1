// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import irqstorm.machine.Pin;
import irqstorm.machine.Wire;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Checks that a device's line ends at a pin that the guest programs, with the same idea of edge and level.
 *
 * @param pins the pins; empty where they are not known because something is wrong with them, and then nothing is checked
 */
record DeviceWiring(Optional<List<Pin>> pins) {
    /** Checks {@code line}, which was read from {@code fields}. */
    void check(JsonFields fields, Wire.Line line) {
        pins.ifPresent(known -> {
            Optional<Pin> wired =
                    known.stream().filter(pin -> pin.gsi() == line.gsi()).findFirst();
            wired.ifPresentOrElse(
                    pin -> checkSignalling(fields, line, pin),
                    () -> fields.required("gsi").problem(programmed(known)));
        });
    }

    /** What a GSI should be. */
    static String programmed(List<Pin> pins) {
        return "a GSI that \"pins\" programs, "
                + (pins.isEmpty()
                        ? "but it programs none"
                        : "such as " + pins.get(0).gsi());
    }

    private static void checkSignalling(JsonFields fields, Wire.Line line, Pin pin) {
        if (pin.trigger() == line.signalling()) {
            return;
        }
        String trigger = pin.trigger().name().toLowerCase(Locale.ROOT);
        String reason = "pin " + pin.gsi() + " is programmed for " + trigger;
        fields.optional("signalling")
                .ifPresentOrElse(
                        given -> given.problem("\"" + trigger + "\", since " + reason),
                        () -> fields.required("signalling", reason + ", and a line without the key is level"));
    }
}
