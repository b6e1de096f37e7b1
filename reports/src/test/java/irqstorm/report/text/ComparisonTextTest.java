// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.compare.ComparisonRecord;
import irqstorm.engine.StopReason;
import irqstorm.report.Runs;
import irqstorm.run.RunRecord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTextTest {
    private static final String GOLDEN = """
            guard: What the flags do
            seed 7, uAPI merged, 5 configurations, simulated 1.035s each

                                       deliveries  storm rate      L2     EOI
            configuration  verdict  per assertion       [1/s]   share   exits
            -------------  -------  -------------  ----------  ------  ------
            9-enable       OK               1.000           -  0.75 %       0
            6-quirked      STORM         10,000.6      49,144  0.75 %  50,000
            2-kernel       STUCK            0.500           -  0.75 %       -
            edge-masked    LOST             0.200           -       -       3
            13-both        REFUSED              -           -       -       -
            Deliveries per assertion: of the worst line of each configuration.

            right:          9
            storm:          6
            stuck:          2
            interrupt lost: edge
            refused by KVM: 13

            9   The early EOI is suppressed.
            6   Pin 19 (usb): the guest EOIs the LAPIC before the device is serviced, trusting SPIV bit 12, but
                the bit is not honoured.
            2   Remote IRR stays set.
            edge
                A message was not accepted.
            13  KVM_ENABLE_CAP(KVM_CAP_X2APIC_API) fails with EINVAL: the flags exclude each other.
            """;

    private static List<String> lines(RunRecord... runs) {
        return ComparisonText.lines(new ComparisonRecord("guard", "What the flags do", 7, List.of(runs)), Paint.PLAIN);
    }

    @Test
    void theTableSaysWhichConfigurationsStormStickOrAreRight() {
        assertThat(String.join("\n", ComparisonText.lines(Runs.comparison(), Paint.PLAIN)) + "\n")
                .isEqualTo(GOLDEN);
    }

    @Test
    void colourChangesNothingButTheColour() {
        List<String> coloured = ComparisonText.lines(Runs.comparison(), Paint.COLOUR);
        assertThat(coloured).anyMatch(line -> line.contains("\u001b[1;31mSTORM"));
        assertThat(coloured.stream()
                        .map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "").stripTrailing()))
                .containsExactlyElementsOf(ComparisonText.lines(Runs.comparison(), Paint.PLAIN));
    }

    @Test
    void expectationsThatWereNotMetAndLimitsStandAtTheEnd() {
        RunRecord failing = Runs.failing(Runs.storm(), "verdict is STORM, expected OK");
        assertThat(lines(Runs.right(), Runs.stopped(failing, StopReason.EVENTS)))
                .endsWith(
                        "",
                        "Not as expected:",
                        "  - 6: verdict is STORM, expected OK",
                        "  - 6: a limit on events ended the run after 1.035s; the verdict covers no more");
    }

    @Test
    void aHundredColumnsAreEnoughWhateverTheNames() {
        String longName = "a-configuration-whose-name-is-as-long-as-names-may-be-" + "x".repeat(46);
        List<String> lines = new ArrayList<>(lines(
                Runs.named(Runs.storm(), "t", longName),
                Runs.named(Runs.right(), "t", "y".repeat(100)),
                Runs.failing(Runs.stuck(), "z".repeat(300))));
        assertThat(lines).allMatch(line -> line.length() <= Layout.WIDTH);
        assertThat(lines)
                .anyMatch(line ->
                        line.startsWith("a-configuration-whose-name-is-as-long-as-names-  ") && line.contains("STORM"));
        assertThat(String.join("", lines).replace(" ", "")).contains("z".repeat(300));
    }
}
