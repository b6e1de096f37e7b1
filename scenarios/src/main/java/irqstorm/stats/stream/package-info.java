// SPDX-License-Identifier: Apache-2.0
/**
 * The events of a run as what happens to its lines: the one reading of the trace that measures and detectors share.
 *
 * <p>Detectors that read the trace themselves were rejected: each would have to know anew which vector is which line, and they would
 * come to disagree.
 */
@NullMarked
package irqstorm.stats.stream;

import org.jspecify.annotations.NullMarked;
