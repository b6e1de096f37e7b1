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

/** Runs JMH benchmarks of the core in forks of which those of different parameters take turns. */
final class Benchmarks {
    private static final int TURNS = 3;
    private static final int SCORE = 4;
    private static final int PARAMETERS = 7;

    private Benchmarks() {}

    /**
     * The median scores, by what was measured and with which parameters: {@code storm NONE}, {@code storm:deliveries NONE}.
     *
     * @param options those of JMH besides the number of forks
     */
    static Map<String, Double> scores(Tree tree, String... options) throws IOException, InterruptedException {
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
        return medians;
    }

    private static void add(Map<String, List<Double>> scores, String line) {
        String[] cells = line.replace("\"", "").split(",", -1);
        String what = cells[0].replaceFirst("^.*Benchmark\\.", "");
        String parameters = String.join(" ", Arrays.copyOfRange(cells, PARAMETERS, cells.length));
        scores.computeIfAbsent(what + " " + parameters, key -> new ArrayList<>())
                .add(Double.valueOf(cells[SCORE]));
    }
}
