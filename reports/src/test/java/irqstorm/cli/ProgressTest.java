// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.report.text.Paint;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ProgressTest {
    private static final List<String> COMPARE = List.of("compare", "plain-level");
    private static final List<String> MEASURE = List.of("measure", "plain-level", "--replications", "3");
    private static final List<String> RUN = List.of("run", "plain-level");

    @TempDir
    Path directory;

    private static Console console(StringWriter err, boolean progress) {
        return new Console(new PrintWriter(new StringWriter()), new PrintWriter(err), Paint.PLAIN, progress);
    }

    /** What was drawn, one state of the line after the other, and what is left of the last one. */
    private static List<String> drawn(StringWriter err) {
        return Arrays.asList(err.toString().split("\r", -1));
    }

    @Test
    void aBarSaysHowMuchIsDoneAndIsErasedInTheEnd() {
        StringWriter err = new StringWriter();
        try (Progress progress = Progress.of(console(err, true), "configurations", 4)) {
            progress.step();
            progress.reached(3);
        }

        List<String> drawn = drawn(err);
        assertThat(drawn).anySatisfy(line -> assertThat(line).matches("configurations +75% \\[=+ +] 3/4 \\(.*\\) *"));
        assertThat(drawn).endsWith("\u001b[K");
        assertThat(drawn).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(72));
        assertThat(err.toString()).doesNotContain("\n");
    }

    @Test
    void whatIsBeyondTheEndIsTheEndAndOfNothingAllIsDone() {
        StringWriter err = new StringWriter();
        try (Progress progress = Progress.of(console(err, true), "simulated ms", 0)) {
            progress.reached(7);
        }

        assertThat(err.toString()).contains("100% [").contains("] 1/1 (");
    }

    @Test
    void nothingIsDrawnWhereNobodyLooks() {
        StringWriter err = new StringWriter();
        try (Progress progress = Progress.of(console(err, false), "configurations", 2)) {
            progress.step();
            progress.reached(2);
        }

        assertThat(err.toString()).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aTerminalShowsABarAndThenTheResult() throws Exception {
        ChildJvm jvm = new ChildJvm(directory);

        assertThat(jvm.onTerminal("", COMPARE).said())
                .containsPattern("\rconfigurations +\\d+% \\[")
                .containsPattern("\r\u001b\\[K[^\r]*plain-level:");
        assertThat(jvm.onTerminal("", MEASURE).said())
                .containsPattern("\rreplications +\\d+% \\[")
                .containsPattern("\r\u001b\\[K[^\r]*plain-level:");
        assertThat(jvm.onTerminal("", RUN).said())
                .containsPattern("\rsimulated ms +\\d+% \\[")
                .containsPattern("\r\u001b\\[K[^\r]*plain-level:");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aTerminalOfContinuousIntegrationShowsNoBar() throws Exception {
        ChildJvm jvm = new ChildJvm(directory);

        assertThat(jvm.onTerminal("true", COMPARE).said()).doesNotContain("% [").contains("plain-level:");
        assertThat(jvm.onTerminal("true", RUN).said()).doesNotContain("% [").contains("plain-level:");
    }

    /** The classes of the bar take longer to load than a short command runs. */
    @Test
    void inAPipeNothingIsDrawnAndNoClassOfTheBarIsLoaded() throws Exception {
        for (List<String> command : List.of(COMPARE, MEASURE, RUN)) {
            ChildJvm.Ended ended = new ChildJvm(directory).irqstorm(List.of("-Xlog:class+load"), command);

            assertThat(ended.code()).isZero();
            assertThat(ended.said())
                    .contains(Progress.class.getName())
                    .doesNotContain("me.tongfei", "org.jline", "% [");
        }
    }
}
