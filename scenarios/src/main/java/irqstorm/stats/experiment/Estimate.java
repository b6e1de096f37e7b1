// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.experiment;

import irqstorm.stats.inference.MeanInterval;

/**
 * An estimate of a quantity from the replications that have a value of it.
 *
 * @param quantity what
 * @param interval its mean and interval
 */
public record Estimate(Quantity quantity, MeanInterval interval) {}
