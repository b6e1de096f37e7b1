// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import static irqstorm.cli.Session.irqstorm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sequence diagrams as Mermaid draws them in a browser. */
class MermaidTest {
    private static final Path PAGE = Path.of("src/test/js/diagrams.html");
    private static final Path MERMAID = Path.of("src/test/js/node_modules/mermaid/dist/mermaid.min.js");
    private static final Pattern SHOWN = Pattern.compile("<pre id=\"shown\">(.*?)</pre>", Pattern.DOTALL);
    private static final Pattern MESSAGE = Pattern.compile(" {4}\\w+->>\\w+: (.*)");
    private static final Pattern CODE = Pattern.compile("#(\\d+);");

    /** Enough for the arrows of all diagrams to be drawn. */
    private static final String TIME = "--virtual-time-budget=60000";

    private static final String PLAIN = "nic";
    private static final List<String> HOSTILE = List.of(
            "a|b",
            "`x`",
            "two\nlines",
            "a;b",
            "a#b #35; #quot;",
            "<script>window.attacked = 1</script>",
            "<img src=x onerror='window.attacked = 1'>",
            "end",
            "end\nend",
            "loop a\n  nic->>nic: b",
            "%% comment",
            "%%{init: {\"theme\": \"dark\"}}%%",
            "note over L1: x",
            "a<br>b",
            "+-x",
            "$$x^2$$",
            "wrap: a",
            "[link](javascript:window.attacked=1)",
            "\ufb02\u00b0\u00b035\u00b6\u00df",
            "\u00e9\u4e2d\u6587\ud83d\ude00");

    @TempDir
    Path directory;

    private Chromium browser;

    @BeforeEach
    void openTheBrowser() {
        assumeTrue(
                System.getenv("CI") != null || Files.exists(MERMAID),
                "Mermaid is not installed (npm ci in src/test/js); .ci/run installs it");
        browser = Chromium.installed(directory);
    }

    /** The diagram of a run, with its device under another name. */
    private String diagram(String scenario, String configuration) throws IOException {
        Path file = directory.resolve("turn.mmd");
        assertThat(irqstorm("run", scenario, "--config", configuration, "--export", "mermaid=" + file)
                        .code())
                .isLessThan(2);
        return Files.readString(file);
    }

    private String named(String device) throws IOException {
        String quoted = JsonMapper.shared().writeValueAsString(device);
        String name = quoted.substring(1, quoted.length() - 1);
        return diagram(Scenarios.file(directory, Scenarios.plain("DEVICE", name)), "1");
    }

    private List<JsonNode> drawn(String security, List<String> diagrams) throws Exception {
        List<Map<String, String>> input = diagrams.stream()
                .map(source -> Map.of("security", security, "source", source))
                .toList();
        String page = Files.readString(PAGE)
                .replace("MERMAID", MERMAID.toUri().toString())
                .replace(
                        "DIAGRAMS",
                        JsonMapper.shared().writeValueAsString(input).replace("<", "\\u003c"));
        Path file = Files.writeString(directory.resolve("diagrams.html"), page);
        Matcher shown = SHOWN.matcher(browser.open(file, TIME).dom());
        assertThat(shown.find()).isTrue();
        String json = shown.group(1)
                .replace("&nbsp;", "\u00a0")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
        return JsonMapper.shared().readTree(json).valueStream().toList();
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }

    /** The texts of the arrows in a diagram's source, its character codes read. */
    private static List<String> messages(String source) {
        List<String> messages = new ArrayList<>();
        for (String line : source.lines().toList()) {
            Matcher message = MESSAGE.matcher(line);
            if (message.matches()) {
                messages.add(CODE.matcher(message.group(1))
                        .replaceAll(
                                code -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(code.group(1))))));
            }
        }
        return messages;
    }

    @Test
    void everyEventIsAnArrowWithItsText() throws Exception {
        List<String> sources = List.of(
                diagram("credential-guard-rca", "split-enable"),
                diagram("credential-guard", "6"),
                diagram("vfio-intx", "split-irqfd-slow-host"));
        List<JsonNode> drawn = drawn("strict", sources);

        for (int i = 0; i < sources.size(); i++) {
            assertThat(texts(drawn.get(i).get("messages")))
                    .hasSizeGreaterThan(10)
                    .isEqualTo(messages(sources.get(i)));
            assertThat(texts(drawn.get(i).get("participants"))).contains("device", "L1", "L2");
        }
        assertThat(texts(drawn.get(1).get("notes"))).singleElement().asString().matches("and [0-9,]+ more events");
    }

    @Test
    void aNameIsOnlyANameWhateverMermaidAllows() throws Exception {
        List<String> sources = new ArrayList<>(List.of(named(PLAIN)));
        for (String name : HOSTILE) {
            sources.add(named(name));
        }
        for (String security : List.of("strict", "loose")) {
            List<JsonNode> drawn = drawn(security, sources);
            for (int i = 0; i < HOSTILE.size(); i++) {
                String shown = HOSTILE.get(i).replace('\n', ' ');
                JsonNode diagram = drawn.get(i + 1);
                assertThat(diagram.path("error").asString("")).as(shown).isEmpty();
                assertThat(texts(diagram.get("messages")))
                        .hasSizeGreaterThan(10)
                        .isEqualTo(messages(sources.get(i + 1)))
                        .filteredOn(text -> text.endsWith(" us " + shown + " raises GSI 16"))
                        .hasSize(3);
                assertThat(diagram.get("participants")).isEqualTo(drawn.get(0).get("participants"));
                assertThat(diagram.get("foreign").asInt()).as(shown).isZero();
            }
        }
    }
}
