// SPDX-License-Identifier: Apache-2.0
package irqstorm.export;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.engine.StopReason;
import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.report.Runs;
import irqstorm.report.markdown.RunsMarkdown;
import irqstorm.run.RunRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** CSV, Mermaid, Markdown, JUnit XML and HdrHistogram logs. */
class TextExportsTest {
    /** One assertion by a device with a hostile name, exported. */
    private static String hostile(ExportFormat format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        EventExport export = format.open(Exported.hostile(), bytes);
        export.record(1, 1500, Actor.DEVICE, EventKind.LINE_ASSERTED, 0, 5, 0, 0);
        export.record(2, 2500, Actor.L1, EventKind.DEVICE_SERVICED, 0, 5, 0, 1);
        export.finish(Runs.right());
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static RunRecord hostileRun() {
        return Runs.failing(
                Runs.named(Runs.storm(), Exported.HOSTILE, Exported.HOSTILE),
                "expected " + Exported.HOSTILE + '\u0001');
    }

    @Test
    void everyEventIsARowOfItsOwn() {
        List<String> lines = Exported.lines(ExportFormat.CSV, "credential-guard-rca", "split-enable");
        assertThat(lines)
                .hasSize(1 + 39)
                .startsWith("event,time_ns,cause,who,kind,a,b,c,text")
                .contains("7,0,0,device,line-asserted,0,21,0,uhci raises GSI 21")
                .contains("25,38000,24,device,line-deasserted,0,21,0,uhci lowers GSI 21")
                .contains("10,2000,9,chip,lapic-accepted,0,161,1,\"LAPIC accepts vector 0xa1, level\"");
    }

    @Test
    void noCellIsAFormulaAndQuotesStayInTheirCell() {
        assertThat(hostile(ExportFormat.CSV)).contains(",line-asserted,0,5,0,\"'=cmd|'/c calc'!A1 \"\"<script>");
        assertThat(MeasuresCsv.lines(List.of(hostileRun())).get(1))
                .contains(",\"'=cmd|")
                .doesNotContain(",=cmd");
        for (String formula : List.of("=1", "+1", "-1", "@A1", "\tx", "\rx")) {
            assertThat(new Csv().text(formula).end()).startsWith(formula.equals("\rx") ? "\"'" : "'");
        }
    }

    @Test
    void measuresHaveARowForEachLineAndOneForARefusedConfiguration() {
        List<String> lines = MeasuresCsv.lines(Runs.comparison().results());
        int columns = lines.get(0).split(",").length;
        assertThat(lines).hasSize(1 + 6);
        assertThat(lines.get(4)).contains(",LOST,").contains(",nvme,,100,");
        assertThat(lines.get(6)).contains(",REFUSED,").endsWith(",".repeat(13));
        assertThat(lines.get(3).split(",", -1)).hasSize(columns);
    }

    @Test
    void theDiagramTellsTwoTurnsAndCountsTheRest() {
        assertThat(Exported.lines(ExportFormat.MERMAID, "credential-guard-rca", "split-enable"))
                .startsWith("sequenceDiagram", "    participant DEVICE as device")
                .contains(
                        "    DEVICE->>DEVICE: 0.000 us uhci raises GSI 21",
                        "    L1->>L0_KVM: 8.000 us EOI of vector 0xa1 is suppressed, the I/O APIC is not told")
                .noneMatch(line -> line.contains("Note over"));
        List<String> storm = Exported.lines(ExportFormat.MERMAID, "credential-guard", "6-split-quirked");
        assertThat(storm)
                .hasSizeLessThan(100)
                .filteredOn(line -> line.contains("delivers vector"))
                .hasSize(2);
        assertThat(storm.get(storm.size() - 1)).matches("    Note over DEVICE,L2: and [0-9,]+ more events");
    }

    @Test
    void aNameCannotEndAMessageOfTheDiagram() {
        assertThat(hostile(ExportFormat.MERMAID).lines().skip(7))
                .hasSize(2)
                .allSatisfy(line ->
                        assertThat(line.replaceAll("#\\d+;", "")).matches("    [A-Z0-9_]+->>[A-Z0-9_]+: [^;#<>%{}]*"));
    }

    @Test
    void markdownIsATableOfTheConfigurationsAndNothingInItActs() {
        assertThat(RunsMarkdown.lines(
                        "guard", "What the flags do", Runs.comparison().results()))
                .startsWith("### guard: What the flags do")
                .contains("| 9-enable | OK | 1.000 | - | 0.75 % | 0 |", "| 13-both | **REFUSED** | - | - | - | - |");
        assertThat(RunsMarkdown.lines(Exported.HOSTILE, Exported.HOSTILE, List.of(hostileRun())))
                .contains("Not as expected:")
                .allSatisfy(line -> assertThat(line).doesNotContain("<script>").doesNotContain(" `x`"));
    }

    private static Document validated(List<String> lines) throws Exception {
        String xml = String.join("\n", lines);
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(TextExportsTest.class.getResource("jenkins-junit.xsd"))
                .newValidator()
                .validate(new StreamSource(new StringReader(xml)));
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void junitXmlIsValidAndFailsWhereAnExpectationWasNotMet() throws Exception {
        RunRecord failing = Runs.failing(Runs.storm(), "verdict is STORM, expected OK", "another");
        RunRecord limited = Runs.stopped(Runs.lost(), StopReason.EVENTS);
        Document document = validated(JunitXml.lines("guard", List.of(Runs.right(), failing, limited, Runs.refused())));
        Element suite = (Element) document.getElementsByTagName("testsuite").item(0);
        assertThat(suite.getAttribute("tests")).isEqualTo("4");
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        assertThat(suite.getAttribute("errors")).isEqualTo("1");
        Element failure = (Element) document.getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("message")).isEqualTo("verdict is STORM, expected OK");
        assertThat(failure.getTextContent()).isEqualTo("verdict is STORM, expected OK; another");
        assertThat(((Element) failure.getParentNode()).getAttribute("name")).isEqualTo("6-quirked");
        assertThat(document.getElementsByTagName("error").getLength()).isEqualTo(1);
    }

    @Test
    void junitXmlKeepsTextAsText() throws Exception {
        Document document = validated(JunitXml.lines(Exported.HOSTILE, List.of(hostileRun())));
        Element test = (Element) document.getElementsByTagName("testcase").item(0);
        assertThat(test.getAttribute("name")).isEqualTo(Exported.HOSTILE);
        assertThat(document.getElementsByTagName("failure").item(0).getTextContent())
                .isEqualTo("expected " + Exported.HOSTILE + '\uFFFD');
    }

    @Test
    void hdrHistogramReadsItsLog() {
        HistogramLogReader reader = new HistogramLogReader(
                new ByteArrayInputStream(Exported.text(ExportFormat.HDR, "credential-guard-rca", "split-enable")
                        .getBytes(StandardCharsets.UTF_8)));
        EncodableHistogram histogram = reader.nextIntervalHistogram();
        assertThat(histogram.getTag()).isEqualTo("device0-uhci");
        assertThat(((Histogram) histogram).getTotalCount()).isEqualTo(1);
        assertThat(((Histogram) histogram).valuesAreEquivalent(((Histogram) histogram).getMaxValue(), 38_000))
                .isTrue();
        assertThat(reader.nextIntervalHistogram()).isNull();
    }

    @Test
    void aTagHasNothingInItThatTheLogSeparatesBy() {
        HistogramLogReader reader = new HistogramLogReader(
                new ByteArrayInputStream(hostile(ExportFormat.HDR).getBytes(StandardCharsets.UTF_8)));
        assertThat(reader.nextIntervalHistogram().getTag())
                .startsWith("device0-_cmd")
                .doesNotContain(",", " ", "\n");
    }
}
