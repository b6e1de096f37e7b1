// SPDX-License-Identifier: Apache-2.0
/**
 * The whole machine: devices, controllers, vCPUs and the ways between guest, L0, L1 and VMM, driven by events.
 *
 * <p>Everything that changes is words in a store, every event is a {@code long}, and every duration comes from a named stream, so that
 * a run can be snapshotted, repeated and explored. A vCPU is written as a small state machine with named arrivals. Coroutines, one per
 * vCPU and thread, would read more like the programs they simulate, but their state cannot be copied or compared.
 */
@NullMarked
package irqstorm.machine;

import org.jspecify.annotations.NullMarked;
