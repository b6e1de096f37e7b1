// SPDX-License-Identifier: Apache-2.0
/**
 * What every kind of output says alike: which figures of a run stand in a table and when they mean nothing, what an event is called,
 * how numbers are written.
 *
 * <p>The renderers below it only lay out; they agree because the words and the figures come from here. The figures themselves are those
 * of the run records: nothing here measures or judges. Letting each renderer pick figures from the record was rejected, because a mail
 * and a page about the same run would then differ in what they leave out.
 */
@NullMarked
package irqstorm.report;

import org.jspecify.annotations.NullMarked;
