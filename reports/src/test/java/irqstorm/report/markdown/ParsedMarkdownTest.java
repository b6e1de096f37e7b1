// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.advise.HostAdvice;
import irqstorm.report.Advices;
import irqstorm.report.Overview;
import irqstorm.report.Runs;
import irqstorm.run.RunRecord;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Markdown read by a parser, whatever the names in it. */
class ParsedMarkdownTest {
    private static final int COLUMNS = 6;

    /** {@code name} on one line, as it is shown: a control character is a space, and spaces at the ends are nothing. */
    private static String shown(String name) {
        return name.replaceAll("\\p{Cntrl}", " ").strip();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a|b",
                "a\\|b",
                "a\\\\|b\\",
                "| x | y |",
                "|---|---|",
                "`code`",
                "``` fence",
                "a `b | c` d",
                "two\nlines",
                "two\r\n\r\n# paragraphs",
                "\ttab",
                "a;b",
                "# heading",
                "heading #",
                "<script>alert(1)</script>",
                "<!-- comment",
                "end",
                "end\n```\n",
                "- item",
                "+ item",
                "* item",
                "12. item",
                "3) item",
                "> quotation",
                "[link](javascript:alert(1))",
                "![image](http://example.org/x.png)",
                "[reference]: http://example.org",
                "http://example.org",
                "<http://example.org>",
                "**strong** and _emphasis_",
                "~~struck~~",
                "~~~",
                "***",
                "---",
                "===",
                "&lt;&#35;&copy;",
                "  spaces  ",
                "=1+1",
                "\u00e9\u4e2d\u6587\ud83d\ude00",
            })
    void aNameIsOneCellWithItsText(String name) {
        RunRecord run = Runs.failing(Runs.named(Runs.storm(), name, name), name);
        ParsedMarkdown parsed = new ParsedMarkdown(RunsMarkdown.lines(name, name, List.of(Runs.right(), run)));

        parsed.hasOnlyWhatIsMeant();
        assertThat(parsed.headings()).containsExactly(shown(name) + ": " + shown(name));
        assertThat(parsed.tables()).singleElement().satisfies(table -> {
            assertThat(table).hasSize(1 + 2).allSatisfy(row -> assertThat(row).hasSize(COLUMNS));
            assertThat(table.get(2).get(0)).isEqualTo(shown(name));
            assertThat(table.get(2).get(1)).isEqualTo("STORM");
        });
        String shortName = new Overview(List.of(Runs.right(), run)).shortName(run);
        assertThat(parsed.strong()).contains("STORM", shown(shortName));
        assertThat(parsed.items())
                .hasSize(2 + 1)
                .contains(shown(shortName) + ": " + run.reason())
                .endsWith(shown(shortName) + ": " + shown(name));
    }

    @Test
    void everyConfigurationIsARowWithItsFigures() {
        List<RunRecord> runs = Runs.comparison().results();
        ParsedMarkdown parsed = new ParsedMarkdown(RunsMarkdown.lines("guard", "What the flags do", runs));

        parsed.hasOnlyWhatIsMeant();
        List<List<String>> table = parsed.tables().get(0);
        assertThat(table.get(0))
                .containsExactly(
                        "configuration",
                        "verdict",
                        "deliveries per assertion",
                        "storm rate [1/s]",
                        "L2 share",
                        "EOI exits");
        assertThat(table).hasSize(1 + runs.size()).contains(List.of("9-enable", "OK", "1.000", "-", "0.75 %", "0"));
        assertThat(table.stream().skip(1).map(row -> row.get(0)))
                .containsExactlyElementsOf(runs.stream().map(Overview::name).toList());
    }

    @Test
    void adviceIsTwoTablesWhateverTheVmmIsCalled() {
        List<HostAdvice> advice = List.of(Advices.disable(), Advices.nothing(), Advices.leastWrong());
        ParsedMarkdown parsed = new ParsedMarkdown(AdviceMarkdown.lines(advice, Optional.empty()));

        parsed.hasOnlyWhatIsMeant();
        assertThat(parsed.tables())
                .hasSize(2)
                .allSatisfy(table ->
                        assertThat(table).allSatisfy(row -> assertThat(row).hasSize(COLUMNS)));
        assertThat(parsed.tables().get(0))
                .hasSize(1 + 3)
                .contains(List.of("my_vmm|x", "split", "DISABLE", "0x9", "none (unsafe)", "DISABLE hides LVR bit 24."));
        assertThat(parsed.tables().get(1))
                .hasSize(1 + 4)
                .contains(List.of("my_vmm|x", "split", "guest", "STORM 49,137/s", "STUCK", "OK"));
    }
}
