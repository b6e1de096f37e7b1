// SPDX-License-Identifier: Apache-2.0
/**
 * The discrete-event engine: simulated time, pending events, and the clock that runs them. It knows nothing of
 * interrupts.
 *
 * <p>A model is one {@link irqstorm.engine.EventHandler}. An event is data: when ({@link irqstorm.engine.SimTime}
 * nanoseconds), who goes first at that instant ({@link irqstorm.engine.Priority}), what happens (a {@code long} payload in
 * the model's own encoding) and, for the record, what made it happen (a {@code long} cause). A machine with jobs that
 * arrive every 10 µs and take 4 µs each, for a second of simulated time:
 *
 * <pre>{@code
 * final class Workshop implements EventHandler {
 *     private static final long ARRIVAL = 0;
 *     private static final long DONE = 1;
 *
 *     final Simulation simulation = new Simulation(this, new RunLimits(10 * SimTime.NANOS_PER_SECOND, 1_000_000, 100));
 *     private int waiting;
 *
 *     public void onEvent(long timeNanos, long payload, long cause) {
 *         if (payload == ARRIVAL) {
 *             simulation.scheduleAfter(10 * SimTime.NANOS_PER_MICRO, Priority.INPUT, ARRIVAL);
 *             waiting++;
 *         } else {
 *             waiting--;
 *         }
 *         if (waiting > 0 && (payload == DONE || waiting == 1)) {
 *             simulation.scheduleAfter(4 * SimTime.NANOS_PER_MICRO, Priority.COMPLETION, DONE);
 *         }
 *     }
 * }
 *
 * Workshop workshop = new Workshop();
 * workshop.simulation.schedule(0, Priority.INPUT, Workshop.ARRIVAL);
 * StopReason reason = workshop.simulation.runUntil(SimTime.NANOS_PER_SECOND); // TIME
 * }</pre>
 *
 * <p>Runs are deterministic: the order of events is total, times are whole numbers, and nothing is static. Snapshots copy
 * everything, so a run can go back and take another course; a {@link irqstorm.engine.EventQueue} can also be used alone,
 * with a clock of one's own.
 *
 * <p>The pending set is a heap as long as few events are pending, because nothing beats one there. With more of them
 * {@link irqstorm.engine.EventWheel} keeps those that are not due soon in lists by the bytes of their time, and only a
 * list that is due is sorted: so the cost of an event hardly depends on how many there are, on how far apart they are, or
 * on how many share an instant. An event is four longs wherever it waits; the lists are links between them. Many events on
 * few instants stay in the heap, where {@link irqstorm.engine.EventChains} are what is sorted. Cancelled events stay where
 * they are until they are reached or are the majority.
 *
 * <p>Rejected: events as closures (they can be neither copied nor compared, and cost an allocation each); time as
 * {@code double} (sums depend on their order, and ties become a matter of luck); a heap alone (at a million events each
 * one waits for a cache miss a level, and events that share an instant are sorted all the same); an indexed heap that
 * removes cancelled events at once (cancels faster, runs everything else slower); calendar queues (collapse when many
 * events share an instant, as clock edges do, and have to be resized to the time scale); lists of times and keys copied
 * into chunks of memory (a third faster at a million events, where each event linked is a cache miss when its list is
 * dealt, but slower up to tens of thousands, and half as much memory again); 6-bit digits (most events are dealt once
 * more); passing due events through the heap one by one instead of sorting them; a heap of keys of one long, of times
 * alone with ties sorted out at the root, or with the least child of each pair noted (none faster, and the first has to
 * start again when times are hours apart); conditional moves in place of its arithmetic (HotSpot makes branches of
 * most); chains always and everywhere (looking for one costs more than a small heap does); ladder queues (good for very
 * many events, less so for ties, and more state: how they divide time depends on what was in them, where the wheel's
 * lists are fixed).
 */
@NullMarked
package irqstorm.engine;

import org.jspecify.annotations.NullMarked;
