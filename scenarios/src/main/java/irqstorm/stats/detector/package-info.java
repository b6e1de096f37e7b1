// SPDX-License-Identifier: Apache-2.0
/**
 * The storm detectors of real systems, each with its own rule, over one and the same stream of events.
 *
 * <p>They keep apart four ideas of a storm: too many in a time, too many in a row, too many that nobody handled, too much of the time. One
 * detector with settings was rejected: what matters is which rule each system has, down to when it begins to count anew. Detectors watch
 * and change nothing, so that after the first firing a stream is no longer what the real system would have met.
 */
@NullMarked
package irqstorm.stats.detector;

import org.jspecify.annotations.NullMarked;
