// SPDX-License-Identifier: Apache-2.0
/**
 * Every order of events instead of one.
 *
 * <p>The machine is the one that timed runs use; only who picks the next event differs. States are visited breadth first, so that the
 * first violation found has a shortest path, and are remembered by fingerprints alone: a state that is to be left again is packed into
 * some ten bytes, and a path is rebuilt by replaying its choices. Keeping whole states would be exact, but takes two kilobytes each, and
 * a model written a second time for a model checker would have to be believed to be the same.
 */
@NullMarked
package irqstorm.explore;

import org.jspecify.annotations.NullMarked;
