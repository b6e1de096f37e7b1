// SPDX-License-Identifier: Apache-2.0
package irqstorm.performance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Work that there is more or less of.
 *
 * @param name what there is more or less of, and of what work
 * @param sizes how much of it, in ascending order
 * @param work makes work of a size; making it is not part of the cost
 */
record Axis(String name, List<Integer> sizes, IntFunction<Callable<Cost.Done>> work) {
    private static final int ROUNDS = 3;

    /** What the work costs at each size: the least of some rounds through all sizes, after one that warms up. */
    List<Cost> costs() throws Exception {
        List<List<Cost>> rounds = new ArrayList<>();
        for (int round = 0; round <= ROUNDS; round++) {
            List<Cost> costs = new ArrayList<>();
            for (int size : sizes) {
                costs.add(Cost.of(work.apply(size)));
            }
            rounds.add(costs);
        }
        return IntStream.range(0, sizes.size())
                .mapToObj(place -> Cost.typical(
                        rounds.stream().skip(1).map(costs -> costs.get(place)).toList()))
                .toList();
    }
}
