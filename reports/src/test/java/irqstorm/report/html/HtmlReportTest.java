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
import irqstorm.report.Measured;
import irqstorm.report.Overview;
import irqstorm.report.Page;
import irqstorm.report.ProfileRow;
import irqstorm.report.Rates;
import irqstorm.report.Report;
import irqstorm.report.Runs;
import irqstorm.run.RunRecord;
import irqstorm.scenario.Scenario;
import irqstorm.scenario.ScenarioFile;
import irqstorm.scenario.ScenarioLibrary;
import irqstorm.stats.experiment.Execution;
import irqstorm.stats.experiment.Plan;
import irqstorm.stats.inference.KaplanMeier;
import irqstorm.stats.measure.LineMeasure;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        return report(title, List.of(), runs);
    }

    private static Report report(String title, List<LineMeasure> measures, RunRecord... runs) {
        Scenario base = ScenarioLibrary.open("plain-level").base();
        ScenarioFile file = new ScenarioFile("guard.json", "guard", title, title, base, Map.of());
        List<Report.Moment> events = List.of(
                new Report.Moment(1, 0, 0, Actor.DEVICE, EventKind.LINE_ASSERTED, title, title + " raises GSI 19"),
                new Report.Moment(2, 2000, 1, Actor.L0_KVM, EventKind.VM_ENTRY, "L0", "enters L1"));
        List<Report.Section> sections = List.of(runs).stream()
                .map(run -> new Report.Section(
                        Measured.of(run, measures),
                        new Rates(
                                1_000_000,
                                2_000_000,
                                run.lines().stream()
                                        .map(line -> new Rates.Line(line.name(), List.of(3L, 1L)))
                                        .toList()),
                        events,
                        events,
                        Optional.empty()))
                .toList();
        return new Report(
                file,
                Measured.report(
                        1, sections.stream().map(Report.Section::measured).toList()),
                new Overview(List.of(runs)),
                sections,
                List.of(new ProfileRow(title, Optional.empty(), List.of(title))));
    }

    private static String render(Report... reports) {
        String title = reports[0].file().title();
        return HtmlReport.render(
                Page.of(List.of(reports), "0.1.0", "irqstorm report " + title), section -> "{}", report -> "{}");
    }

    private static Report real(String scenario, int replications) {
        return Report.of(ScenarioLibrary.open(scenario), Plan.of(replications), Execution.onAllProcessors());
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
    void everyLinkAndEveryLabelLeadsToAPlaceOnThePageOfWhichThereIsOne() throws Exception {
        RunRecord[] runs = Runs.comparison().results().toArray(RunRecord[]::new);
        Report one = report("t", List.of(Measured.line("usb")), runs);
        for (String html : List.of(page(), render(one, one), render(real("credential-guard-rca", 1)))) {
            Document page = parse(html);
            List<String> ids = attributes(page, "id");
            assertThat(ids).doesNotHaveDuplicates();
            assertThat(ids).containsAll(attributes(page, "aria-labelledby")).containsAll(attributes(page, "data-of"));
            assertThat(attributes(page, "href"))
                    .isNotEmpty()
                    .allSatisfy(link -> assertThat(ids).contains(link.substring(1)));
        }
    }

    private static List<String> attributes(Document page, String name) {
        return elements(page, "*").stream()
                .filter(element -> element.hasAttribute(name))
                .map(element -> element.getAttribute(name))
                .toList();
    }

    @Test
    void severalScenariosHaveATableAboveThemAndOneHasNone() throws Exception {
        Document page = parse(render(report("first", Runs.right(), Runs.storm()), report("second", Runs.stuck())));
        assertThat(elements(page, "h1").stream().map(HtmlReportTest::text))
                .containsExactly("2 scenarios", "first", "second");
        assertThat(elements(page, "tr").stream().map(HtmlReportTest::text))
                .contains("guard first 2 right 9 storm 6 9-enable", "guard second 1 stuck 2 none");
        assertThat(attributes(page, "href")).contains("#s1-top", "#s2-top", "#s1-c1", "#s2-verdicts", "#scenarios");
        assertThat(elements(parse(page()), "h1")).hasSize(1);
    }

    @Test
    void aShortenedPageSaysSo() {
        Page page = Page.of(List.of(report("t", Runs.right())), "0.1.0", "c");
        String html = HtmlReport.render(page.withTimelines(1), section -> "{}", report -> "{}");
        assertThat(html)
                .contains("each timeline has 1 events instead of 120")
                .doesNotContain("<td class=\"n\">2.000</td>");
        assertThat(HtmlReport.render(page, section -> "{}", report -> "{}")).doesNotContain("instead of 120");
    }

    @Test
    void latencyAndDispersionAreDrawnAndTabledWithoutScripts() throws Exception {
        Document page = parse(render(report("t", List.of(Measured.line("usb")), Runs.storm())));
        assertThat(elements(page, "polyline").stream().map(line -> line.getAttribute("points")))
                .contains("160,210 320,90 480,78 640,71 800,66", "213,210 747,30");
        assertThat(elements(page, "tr").stream().map(HtmlReportTest::text))
                .contains("to accept 0ns 1us 2us 3us 4us")
                .contains("usb 100us 900 0 steadier than chance")
                .contains("usb 1ms 9 - too few windows")
                .contains("usb 10ms 90 250.0 burstier than chance");
        assertThat(render(report("t", Runs.storm())))
                .contains("No interrupt was accepted", "too few deliveries for a Fano factor");
    }

    @Test
    void theDetectorsSayWhenTheyFireAndWhereTheirRulesWereRead() throws Exception {
        Document page = parse(page());
        assertThat(elements(page, "tr").stream().map(HtmlReportTest::text))
                .contains("6-quirked STORM 205.5ms -")
                .contains("kvm-ioapic 10,000 EOIs postpones ioapic.c")
                .contains("xen never - 0 the fastest took 204ms");
        assertThat(elements(page, "p").stream().map(HtmlReportTest::text))
                .contains("Would have fired: kvm-ioapic at 205.5ms. Never: xen.");
    }

    @Test
    void aProfileHasItsSourceAndOneThatIsNotBundledSaysSo() throws Exception {
        assertThat(elements(parse(page()), "td").stream().map(HtmlReportTest::text))
                .contains("not bundled: the scenario itself says what it does");
        assertThat(elements(parse(render(real("credential-guard-rca", 1))), "tr").stream()
                        .map(HtmlReportTest::text))
                .anySatisfy(row -> assertThat(row)
                        .startsWith("qemu-ioapic-0x20 ")
                        .contains(" QEMU hw/intc/ioapic.c 06b40d250ecfa1633209c2e431a7a38acfd03a98 2025 "));
    }

    @Test
    void theFirstDifferenceIsASequenceWithAFrameForEachRun() throws Exception {
        Document page = parse(render(real("credential-guard-rca", 1)));
        assertThat(elements(page, "text").stream()
                        .filter(text -> text.getAttribute("class").equals("title"))
                        .map(HtmlReportTest::text))
                .containsExactly("in split-enable", "in kernel");
    }

    @Test
    void theTimeToTheFirstStormIsDrawnAndTabledForWhatHadOne() throws Exception {
        KaplanMeier times = KaplanMeier.of(
                List.of(new KaplanMeier.Observation(1_000_000, true), new KaplanMeier.Observation(5_000_000, false)));
        Report one = report("t", Runs.storm());
        Report replicated = new Report(
                one.file(),
                Measured.report(2, List.of(Measured.replicated(Runs.storm(), List.of(), times))),
                one.overview(),
                one.sections(),
                one.profiles());
        Document page = parse(render(replicated));
        assertThat(elements(page, "path").stream().map(path -> path.getAttribute("d")))
                .contains("M80 10H807V110H880");
        assertThat(elements(page, "tr").stream().map(HtmlReportTest::text)).contains("6-quirked 1ms 2 1 50.0 % 35.4 %");
    }

    @Test
    void replicationsHaveIntervalsAndWhatIsDeterministicSaysSo() throws Exception {
        assertThat(render(real("plain-level", 1))).doesNotContain("id=\"replications\"");
        Document random = parse(render(real("plain-level", 5)));
        assertThat(elements(random, "td").stream().map(HtmlReportTest::text))
                .contains("in 0 of 5 replications", "at most 60.0 % (rule of three)");
        assertThat(elements(random, "caption").stream().map(HtmlReportTest::text))
                .anyMatch(caption -> caption.startsWith("Means over the replications"))
                .anyMatch(caption -> caption.contains("Holm's correction"));
        String certain = render(real("credential-guard-rca", 5));
        assertThat(certain).contains("deterministic, n = 1").doesNotContain("±");
    }

    @Test
    void nothingIsLoadedFromElsewhere() throws Exception {
        String page = render(real("plain-level", 2), real("edge-msi", 1));
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
        String page = HtmlReport.render(
                Page.of(List.of(report("t", Runs.right())), "0.1.0", "c"), section -> json, report -> "{}");
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
        assertThat(render(real("plain-level", 3))).isEqualTo(render(real("plain-level", 3)));
    }
}
