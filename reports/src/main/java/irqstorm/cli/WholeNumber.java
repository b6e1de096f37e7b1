// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads whole numbers from 0 on, and says so where something else stands. */
final class WholeNumber implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
        try {
            long number = Long.parseLong(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, as for negative numbers.
        }
        throw new TypeConversionException("found '" + text + "', expected a whole number from 0 to " + Long.MAX_VALUE);
    }
}
