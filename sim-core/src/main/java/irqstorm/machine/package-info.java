// SPDX-License-Identifier: Apache-2.0
/**
 * The whole machine: devices, controllers, vCPUs and the ways between guest, L0, L1 and VMM, driven by events.
 *
 * <p>Everything that changes is words in a store, every event is a {@code long}, and every duration comes from a named stream, so that
 * a run can be snapshotted, repeated and explored. A vCPU is written as a small state machine with named arrivals. Coroutines, one per
 * vCPU and thread, would read more like the programs they simulate, but their state cannot be copied or compared.
 *
 * <p>What an event does follows from the state alone; the clock only says when. So a timed run that comes back to a state need not run
 * the model again: {@link irqstorm.machine.TimedMachine} repeats what was done, with new durations. Before that, a twin of the machine
 * goes through the event once with symbols for durations ({@code TimeTerm}), and what it does with them is recorded step by step. The
 * model's part in this is to treat durations as opaque, as it does for explorations: they may be added up, scheduled, and kept where
 * {@code Stores.times} are, and whoever decides by one asks the {@link irqstorm.machine.Agenda}. Rejected: to compare the words that an
 * event read before, as explorations do, since a storm has a few states and one look-up for all words is enough; classes generated or
 * written by hand for each kind of event, which are a second model; and to skip events that do not change the verdict, since then
 * there is no trace and no fingerprint to compare.
 */
@NullMarked
package irqstorm.machine;

import org.jspecify.annotations.NullMarked;
