// SPDX-License-Identifier: Apache-2.0
/**
 * Distributions of latencies and of times between arrivals, as a scenario states them, and their compilation to
 * {@link irqstorm.random.DelayTable}s.
 *
 * <p>All floating-point arithmetic happens here, once, before a simulation starts, and only with the four basic
 * operations, the square root and {@link StrictMath}. Java fixes the results of these to the last bit, whereas {@code
 * Math.exp} and {@code Math.log} may differ in it between Java runtimes and processors; one such bit could move a rounded
 * nanosecond, and with it a fingerprint. Rejected: Commons Math, whose {@code FastMath} is as reproducible but takes
 * about 40 ms to load, several times what compiling all distributions of a scenario takes, and whose log-normal
 * distribution searches for each quantile numerically; it serves the tests as a second opinion instead.
 */
@NullMarked
package irqstorm.distribution;

import org.jspecify.annotations.NullMarked;
