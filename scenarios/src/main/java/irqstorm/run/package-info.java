// SPDX-License-Identifier: Apache-2.0
/**
 * Running one scenario, and what came of it.
 *
 * <p>A run by the clock ends at rest or at a limit, never at a convenient moment: devices fall silent after the scenario's duration and the machine
 * is given time to settle, because only a machine at rest shows that a line is dead. Stopping at a fixed time was rejected: it cuts the
 * last storm short and makes a slow line look lost. Where a scenario writes its events down in an order, that replaces the clock, and the
 * run ends with the order: a sketch of what may go wrong need not be brought about by latencies that happen to lead there.
 */
@NullMarked
package irqstorm.run;

import org.jspecify.annotations.NullMarked;
