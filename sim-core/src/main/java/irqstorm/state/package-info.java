// SPDX-License-Identifier: Apache-2.0
/**
 * State as plain words.
 *
 * <p>A timed run and an exhaustive exploration share one model, so its state must be cheap to copy, restore and fingerprint. Every
 * component of the machine therefore keeps its state in a {@link irqstorm.state.StateStore} and is itself only a view with a fixed
 * offset. The alternatives were fields with a hand-written {@code copyFrom} in each class, where a forgotten field shows up as a
 * replay that differs far from its cause, and immutable records, which allocate on every interrupt.
 *
 * <p>Tallies, of which it only matters when they reach their limits, are kept apart from the words: a storm that is throttled after ten
 * thousand EOIs goes through a few states over and over and not through ten thousand times as many. Explorations, which end, count all
 * the same.
 *
 * <p>It also lets an exploration see what an event reads: {@link irqstorm.state.TransitionCache} does most events without running the
 * model. To generate code for each event from a description of what it reads and writes would be faster still, and another model.
 */
@NullMarked
package irqstorm.state;

import org.jspecify.annotations.NullMarked;
