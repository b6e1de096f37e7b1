// SPDX-License-Identifier: Apache-2.0
/**
 * What one run measures, in memory that does not grow with the run.
 *
 * <p>Keeping the times of all deliveries and computing afterwards was rejected: a storm of ten seconds has a million of them, and an hour
 * of honest load a hundred million.
 */
@NullMarked
package irqstorm.stats.measure;

import org.jspecify.annotations.NullMarked;
