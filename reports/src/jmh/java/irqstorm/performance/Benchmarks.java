// SPDX-License-Identifier: Apache-2.0
package irqstorm.performance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The median scores of JMH benchmarks of the core. Forks of different parameters take turns.
 *
 * @param scores by what was measured and with which parameters: {@code storm NONE}, {@code storm:deliveries NONE}
 */
record Benchmarks(Map<String, Double> scores) {
    private static final int TURNS = 3;
    private static final int SCORE = 4;
    private static final int PARAMETERS = 7;

    /**
     * Runs benchmarks.
     *
     * @param options those of JMH besides the number of forks
     */
    static Benchmarks run(Tree tree, String... options) throws IOException, InterruptedException {
        Map<String, List<Double>> scores = new TreeMap<>();
        for (int turn = 0; turn < TURNS; turn++) {
            Path result = Files.createTempFile("irqstorm", ".csv");
            try {
                String[] fixed = {
                    Tree.java(),
                    "-jar",
                    tree.benchmarks(),
                    "-f",
                    "1",
                    "-v",
                    "SILENT",
                    "-rf",
                    "csv",
                    "-rff",
                    result.toString()
                };
                Command.run(
                        tree.root(),
                        Stream.concat(Stream.of(fixed), Stream.of(options)).toArray(String[]::new));
                Files.readAllLines(result).stream().skip(1).forEach(line -> add(scores, line));
            } finally {
                Files.delete(result);
            }
        }
        Map<String, Double> medians = new TreeMap<>();
        scores.forEach((what, values) -> medians.put(
                what,
                Command.median(values.stream().mapToDouble(Double::doubleValue).toArray())));
        return new Benchmarks(medians);
    }

    /**
     * The score of {@code what}.
     *
     * @throws IOException if there is none
     */
    double of(String what) throws IOException {
        Double score = scores.get(what);
        if (score == null) {
            throw new IOException("no score of " + what + " among " + scores.keySet());
        }
        return score;
    }

    private static void add(Map<String, List<Double>> scores, String line) {
        String[] cells = line.replace("\"", "").split(",", -1);
        String what = cells[0].replaceFirst("^.*Benchmark\\.", "");
        String parameters = String.join(" ", Arrays.copyOfRange(cells, PARAMETERS, cells.length));
        scores.computeIfAbsent(what + " " + parameters, key -> new ArrayList<>())
                .add(Double.valueOf(cells[SCORE]));
    }
}
