// SPDX-License-Identifier: Apache-2.0
package irqstorm.device;

import irqstorm.machine.Signalling;
import irqstorm.profile.Confidence;
import irqstorm.profile.Provenance;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A kind of device.
 *
 * @param name its name in scenarios
 * @param title what it is
 * @param signalling how it drives its line
 * @param assertedWhile when it has a cause, in its own terms; empty where it pulses its line
 * @param confidence how sure the reading of a field is, by its path; {@code *} stands for all
 * @param provenance where it was read
 */
public record DeviceKind(
        String name,
        String title,
        Signalling signalling,
        Optional<String> assertedWhile,
        Map<String, Confidence> confidence,
        Provenance provenance) {
    /** Keeps its own copy. */
    public DeviceKind {
        confidence = Collections.unmodifiableMap(new LinkedHashMap<>(confidence));
    }

    /** How sure the reading of the field at {@code path} is. */
    public Confidence confidenceOf(String path) {
        return Confidence.of(path, confidence);
    }
}
