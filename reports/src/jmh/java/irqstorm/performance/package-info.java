// SPDX-License-Identifier: Apache-2.0
/**
 * Measures every figure of docs/performance.md anew and writes them as Markdown tables: what {@code mvn -Pbench verify} runs last.
 *
 * <p>Ratios come from runs that take turns, and costs are times of the processor, so that a machine that is shared says about the same
 * as a quiet one. JMH for everything was rejected: what grows with the size of a scenario, what a start costs and what two threads gain
 * are times of whole runs and of whole processes.
 */
@NullMarked
package irqstorm.performance;

import org.jspecify.annotations.NullMarked;
