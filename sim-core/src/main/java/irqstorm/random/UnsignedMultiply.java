// SPDX-License-Identifier: Apache-2.0
package irqstorm.random;

/** Scaling by a binary fraction. {@code Math.unsignedMultiplyHigh} would do, but came only with Java 18. */
final class UnsignedMultiply {

    private UnsignedMultiply() {}

    /** {@code factor * fraction / 2^64} rounded down, the fraction being unsigned and the factor not negative. */
    static long high(long fraction, long factor) {
        return Math.multiplyHigh(fraction, factor) + ((fraction >> 63) & factor);
    }

    /** {@code factor * fraction / 2^64} rounded to the nearest, the fraction being unsigned, the factor not negative. */
    static long rounded(long fraction, long factor) {
        return high(fraction, factor) + ((fraction * factor) >>> 63);
    }
}
