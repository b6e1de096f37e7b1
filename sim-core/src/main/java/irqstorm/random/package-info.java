// SPDX-License-Identifier: Apache-2.0
/**
 * Randomness as plain data: where random bits come from and how 64 of them become a delay.
 *
 * <p>{@link irqstorm.random.RandomStreams} computes the n-th draw of a source from a key and n, so the only state is a
 * counter, which can be copied, restored and fingerprinted like everything else in the machine. A key depends on the
 * seed, the replication and the source's name and on nothing else: two configurations of one scenario meet the same
 * device, bus and scheduling delays (common random numbers), and neither threads nor the order of draws between sources
 * matter. {@link irqstorm.random.DelayTable} maps bits to nanoseconds with integer arithmetic alone, and monotonically,
 * so that a draw that is long under one distribution is long under every other.
 *
 * <p>Rejected: {@code java.util.Random} and its kin, whose state is hidden in an object; one generator for all sources,
 * where one extra draw shifts every later one; computing logarithms while simulating, since {@code Math.log} and
 * {@code Math.exp} may differ in the last bit from one Java runtime to the next; rejection sampling, whose number of
 * draws depends on the distribution and so breaks the pairing of draws between configurations.
 */
@NullMarked
package irqstorm.random;

import org.jspecify.annotations.NullMarked;
