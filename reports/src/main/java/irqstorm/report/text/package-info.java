// SPDX-License-Identifier: Apache-2.0
/**
 * Runs and comparisons as plain text that fits a terminal and survives a mail: at most {@link irqstorm.report.text.Layout#WIDTH}
 * columns, no character beyond what the scenario itself contains, colour only where asked for.
 *
 * <p>Box-drawing characters and Markdown tables were rejected: the first break in mails, the second are unreadable at this width.
 */
@NullMarked
package irqstorm.report.text;

import org.jspecify.annotations.NullMarked;
