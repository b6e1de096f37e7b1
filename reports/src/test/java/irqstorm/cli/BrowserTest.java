// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import static irqstorm.cli.Session.irqstorm;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The page as a browser shows it. */
class BrowserTest {
    private static final String HOSTILE = "<script>alert(1)</script>";
    private static final int DARK = 64;
    private static final int LIGHT = 192;

    /** The values of Blink's setting. */
    private static final String PREFERS_DARK = "--blink-settings=preferredColorScheme=0";

    private static final String PREFERS_LIGHT = "--blink-settings=preferredColorScheme=1";

    @TempDir
    Path directory;

    private Chromium browser;
    private Path page;

    @BeforeEach
    void openTheBrowser() {
        browser = Chromium.installed(directory);
        page = directory.resolve("out.html");
    }

    private void report(String... scenarios) {
        List<String> command = new ArrayList<>(List.of("report", "-o", page.toString()));
        command.addAll(List.of(scenarios));
        assertThat(irqstorm(command.toArray(String[]::new)).code()).isZero();
    }

    private static List<String> all(String pattern, String text) {
        List<String> found = new ArrayList<>();
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private static JsonNode results(String scenario) {
        return JsonMapper.shared()
                .readTree(irqstorm("compare", scenario, "--format", "json").out())
                .get("results");
    }

    /** The deliveries of each line, for each configuration that ran. */
    private static List<String> deliveries(String scenario) {
        List<String> deliveries = new ArrayList<>();
        for (JsonNode run : results(scenario)) {
            List<String> lines = new ArrayList<>();
            run.get("lines").forEach(line -> lines.add(line.get("deliveries").asString()));
            if (!run.get("verdict").asString().equals("REFUSED")) {
                deliveries.add(String.join(" ", lines));
            }
        }
        return deliveries;
    }

    @Test
    void theRatesOnTheChartsAreThoseOfTheJsonResult() throws Exception {
        for (String scenario : List.of("credential-guard", "shared-line", "edge-msi")) {
            report(scenario);
            Chromium.Shown shown = browser.open(page);
            List<String> deliveries = deliveries(scenario);
            assertThat(shown.console()).as(scenario).isEmpty();
            assertThat(all("data-sums=\"([^\"]*)\"", shown.dom())).as(scenario).isEqualTo(deliveries);
            assertThat(shown.dom()).contains("data-charts=\"" + charts(shown.dom()) + "\"");
        }
    }

    private static int charts(String dom) {
        return all("data-chart=\"(\\w+)\"", dom).size();
    }

    /** The numbers of {@code kind} of chart, each chart a line. */
    private static List<String> values(String dom, String kind) {
        return all("data-chart=\"" + kind + "\"[^>]*data-values=\"([^\"]*)\"", dom);
    }

    @Test
    void latenciesAndFanoFactorsOnTheChartsAreThoseOfTheJsonResult() throws Exception {
        List<String> scenarios = List.of("credential-guard-rca", "shared-line");
        report(scenarios.toArray(String[]::new));
        Chromium.Shown shown = browser.open(page);
        List<String> latencies = new ArrayList<>();
        List<String> factors = new ArrayList<>();
        for (String scenario : scenarios) {
            JsonNode measured = JsonMapper.shared()
                    .readTree(irqstorm("measure", scenario, "--all", "--replications", "1", "--format", "json")
                            .out());
            for (JsonNode configuration : measured.get("configurations")) {
                List<Double> nanos = new ArrayList<>();
                List<Double> fano = new ArrayList<>();
                configuration.get("run").get("lines").forEach(line -> {
                    line.get("latencyFromAssertion")
                            .forEach(stage -> List.of("p50Nanos", "p90Nanos", "p99Nanos", "p999Nanos", "maxNanos")
                                    .forEach(name -> nanos.add(stage.get(name).asDouble())));
                    line.get("windows").forEach(window -> {
                        if (!window.get("fano").isNull()) {
                            fano.add(window.get("fano").asDouble());
                        }
                    });
                });
                latencies.add(nanos.toString());
                if (!fano.isEmpty()) {
                    factors.add(fano.toString());
                }
            }
        }
        assertThat(shown.console()).isEmpty();
        assertThat(values(shown.dom(), "latency").stream().map(BrowserTest::numbers))
                .containsExactlyElementsOf(latencies);
        assertThat(factors).isNotEmpty();
        assertThat(values(shown.dom(), "dispersion").stream().map(BrowserTest::numbers))
                .containsExactlyElementsOf(factors);
    }

    private static String numbers(String values) {
        return Stream.of(values.split(" ")).map(Double::valueOf).toList().toString();
    }

    @Test
    void theTimelineHasEveryEventThatItsTableHas() throws Exception {
        report("credential-guard-rca");
        Chromium.Shown shown = browser.open(page);
        List<String> shownOf = all("data-chart=\"timeline\"[^>]*data-points=\"(\\d+) \\d+ \\d+\"", shown.dom());
        List<String> tables = all("as a table: the first (\\d+) events", shown.dom());
        assertThat(shown.console()).isEmpty();
        assertThat(shownOf).isNotEmpty().isEqualTo(tables);
    }

    @Test
    void namesThatAreCodeStayText() throws Exception {
        report(Scenarios.file(
                directory,
                Scenarios.plain("NAME", "odd", "TITLE", HOSTILE, "DEVICE", HOSTILE, "CONFIGURATION", HOSTILE)));
        Chromium.Shown shown = browser.open(page);
        assertThat(shown.console()).isEmpty();
        assertThat(shown.dom())
                .contains("<h1 id=\"top\">&lt;script&gt;alert(1)&lt;/script&gt;</h1>")
                .doesNotContain(HOSTILE)
                .contains("data-charts=\"8\"");
    }

    @Test
    void namesThatAreCodeStayTextAmongSeveralScenariosAndReplications() throws Exception {
        String odd = Scenarios.file(
                directory,
                Scenarios.plain("NAME", "odd", "TITLE", HOSTILE, "DEVICE", HOSTILE, "CONFIGURATION", HOSTILE));
        report(odd, odd, "credential-guard-rca", "--replications", "3");
        Chromium.Shown shown = browser.open(page);
        assertThat(shown.console()).isEmpty();
        assertThat(shown.dom())
                .contains("<h1 id=\"s2-top\">&lt;script&gt;alert(1)&lt;/script&gt;</h1>")
                .contains("href=\"#s3-top\"")
                .doesNotContain(HOSTILE)
                .contains("data-charts=\"" + charts(shown.dom()) + "\"");
    }

    @Test
    void codeThatGetsOntoThePageAllTheSameIsNotRun() throws Exception {
        report(Scenarios.file(directory, Scenarios.plain()));
        Files.writeString(
                page,
                Files.readString(page)
                        .replace("<main>", "<main><script>document.documentElement.dataset.run = 'yes'</script>"));
        Chromium.Shown shown = browser.open(page);
        assertThat(shown.dom()).doesNotContain("data-run=").contains("data-charts=\"8\"");
        assertThat(shown.console()).singleElement().asString().contains("Content Security Policy");
    }

    /** Blink's own switch for scripts also ends what headless Chromium dumps with, so a policy forbids them here. */
    @Test
    void withoutScriptsThereAreDrawingsAndTables() throws Exception {
        report("credential-guard");
        String forbidden = "<meta http-equiv=\"Content-Security-Policy\" content=\"script-src 'none'\" />";
        Files.writeString(page, Files.readString(page).replaceFirst("<head>", "<head>" + forbidden));
        String dom = browser.open(page).dom();
        int ran = deliveries("credential-guard").size();
        assertThat(dom).doesNotContain("data-charts=", "class=\"drawn\"");
        assertThat(all("(<svg[^>]*class=\"plain\")", dom)).hasSize(charts(dom) - ran);
        assertThat(all("(<svg[^>]*class=\"sequence\")", dom)).hasSize(ran + ran - 1);
        assertThat(dom).contains("Recommended: <a href=\"#c10\">9-split-enable</a>");
        BufferedImage picture = browser.picture(page);
        assertThat(colours(picture)).hasSizeGreaterThan(50);
    }

    @Test
    void thePageAndItsChartsAreLightOrDarkAsTheReaderPrefers() throws Exception {
        report("plain-level");
        assertThat(browser.open(page, PREFERS_LIGHT).dom())
                .contains("#0b57d0\" stroke-width")
                .doesNotContain("#8ab4f8\" stroke-width");
        assertThat(browser.open(page, PREFERS_DARK).dom())
                .contains("#8ab4f8\" stroke-width")
                .doesNotContain("#0b57d0\" stroke-width");
        BufferedImage light = browser.picture(page, PREFERS_LIGHT);
        BufferedImage dark = browser.picture(page, PREFERS_DARK);
        assertThat(brightness(light)).isGreaterThan(LIGHT);
        assertThat(brightness(dark)).isLessThan(DARK);
        assertThat(colours(light)).hasSizeGreaterThan(50);
        assertThat(colours(dark)).hasSizeGreaterThan(50);
    }

    private static int brightness(BufferedImage picture) {
        return picture.getRGB(1, 1) & 0xff;
    }

    private static List<Integer> colours(BufferedImage picture) {
        return IntStream.range(0, picture.getWidth() * picture.getHeight())
                .map(i -> picture.getRGB(i % picture.getWidth(), i / picture.getWidth()))
                .distinct()
                .boxed()
                .toList();
    }

    @Test
    void thePageIsOneFileOfAtMostThreeMegabytes() throws IOException {
        report("credential-guard");
        assertThat(Files.size(page)).isLessThan(3_000_000);
    }

    @Test
    void severalScenariosStayOnePageOfThatSizeWithShorterTimelinesIfNeedBe() throws IOException {
        report("credential-guard", "hazards", "shared-line", "plain-level");
        assertThat(Files.size(page)).isLessThanOrEqualTo(3_000_000);
        assertThat(Files.readString(page)).contains(" events instead of 120");
    }
}
