// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FailuresTest {
    private final StringWriter err = new StringWriter();

    private int codeOf(boolean debug, Throwable failure) {
        return new Failures(new PrintWriter(err, true), debug).of(failure);
    }

    /** Standard output on which every write fails with {@code message}, seen through the writers that the program has. */
    private static PrintWriter failing(String message) {
        OutputStream target = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(message);
            }
        };
        return new PrintWriter(
                new BufferedWriter(new OutputStreamWriter(new StandardOutput(target), StandardCharsets.UTF_8)));
    }

    @Test
    void aDefectIsOneLineAndHowToReportIt() {
        assertThat(codeOf(false, new IllegalStateException("pin 3\nis odd"))).isEqualTo(70);
        assertThat(err.toString().lines())
                .containsExactly(
                        "irqstorm: internal error: java.lang.IllegalStateException: pin 3 is odd",
                        "irqstorm: please report this with the command, the scenario and the output under IRQSTORM_DEBUG=1");
    }

    @Test
    void theStackTraceIsThereForThoseWhoAskForIt() {
        assertThat(codeOf(true, new IllegalStateException("odd"))).isEqualTo(70);
        assertThat(err.toString()).contains("\tat irqstorm.cli.FailuresTest");
    }

    @Test
    void aReaderThatHasSeenEnoughEndsTheProgramQuietly() {
        int code = Main.run(new String[] {"schema"}, failing("Broken pipe"), new PrintWriter(err, true));
        assertThat(code).isEqualTo(141);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aFullDiskIsSaidOnce() {
        int code = Main.run(new String[] {"--version"}, failing("No space left on device"), new PrintWriter(err, true));
        assertThat(code).isEqualTo(2);
        assertThat(err).hasToString("irqstorm: cannot write standard output: No space left on device\n");
    }

    @Test
    void aRunEndsWhenItsTimelineCannotBeWrittenAnyMore() {
        PrintWriter out = failing("Broken pipe");
        int code = Main.run(
                new String[] {"run", "credential-guard", "--config", "6", "--timeline-limit", "999999999"},
                out,
                new PrintWriter(err, true));
        assertThat(code).isEqualTo(141);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aFailureOfStandardOutputGetsThroughWritersAndIsThrownOnce() {
        PrintWriter out = failing("Broken pipe");
        out.println("text");
        assertThatThrownBy(out::flush).isInstanceOf(StandardOutput.Failed.class);
        out.println("more");
        out.flush();
    }
}
