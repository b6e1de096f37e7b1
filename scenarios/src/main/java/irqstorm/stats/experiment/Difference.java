// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.experiment;

import irqstorm.stats.inference.PairedDifference;

/**
 * How a configuration differs from the first one.
 *
 * @param configuration its name
 * @param quantity in what
 * @param paired by how much
 * @param adjusted the p-value after Holm's correction over all differences; NaN where there is none
 */
public record Difference(String configuration, Quantity quantity, PairedDifference paired, double adjusted) {}
