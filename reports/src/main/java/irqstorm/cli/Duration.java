// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import irqstorm.units.DurationText;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a duration such as {@code 1ms} as nanoseconds. */
final class Duration implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
        try {
            return DurationText.parseNanos(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("found '" + text + "', expected " + e.getMessage());
        }
    }
}
