// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a relative precision such as {@code 5%} as a share. */
final class Precision implements ITypeConverter<Double> {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,2}(?:\\.[0-9]{1,4})?)%");
    private static final double PERCENT = 100;

    @Override
    public Double convert(String text) {
        Matcher matcher = FORM.matcher(text);
        if (matcher.matches()) {
            double percent = Double.parseDouble(matcher.group(1));
            if (percent > 0) {
                return percent / PERCENT;
            }
        }
        throw new TypeConversionException(
                "found '" + text + "', expected a percentage above 0% and below 100%, such as 5%");
    }
}
