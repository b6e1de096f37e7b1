// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario;

import java.math.BigDecimal;

/** Numbers as people write them. */
public final class Numbers {
    private Numbers() {}

    /** The shortest plain decimal of {@code value}: no exponent, no trailing zeros. */
    public static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
