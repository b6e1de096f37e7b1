// SPDX-License-Identifier: Apache-2.0
/**
 * What can be concluded from several runs: intervals, comparisons, times to an event. Distributions come from Commons Math.
 *
 * <p>A mean with a standard deviation was rejected: it says neither how sure the mean is nor where most runs lie, and for a
 * deterministic scenario it would claim a precision of zero for what was never sampled.
 */
@NullMarked
package irqstorm.stats.inference;

import org.jspecify.annotations.NullMarked;
