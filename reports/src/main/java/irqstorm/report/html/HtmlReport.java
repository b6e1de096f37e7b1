// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.html;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import irqstorm.report.Report;

/** Renders a report as a page. */
public final class HtmlReport {
    private HtmlReport() {}

    /** The page: a complete HTML document in Unicode, to be written as UTF-8. */
    public static String render(Report report) {
        StringOutput page = new StringOutput();
        TemplateEngine.createPrecompiled(ContentType.Html).render("page.jte", report, page);
        return page.toString();
    }
}
