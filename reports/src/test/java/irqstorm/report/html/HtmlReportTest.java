// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import irqstorm.check.Damage;
import irqstorm.check.EoiFaults;
import irqstorm.check.Happening;
import irqstorm.engine.StopReason;
import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.report.Overview;
import irqstorm.report.Rates;
import irqstorm.report.Report;
import irqstorm.report.Runs;
import irqstorm.run.RunRecord;
import irqstorm.scenario.Scenario;
import irqstorm.scenario.ScenarioFile;
import irqstorm.scenario.ScenarioLibrary;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class HtmlReportTest {
    private static final String HOSTILE = "<script>alert(1)</script>\" onclick='x' &amp; ]]>";

    private static Report report(String title, RunRecord... runs) {
        Scenario base = ScenarioLibrary.open("plain-level").base();
        ScenarioFile file = new ScenarioFile("guard.json", "guard", title, title, base, Map.of());
        List<Report.Section> sections = List.of(runs).stream()
                .map(run -> new Report.Section(
                        run,
                        new Rates(
                                1_000_000,
                                2_000_000,
                                run.lines().stream()
                                        .map(line -> new Rates.Line(line.name(), List.of(3L, 1L)))
                                        .toList()),
                        List.of(
                                new Report.Happening(
                                        1,
                                        0,
                                        0,
                                        Actor.DEVICE,
                                        EventKind.LINE_ASSERTED,
                                        title,
                                        title + " raises GSI 19"),
                                new Report.Happening(2, 2000, 1, Actor.L0_KVM, EventKind.VM_ENTRY, "L0", "enters L1"))))
                .toList();
        return new Report(file, "0.1.0", "irqstorm report " + title, new Overview(List.of(runs)), sections);
    }

    private static String render(Report report) {
        return HtmlReport.render(report, section -> "{}");
    }

    private static String page() {
        return render(report("What the flags do", Runs.comparison().results().toArray(RunRecord[]::new)));
    }

    /** The page without what stands in its script elements, which HTML takes as it is and XML does not. */
    private static String markup(String page) {
        return page.replaceAll("(?s)(<script[^>]*>).*?(</script>)", "$1$2");
    }

    /** Parsed as XML, which is stricter than HTML: everything closed, every attribute quoted. */
    private static Document parse(String page) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(markup(page))));
    }

    private static List<Element> elements(Document page, String name) {
        NodeList nodes = page.getElementsByTagName(name);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> (Element) nodes.item(i))
                .toList();
    }

    private static String text(Element element) {
        return element.getTextContent().strip().replaceAll("\\s+", " ");
    }

    @Test
    void thePageIsWellFormed() {
        assertThatCode(() -> parse(page())).doesNotThrowAnyException();
    }

    @Test
    void theVerdictTableHasARowWithAReasonForEachConfiguration() throws Exception {
        Element table = elements(parse(page()), "table").get(0);
        List<String> rows = IntStream.range(0, table.getElementsByTagName("tr").getLength())
                .mapToObj(i -> text((Element) table.getElementsByTagName("tr").item(i)))
                .toList();
        assertThat(rows)
                .containsSequence(
                        "9-enable OK 1.000 - 0.75 % 0 Works: every interrupt is delivered, none more often than needed. The early EOI is suppressed.",
                        "6-quirked STORM 10,000.6 49,144 0.75 % 50,000 Storms: usb is delivered 50,003 times for "
                                + "5 assertions, and L2 runs 0.75 % of the time. "
                                + Runs.storm().reason());
        assertThat(rows)
                .last()
                .asString()
                .startsWith(
                        "13-both REFUSED - - - - Cannot be set up: KVM refuses the flags with EINVAL. KVM_ENABLE_CAP");
    }

    @Test
    void theSummaryNamesTheConfigurationsThatAreRight() throws Exception {
        assertThat(elements(parse(page()), "li").stream().map(HtmlReportTest::text))
                .contains("right 9", "storm 6", "stuck 2", "interrupt lost edge", "refused by KVM 13");
    }

    @Test
    void everyTableHasACaptionAndScopedHeadings() throws Exception {
        Document page = parse(page());
        assertThat(elements(page, "table"))
                .isNotEmpty()
                .allMatch(table -> table.getElementsByTagName("caption").getLength() == 1);
        assertThat(elements(page, "th")).allMatch(th -> th.getAttribute("scope").matches("col|row"));
    }

    @Test
    void everyLinkLeadsToAPlaceOnThePage() throws Exception {
        Document page = parse(page());
        List<String> places = elements(page, "h2").stream()
                .map(heading -> "#" + heading.getAttribute("id"))
                .toList();
        assertThat(places).doesNotHaveDuplicates();
        assertThat(elements(page, "a").stream().map(link -> link.getAttribute("href")))
                .isNotEmpty()
                .allMatch(places::contains);
    }

    @Test
    void nothingIsLoadedFromElsewhere() throws Exception {
        String page = render(Report.of(ScenarioLibrary.open("plain-level"), "0.1.0", "irqstorm"));
        Document parsed = parse(page);
        for (String name : List.of("link", "img", "iframe", "object", "base")) {
            assertThat(elements(parsed, name)).as(name).isEmpty();
        }
        assertThat(elements(parsed, "script")).noneMatch(script -> script.hasAttribute("src"));
        assertThat(markup(page)).doesNotContainPattern(Pattern.compile("(?i)url\\(|@import|https?://|src="));
    }

    @Test
    void whatComesFromTheScenarioIsEscapedWhereverItStands() throws Exception {
        RunRecord line = Runs.lost();
        RunRecord hostile = Runs.failing(Runs.named(line, HOSTILE, HOSTILE), HOSTILE);
        String page = render(report(HOSTILE, hostile, Runs.named(Runs.storm(), HOSTILE, "other")));
        assertThat(page).doesNotContain("<script>alert");
        Document parsed = parse(page);
        assertThat(text(elements(parsed, "h1").get(0))).isEqualTo(HOSTILE);
        assertThat(text(elements(parsed, "pre").get(0))).isEqualTo("irqstorm report " + HOSTILE);
        assertThat(elements(parsed, "td").stream().map(HtmlReportTest::text)).contains(HOSTILE + " raises GSI 19");
        assertThat(elements(parsed, "th").stream().map(HtmlReportTest::text)).contains(HOSTILE);
        assertThat(elements(parsed, "*")).noneMatch(element -> element.hasAttribute("onclick"));
    }

    @Test
    void chartDataCannotEndItsElement() {
        String json = "{\"name\":\"</script><!-- & \u2028\u2029\"}";
        String page = HtmlReport.render(report("t", Runs.right()), section -> json);
        assertThat(page)
                .contains("{\"name\":\"\\u003c/script\\u003e\\u003c!-- \\u0026 \\u2028\\u2029\"}</script>")
                .doesNotContain(json);
    }

    @Test
    void onlyTheScriptsOfThePageAreAllowed() throws Exception {
        Document page = parse(page());
        String policy = elements(page, "meta").stream()
                .filter(meta -> meta.getAttribute("http-equiv").equals("Content-Security-Policy"))
                .findFirst()
                .orElseThrow()
                .getAttribute("content");
        assertThat(policy).startsWith("default-src 'none';").containsPattern("script-src( 'sha256-[^']{44}'){2}$");
    }

    @Test
    void theRateIsDrawnAndTabledWithoutScripts() throws Exception {
        Document page = parse(render(report("t", Runs.storm())));
        assertThat(elements(page, "path").stream().map(path -> path.getAttribute("d")))
                .containsExactly("M0 180V0H500V120H1000V180");
        assertThat(elements(page, "rect").stream()
                        .map(rect -> rect.getAttribute("x") + " " + rect.getAttribute("width")))
                .containsExactly("1000 1");
        assertThat(elements(page, "tr").stream().map(HtmlReportTest::text)).contains("0ns 1ms 3", "1ms 2ms 1");
        assertThat(elements(page, "figcaption").stream().map(HtmlReportTest::text))
                .contains("Deliveries in each 1ms over 2ms, at most 3; usb: 4 in all. Storm episodes are shaded.");
    }

    @Test
    void theFirstTurnIsASequenceWithAnArrowFromEachCause() throws Exception {
        Document page = parse(render(report("nic", Runs.right())));
        assertThat(elements(page, "text").stream().map(HtmlReportTest::text))
                .containsExactly("nic", "L0", "1. 0.000 µs", "nic raises GSI 19", "2. 2.000 µs", "enters L1");
        assertThat(elements(page, "polygon").stream().map(head -> head.getAttribute("points")))
                .containsExactly("126,63 116,58 116,68");
        assertThat(elements(page, "circle")).hasSize(1);
    }

    @Test
    void theRecommendationStandsAboveTheTable() throws Exception {
        assertThat(elements(parse(page()), "p").stream().map(HtmlReportTest::text))
                .contains("Recommended: 9-enable");
        assertThat(elements(parse(render(report("t", Runs.storm()))), "p").stream()
                        .map(HtmlReportTest::text))
                .contains("No recommendation");
    }

    @Test
    void hazardsHaveATableOfTheirOwnAndOnlyWhereThereAreSome() throws Exception {
        RunRecord run = Runs.withHazards(new RunRecord.Hazards(
                List.of(new Happening(5_000_000, HOSTILE)),
                List.of(new Damage(HOSTILE, Damage.Kind.LINE_BLOCKED, 0, Damage.FOR_GOOD)),
                new EoiFaults(1, 1, 2, 3, 4)));
        Document page = parse(render(report("t", run)));

        assertThat(elements(page, "tr").stream().map(HtmlReportTest::text))
                .contains("hazards " + HOSTILE + ", for good 1 2 3 4 At 5ms " + HOSTILE + ".");
        assertThat(page()).doesNotContain("who is hurt");
    }

    @Test
    void aTimelineSaysHowMuchItLeavesOut() throws Exception {
        Document page = parse(page());
        assertThat(elements(page, "caption").stream().map(HtmlReportTest::text))
                .contains("The first events; 500,619 more follow");
        assertThat(elements(page, "tr").stream().map(HtmlReportTest::text)).contains("2 2.000 1 L0 enters L1");
    }

    @Test
    void failuresAndLimitsStandOut() throws Exception {
        RunRecord run = Runs.stopped(Runs.failing(Runs.right(), "verdict is OK, expected LOST"), StopReason.EVENTS);
        Document page = parse(render(report("t", run)));
        assertThat(elements(page, "li").stream().map(HtmlReportTest::text)).contains("9: verdict is OK, expected LOST");
        assertThat(elements(page, "p").stream().map(HtmlReportTest::text))
                .contains("a limit on events ended the run after 1.035s; the verdict covers no more.");
    }

    @Test
    void theSameScenarioGivesTheSamePage() {
        ScenarioFile file = ScenarioLibrary.open("plain-level");
        assertThat(render(Report.of(file, "0.1.0", "c"))).isEqualTo(render(Report.of(file, "0.1.0", "c")));
    }
}
