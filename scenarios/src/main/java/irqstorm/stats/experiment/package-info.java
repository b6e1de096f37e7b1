// SPDX-License-Identifier: Apache-2.0
/**
 * Replications of a scenario under several configurations, with common random numbers, and what follows from them.
 *
 * <p>Replication r of every configuration draws the same random numbers for the same thing, so that configurations are compared in pairs.
 * Independent seeds for each configuration were rejected: the noise of the load would hide the difference. Stopping after each single
 * replication was rejected too; batches of a fixed size keep the result independent of the number of threads.
 */
@NullMarked
package irqstorm.stats.experiment;

import org.jspecify.annotations.NullMarked;
