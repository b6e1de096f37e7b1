// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.check.Damage;
import irqstorm.check.EoiFaults;
import irqstorm.check.Happening;
import irqstorm.run.RunRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of hazards: who is hurt, and what happened. */
class HazardWordsTest {
    private static final Damage HOST = new Damage("", Damage.Kind.HOST, 5, Damage.FOR_GOOD);
    private static final Damage GUEST = new Damage("", Damage.Kind.GUEST, 5, Damage.FOR_GOOD);

    private static Damage blocked(String line, long from, long to) {
        return new Damage(line, Damage.Kind.LINE_BLOCKED, from, to);
    }

    private static RunRecord hurting(Damage... damages) {
        return Runs.withHazards(new RunRecord.Hazards(List.of(), List.of(damages), EoiFaults.NONE));
    }

    private static RunRecord where(Happening... happenings) {
        return Runs.withHazards(new RunRecord.Hazards(List.of(happenings), List.of(), EoiFaults.NONE));
    }

    @Test
    void whoIsHurtIsTheWorstThatHappened() {
        assertThat(HazardWords.hurt(hurting())).isEqualTo("nobody");
        assertThat(HazardWords.hurt(hurting(blocked("usb", 0, 10_000), GUEST))).isEqualTo("guest, for good");
        assertThat(HazardWords.hurt(hurting(GUEST, HOST))).isEqualTo("host and its guests, for good");
    }

    @Test
    void howLongALineIsHurtIsTheSumOfItsOutages() {
        assertThat(HazardWords.hurt(hurting(
                        blocked("usb", 1000, 11_000), blocked("nic", 0, 1_000_000), blocked("usb", 20_000, 25_000))))
                .isEqualTo("usb, 15us; nic, 1ms");
        assertThat(HazardWords.hurt(hurting(blocked("usb", 1000, 11_000), blocked("usb", 20_000, Damage.FOR_GOOD))))
                .isEqualTo("usb, for good");
        assertThat(HazardWords.hurt(hurting(new Damage("nic", Damage.Kind.LINE_ENDED_BY_MISTAKE, 7, 7))))
                .isEqualTo("nic, one EOI early");
    }

    @Test
    void whatHappenedAtOneMomentIsOneClause() {
        assertThat(HazardWords.story(where())).isEqualTo("Nothing happened.");
        assertThat(HazardWords.story(where(
                        new Happening(5_000_000, "this"),
                        new Happening(5_000_000, "that"),
                        new Happening(6_000_000, "more"))))
                .isEqualTo("At 5ms this, that; at 6ms more.");
        assertThat(HazardWords.story(where(
                        new Happening(1_000_000, "a"),
                        new Happening(2_000_000, "b"),
                        new Happening(3_000_000, "c"),
                        new Happening(4_000_000, "d"),
                        new Happening(5_000_000, "e"))))
                .isEqualTo("At 1ms a; at 2ms b; at 3ms c; and so on, 2 times more.");
    }

    @Test
    void corruptedSlotsAreCountedOnlyWhereThereAreSome() {
        RunRecord faulty = Runs.withHazards(new RunRecord.Hazards(List.of(), List.of(), new EoiFaults(3, 2, 1, 1, 0)));
        assertThat(HazardWords.hasEoiFaults(faulty)).isTrue();
        assertThat(HazardWords.eoiFaults(faulty))
                .isEqualTo("3 slots corrupted, 2 EOIs lost, 1 on a wrong line, 1 spurious, 0 later ones blocked");
        assertThat(HazardWords.eoiFaults(hurting())).isEmpty();
    }

    @Test
    void withoutHazardsThereIsNothingToSay() {
        RunRecord none = Runs.lost();
        assertThat(HazardWords.areIn(List.of(none))).isFalse();
        assertThat(HazardWords.areIn(List.of(none, hurting()))).isTrue();
        assertThat(HazardWords.hurt(none)).isEqualTo(Figures.NONE);
        assertThat(HazardWords.story(none)).isEmpty();
        assertThat(HazardWords.eoiFaults(none)).isEmpty();
        assertThat(HazardWords.stories(new Overview(List.of(none, hurting())))).containsOnlyKeys("Nothing happened.");
    }
}
