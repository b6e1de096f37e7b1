// SPDX-License-Identifier: Apache-2.0
/**
 * What holds for a scenario in every order of its events, under each configuration, and where something does not, the shortest way to
 * break it.
 *
 * <p>A counterexample is made as small as it gets by exploring smaller scenarios, and is written down as a scenario file whose order of
 * events replaces the clock, so that a run shows it to whoever does not believe it. Cutting events out of a path that was found was
 * rejected: a breadth-first search has no shorter path to offer, but a smaller machine has. A format of its own for counterexamples was
 * rejected too, since everything that reads scenarios would have to learn it.
 */
@NullMarked
package irqstorm.proof;

import org.jspecify.annotations.NullMarked;
