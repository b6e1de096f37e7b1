// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.html;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import irqstorm.report.Report;
import java.util.Map;
import java.util.function.Function;

/** Renders a report as a page. */
public final class HtmlReport {
    private HtmlReport() {}

    /**
     * The page: a complete HTML document in Unicode, to be written as UTF-8.
     *
     * @param chartData gives what the charts of a configuration show, as JSON
     */
    public static String render(Report report, Function<Report.Section, String> chartData) {
        StringOutput page = new StringOutput();
        Map<String, Object> parameters = Map.of(
                "report",
                report,
                "scripts",
                Scripts.bundled(),
                "chartData",
                report.sections().stream()
                        .map(section -> Scripts.data(chartData.apply(section)))
                        .toList());
        TemplateEngine.createPrecompiled(ContentType.Html).render("page.jte", parameters, page);
        return page.toString();
    }
}
