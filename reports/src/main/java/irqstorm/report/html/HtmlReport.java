// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.html;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import irqstorm.report.Page;
import irqstorm.report.Report;
import java.util.Map;
import java.util.function.Function;

/** Renders a page. */
public final class HtmlReport {
    private HtmlReport() {}

    /**
     * The page: a complete HTML document in Unicode, to be written as UTF-8.
     *
     * @param chartData gives what the charts of a configuration show, as JSON
     * @param scenarioData gives what the charts over all configurations of a scenario show, as JSON
     */
    public static String render(
            Page page, Function<Report.Section, String> chartData, Function<Report, String> scenarioData) {
        StringOutput html = new StringOutput();
        Function<Report.Section, String> embedded = chartData.andThen(Scripts::data);
        Function<Report, String> embeddedOfScenario = scenarioData.andThen(Scripts::data);
        Map<String, Object> parameters = Map.of(
                "page", page,
                "scripts", Scripts.bundled(),
                "chartData", embedded,
                "scenarioData", embeddedOfScenario);
        TemplateEngine.createPrecompiled(ContentType.Html).render("page.jte", parameters, html);
        return html.toString();
    }
}
