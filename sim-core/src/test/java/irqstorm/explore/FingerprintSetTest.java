// SPDX-License-Identifier: Apache-2.0
package irqstorm.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FingerprintSetTest {
    @Test
    void aStateIsNewOnceAndKeepsItsNumber() {
        FingerprintSet set = new FingerprintSet();
        SplittableRandom random = new SplittableRandom(7);
        Map<Long, Integer> numbers = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            // Few different ones, so that most come again; with the same upper bits, so that one part grows much more
            // than others.
            long fingerprint = (random.nextLong() >>> 63) << 60 | 1L + random.nextInt(60_000);
            Integer known = numbers.putIfAbsent(fingerprint, numbers.size());
            assertThat(set.add(fingerprint)).isEqualTo(known == null ? -1 : known);
            assertThat(set.size()).isEqualTo(numbers.size());
        }
    }

    @Test
    void theFingerprintZeroIsAState() {
        FingerprintSet set = new FingerprintSet();
        assertThat(set.add(0)).isEqualTo(-1);
        assertThat(set.add(0)).isZero();
        assertThat(set.add(2)).isEqualTo(-1);
    }

    @Test
    void aCollisionBecomesLikelierWithTheSquareOfTheStates() {
        assertThat(FingerprintSet.noCollisionButOneIn(1)).isEqualTo(Long.MAX_VALUE);
        assertThat(FingerprintSet.noCollisionButOneIn(1_000_000)).isBetween(36_000_000L, 37_000_000L);
        assertThat(FingerprintSet.noCollisionButOneIn(1 << 30)).isEqualTo(30);
        assertThat(FingerprintSet.noCollisionButOneIn(3)).isPositive();
    }
}
