// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads whole numbers of options whose command says which of them it takes, negative ones among them. */
final class WideNumber implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("found '" + text + "', expected a whole number of at most 18 digits");
        }
    }
}
