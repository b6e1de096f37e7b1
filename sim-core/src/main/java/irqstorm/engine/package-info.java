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
 * <p>As long as few events are pending they are in an {@link irqstorm.engine.EventTournament}, because nothing beats one there.
 * With more of them {@link irqstorm.engine.EventWheel} keeps those that are not due soon in lists by the bytes of their time,
 * and only a list that is due is sorted: so the cost of an event hardly depends on how many there are, on how far apart they
 * are, or on how many share an instant. An event is four longs wherever it waits; the lists are links beside them. Many
 * events on few instants stay in the tournament, where {@link irqstorm.engine.EventChains} are what is sorted. Cancelled events
 * stay where they are until they are reached or are the majority.
 *
 * <p>Rejected: events as closures (they can be neither copied nor compared, and cost an allocation each); time as
 * {@code double} (sums depend on their order, and ties become a matter of luck); a heap, of four or eight children a node,
 * by arithmetic without branches (what it reads next depends on a comparison before: with 256 pending it takes a third
 * longer than a tournament); either of them alone (at a million events each one waits for a cache miss a level, and events that
 * share an instant are sorted all the same); a tournament of the numbers of leaves, which takes a third less memory, or whose
 * matches are decided by arithmetic or whose loop counts levels (all slower); removing cancelled events at once (cancels
 * faster, runs everything else slower); calendar queues (adapting the width of their buckets to walks along them bounds what
 * they cost, but each event finds its bucket empty or not, its place first or not, by chance: slower than a tournament and
 * the wheel from 16 to 4,096 pending, and with ties); links within the events (a tenth less memory, but to go through a list
 * is then to wait for one cache miss after the other: with a million events half as long again); lists of times and keys
 * copied into chunks of memory (slower up to tens of thousands, and half as much memory again); 6-bit digits (most events are
 * dealt once more); passing due events through the tournament one by one instead of sorting them; keys of one long (they have
 * to start again when times are hours apart); chains always and everywhere (looking for one costs more than a small tournament
 * does); ladder queues (good for very many events, less so for ties, and more state: how they divide time depends on what was
 * in them, where the wheel's lists are fixed).
 */
@NullMarked
package irqstorm.engine;

import org.jspecify.annotations.NullMarked;
