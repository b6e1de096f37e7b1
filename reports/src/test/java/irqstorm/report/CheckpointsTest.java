// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.report.Checkpoints.Stretch;
import org.junit.jupiter.api.Test;

class CheckpointsTest {
    private static final long NONE = -1;

    /** A run of {@code events}, of which number {@code odd} is another one. */
    private static Checkpoints run(long events, long odd) {
        Checkpoints run = new Checkpoints();
        for (long i = 1; i <= events; i++) {
            run.record(i, 10 * i, Actor.L2, EventKind.VM_EXIT, i == odd ? 1 : 0, 2, 3, i - 1);
        }
        return run;
    }

    @Test
    void runsThatAreAlikeHaveNoDifference() {
        assertThat(run(10_000, NONE).firstDifference(run(10_000, NONE))).isEmpty();
        assertThat(run(0, NONE).firstDifference(run(0, NONE))).isEmpty();
    }

    @Test
    void aDifferenceInAShortRunIsFoundToTheEvent() {
        assertThat(run(100, NONE).firstDifference(run(100, 1))).contains(new Stretch(1, 1));
        assertThat(run(100, 17).firstDifference(run(90, NONE))).contains(new Stretch(17, 17));
        assertThat(run(100, NONE).firstDifference(run(100, 100))).contains(new Stretch(100, 100));
    }

    @Test
    void aDifferenceInALongRunIsFoundToAStretchThatStaysSmallAgainstTheRun() {
        for (long odd : new long[] {1, 4096, 4097, 8192, 50_001, 99_999, 100_000}) {
            Stretch stretch =
                    run(100_000, NONE).firstDifference(run(100_000, odd)).orElseThrow();
            assertThat(odd).isBetween(stretch.first(), stretch.last());
            assertThat(stretch.last() - stretch.first() + 1).isLessThanOrEqualTo(2 * 100_000 / Checkpoints.MOST);
        }
    }

    @Test
    void runsOfDifferentLengthsAreComparedWhereBothHavePoints() {
        Stretch stretch = run(100_000, NONE).firstDifference(run(5000, 4500)).orElseThrow();
        assertThat(4500L).isBetween(stretch.first(), stretch.last());
    }

    @Test
    void aRunThatIsTheBeginningOfAnotherDiffersWhereItEnds() {
        assertThat(run(100, NONE).firstDifference(run(60, NONE))).contains(new Stretch(61, 61));
        Stretch late = run(20_000, NONE).firstDifference(run(19_999, NONE)).orElseThrow();
        assertThat(20_000L).isBetween(late.first(), late.last());
    }

    @Test
    void timeActorKindValuesAndCauseAllCount() {
        assertThat(one(1, Actor.L2, EventKind.VM_EXIT, 1, 2, 3, 4)
                        .firstDifference(one(1, Actor.L2, EventKind.VM_EXIT, 1, 2, 3, 4)))
                .isEmpty();
        Checkpoints[] others = {
            one(2, Actor.L2, EventKind.VM_EXIT, 1, 2, 3, 4),
            one(1, Actor.L1, EventKind.VM_EXIT, 1, 2, 3, 4),
            one(1, Actor.L2, EventKind.VM_ENTRY, 1, 2, 3, 4),
            one(1, Actor.L2, EventKind.VM_EXIT, 0, 2, 3, 4),
            one(1, Actor.L2, EventKind.VM_EXIT, 1, 0, 3, 4),
            one(1, Actor.L2, EventKind.VM_EXIT, 1, 2, 0, 4),
            one(1, Actor.L2, EventKind.VM_EXIT, 1, 2, 3, 0)
        };
        for (Checkpoints other : others) {
            assertThat(one(1, Actor.L2, EventKind.VM_EXIT, 1, 2, 3, 4).firstDifference(other))
                    .contains(new Stretch(1, 1));
        }
    }

    private static Checkpoints one(long time, Actor actor, EventKind kind, long a, long b, long c, long cause) {
        Checkpoints run = new Checkpoints();
        run.record(1, time, actor, kind, a, b, c, cause);
        return run;
    }
}
