// SPDX-License-Identifier: Apache-2.0
package irqstorm.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The explorer is worth something if it finds the bugs that are there, and none where there are none. */
class SeededBugsTest {
    /** The longest way to a bug that somebody will read. */
    private static final int MOST_EVENTS = 29;

    @ParameterizedTest
    @EnumSource
    void everySeededBugIsFoundOnAShortPath(SeededBug bug, @TempDir Path scratch) {
        Map<String, List<String>> found = new ChangedModel(bug.changes(), scratch).explore(bug.machine());

        assertThat(found).as(bug.breaks()).containsKey(bug.violation().name());
        assertThat(found.get(bug.violation().name())).hasSizeLessThanOrEqualTo(MOST_EVENTS);
    }

    @ParameterizedTest
    @EnumSource
    void theModelAsItIsHasNoneOfThem(SmallMachine machine) {
        Exploration exploration = machine.explore();

        assertThat(exploration.violations()).isEmpty();
        assertThat(exploration.outcome()).isEqualTo(Exploration.Outcome.EXHAUSTED);
    }
}
