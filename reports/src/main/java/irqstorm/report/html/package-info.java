// SPDX-License-Identifier: Apache-2.0
/**
 * A scenario's runs as one page that stands alone: no script, nothing loaded from elsewhere, readable in light and dark and on paper.
 *
 * <p>The page is made by the templates in {@code src/main/jte}, which the build compiles to Java: they know in which context a value
 * stands and escape it for that context, and a mistake in a template breaks the build. Putting the page together from strings was
 * rejected, since one forgotten escape suffices; so was a template engine that interprets at run time, since it finds mistakes late.
 */
@NullMarked
package irqstorm.report.html;

import org.jspecify.annotations.NullMarked;
