// SPDX-License-Identifier: Apache-2.0
package irqstorm.explore;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SearchTreeTest {
    @Test
    void thePathOfAStateIsTheChoicesFromTheFirstOneOn() {
        SearchTree tree = new SearchTree();
        tree.add(SearchTree.NONE, 0);
        tree.add(0, 2_000_000_000);
        tree.add(0, 2);
        tree.add(1, 3);
        tree.add(3, 40_000);

        assertThat(tree.path(0)).isEmpty();
        assertThat(tree.path(2)).containsExactly(2);
        assertThat(tree.path(4)).containsExactly(2_000_000_000, 3, 40_000);
    }

    @Test
    void aLongWayIsKeptWhole() {
        SearchTree tree = new SearchTree();
        tree.add(SearchTree.NONE, 0);
        for (int state = 1; state <= 100_000; state++) {
            tree.add(state - 1, state % 1000);
        }

        assertThat(tree.path(100_000)).hasSize(100_000).startsWith(1, 2, 3).endsWith(998, 999, 0);
    }
}
