// SPDX-License-Identifier: Apache-2.0
/**
 * Distributions of latencies and of times between arrivals, as a scenario states them, and their compilation to
 * {@link irqstorm.random.DelayTable}s.
 *
 * <p>All floating-point arithmetic happens here, once, before a simulation starts, and only with the four basic
 * operations, the square root, {@link StrictMath} and Commons Math, whose {@code FastMath} is plain Java. The results of these
 * are the same to the last bit everywhere, whereas {@code Math.exp} and {@code Math.log} may differ in it between Java
 * runtimes and processors; one such bit could move a rounded nanosecond, and with it a fingerprint. Rejected: sampling from
 * Commons Math's distributions at run time, which takes a generator with hidden state and floating-point arithmetic for
 * every draw.
 */
@NullMarked
package irqstorm.distribution;

import org.jspecify.annotations.NullMarked;
