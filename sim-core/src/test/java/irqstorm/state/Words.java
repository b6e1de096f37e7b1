// SPDX-License-Identifier: Apache-2.0
package irqstorm.state;

import java.util.List;
import java.util.stream.IntStream;

/** The words of a store as values that tests compare. */
final class Words {
    private Words() {}

    /** The first {@code count} words. */
    static List<Long> of(StateStore store, int count) {
        return IntStream.range(0, count).mapToObj(store::get).toList();
    }
}
