// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import java.util.Arrays;
import java.util.function.LongPredicate;

/** What is done alike to arrays of (time, order key) pairs, whatever their order. */
final class Pairs {
    private Pairs() {}

    /**
     * Removes the pairs from offset {@code from} to {@code end} whose order key satisfies the condition. The others move
     * up in their order, and what they leave becomes {@link SimTime#NEVER}.
     *
     * @return the offset after the last pair that is left
     */
    static int removeIf(long[] pairs, int from, int end, LongPredicate orderCondition) {
        int kept = from;
        for (int pair = from; pair < end; pair += 2) {
            if (!orderCondition.test(pairs[pair + 1])) {
                pairs[kept] = pairs[pair];
                pairs[kept + 1] = pairs[pair + 1];
                kept += 2;
            }
        }
        Arrays.fill(pairs, kept, end, SimTime.NEVER);
        return kept;
    }
}
