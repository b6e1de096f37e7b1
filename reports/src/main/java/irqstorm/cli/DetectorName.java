// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import irqstorm.stats.detector.DetectorChoice;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a detector. */
final class DetectorName implements ITypeConverter<DetectorChoice> {
    /** For completion. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return DetectorChoice.all().stream().map(DetectorChoice::label).iterator();
        }
    }

    @Override
    public DetectorChoice convert(String text) {
        try {
            return DetectorChoice.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
