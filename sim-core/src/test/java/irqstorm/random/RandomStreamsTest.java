// SPDX-License-Identifier: Apache-2.0
package irqstorm.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RandomStreamsTest {

    @Test
    void drawsAreThoseOfTheReferenceGeneratorInTheJdk() {
        for (long key : new long[] {0, 1, -1, 0x9e3779b97f4a7c15L, Long.MIN_VALUE}) {
            SplittableRandom reference = new SplittableRandom(key);
            for (long index = 0; index < 100; index++) {
                assertThat(RandomStreams.bits(key, index)).isEqualTo(reference.nextLong());
            }
        }
    }

    @Test
    void aKeyDependsOnSeedReplicationAndEveryLetterOfTheSource() {
        Set<Long> keys = new HashSet<>();
        String[] sources = {"", "a", "b", "ab", "ba", "nic", "nic0", "nic1", "\u00e9", "eoi-exit"};
        for (long seed = -20; seed < 20; seed++) {
            for (long replication = 0; replication < 40; replication++) {
                for (String source : sources) {
                    keys.add(RandomStreams.key(seed, replication, source));
                }
            }
        }
        assertThat(keys).hasSize(40 * 40 * sources.length);
    }

    @Test
    void keysStayWhatTheyAreSoThatSeedsKeepTheirMeaning() {
        assertThat(RandomStreams.key(0, 0, "")).isEqualTo(2558736989570252433L);
        assertThat(RandomStreams.key(1, 0, "nic")).isEqualTo(-2965492595476983714L);
        assertThat(RandomStreams.key(1, 1, "nic")).isEqualTo(-8679360498442558466L);
        assertThat(RandomStreams.key(-7, 3, "eoi-exit")).isEqualTo(8613108601111558929L);
    }

    @Test
    void everyBitIsSetHalfOfTheTime() {
        int draws = 100_000;
        int[] set = new int[Long.SIZE];
        long key = RandomStreams.key(1, 0, "bits");
        for (long index = 0; index < draws; index++) {
            long bits = RandomStreams.bits(key, index);
            for (int bit = 0; bit < Long.SIZE; bit++) {
                set[bit] += (int) (bits >>> bit & 1);
            }
        }
        // Six standard deviations of a binomial distribution: 6 * sqrt(100000) / 2.
        for (int count : set) {
            assertThat(count).isCloseTo(draws / 2, within(949));
        }
    }

    @Test
    void streamsOfNeighbouringReplicationsAndSeedsAreUnrelated() {
        long key = RandomStreams.key(1, 0, "nic");
        long[] neighbours = {
            RandomStreams.key(2, 0, "nic"), RandomStreams.key(1, 1, "nic"), RandomStreams.key(1, 0, "nid")
        };
        for (long neighbour : neighbours) {
            long agreeing = 0;
            for (long index = 0; index < 10_000; index++) {
                agreeing += Long.bitCount(~(RandomStreams.bits(key, index) ^ RandomStreams.bits(neighbour, index)));
            }
            // Six standard deviations about one half of 640000 bits: 6 * sqrt(640000) / 2.
            assertThat(agreeing).isCloseTo(320_000L, within(2400L));
        }
    }
}
