// SPDX-License-Identifier: Apache-2.0
/**
 * Advice as GitHub-flavoured Markdown, for a CI step to show.
 *
 * <p>Tables are written without padding, since they are read rendered; names are escaped. A Markdown library was rejected for two tables.
 */
@NullMarked
package irqstorm.report.markdown;

import org.jspecify.annotations.NullMarked;
