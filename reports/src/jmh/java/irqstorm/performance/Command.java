// SPDX-License-Identifier: Apache-2.0
package irqstorm.performance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Runs programs to their ends. */
final class Command {
    /** The greatest exit code of irqstorm that does not say that it failed. */
    static final int VERDICT = 1;

    private static final double NANOS_PER_SECOND = 1e9;

    private Command() {}

    /**
     * What a program did.
     *
     * @param seconds how long it took
     * @param lines what it printed
     */
    record Outcome(double seconds, List<String> lines) {}

    /**
     * Runs a program.
     *
     * @param directory where it runs
     * @throws IOException if it cannot be started, or says by its exit code that it failed
     */
    static Outcome run(Path directory, String... words) throws IOException, InterruptedException {
        return run(directory, 0, words);
    }

    /** The same of irqstorm, whose exit code may be a verdict. */
    static Outcome runToVerdict(Path directory, String... words) throws IOException, InterruptedException {
        return run(directory, VERDICT, words);
    }

    private static Outcome run(Path directory, int greatestCode, String... words)
            throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Process process = new ProcessBuilder(words)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        int code = process.waitFor();
        double seconds = (System.nanoTime() - begin) / NANOS_PER_SECOND;
        if (code > greatestCode) {
            throw new IOException(
                    String.join(" ", words) + " ended with exit code " + code + ": " + String.join("\n", lines));
        }
        return new Outcome(seconds, lines);
    }

    /** Whether there is a program of this name on the path. */
    static boolean exists(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(directory -> Path.of(directory, program).toFile())
                .anyMatch(file -> file.canExecute());
    }

    /** The median of {@code values}, of which there is at least one; the greater of the middle two if their number is even. */
    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
