// SPDX-License-Identifier: Apache-2.0
/**
 * What a scenario is once it has been read: a machine, how long to run it, what is expected of it, and the same under each
 * configuration; where scenarios come from; and how problems with one are reported.
 *
 * <p>A scenario is complete and checked, with every default filled in, so that nothing behind this package asks what a file left out. A
 * scenario that is built step by step, or that keeps the file's text to look things up later, was rejected: its errors would come up in
 * the middle of a run, without a place in the file.
 */
@NullMarked
package irqstorm.scenario;

import org.jspecify.annotations.NullMarked;
