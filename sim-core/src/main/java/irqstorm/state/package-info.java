// SPDX-License-Identifier: Apache-2.0
/**
 * State as plain words.
 *
 * <p>A timed run and an exhaustive exploration share one model, so its state must be cheap to copy, restore and fingerprint. Every
 * component of the machine therefore keeps its state in a {@link irqstorm.state.StateStore} and is itself only a view with a fixed
 * offset. The alternatives were fields with a hand-written {@code copyFrom} in each class, where a forgotten field shows up as a
 * replay that differs far from its cause, and immutable records, which allocate on every interrupt.
 *
 * <p>It also lets an exploration see what an event reads: {@link irqstorm.state.TransitionCache} does most events without running the
 * model. To generate code for each event from a description of what it reads and writes would be faster still, and another model.
 */
@NullMarked
package irqstorm.state;

import org.jspecify.annotations.NullMarked;
