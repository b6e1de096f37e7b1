// SPDX-License-Identifier: Apache-2.0
/**
 * The runs of one scenario or of several as one page that stands alone: nothing is loaded from elsewhere, readable in light and dark and
 * on paper, and complete without JavaScript, since every chart is a drawing or a table first.
 *
 * <p>The charts are drawn by Apache ECharts, which stands on the page as it was published; {@code echarts/README.md} beside it says where
 * it comes from. A content security policy names the two scripts of the page by their digests, so nothing that a scenario says can
 * become code; its data are JSON in elements that browsers do not run. Charts as pictures made here were rejected: nobody can zoom
 * into them; so was loading the library from the network: a page in a ticket is read years later, and behind firewalls.
 *
 * <p>With several scenarios, each has ids of its own, and a table above them leads there. A page for each scenario and one that links
 * them was rejected: what is attached to a ticket is one file.
 *
 * <p>The page is made by the templates in {@code src/main/jte}, which the build compiles to Java: they know in which context a value
 * stands and escape it for that context, and a mistake in a template breaks the build. Putting the page together from strings was
 * rejected, since one forgotten escape suffices; so was a template engine that interprets at run time, since it finds mistakes late.
 */
@NullMarked
package irqstorm.report.html;

import org.jspecify.annotations.NullMarked;
