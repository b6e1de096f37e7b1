// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.state.StateStore;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class VectorSetTest {
    private final StateStore store = new StateStore();
    private final VectorSet before = new VectorSet(store);
    private final VectorSet set = new VectorSet(store);
    private final VectorSet after = new VectorSet(store);

    @Test
    void aNewSetIsEmpty() {
        assertThat(set.isEmpty()).isTrue();
        assertThat(set.highest()).isEqualTo(VectorSet.NONE);
        assertThat(set.size()).isZero();
    }

    @Test
    void everyVectorCanBeTheOnlyMember() {
        for (int vector = 0; vector < VectorSet.VECTORS; vector++) {
            set.add(vector);
            assertThat(set.isEmpty()).isFalse();
            assertThat(set.highest()).isEqualTo(vector);
            for (int other = 0; other < VectorSet.VECTORS; other++) {
                assertThat(set.contains(other)).isEqualTo(other == vector);
            }
            for (int index = 0; index < 8; index++) {
                assertThat(set.register(index)).isEqualTo(index == vector / 32 ? 1L << vector % 32 : 0);
            }
            set.remove(vector);
            assertThat(set.isEmpty()).isTrue();
        }
    }

    @Test
    void addingTwiceAndRemovingWhatIsNotThereChangesNothing() {
        set.add(0x51);
        set.add(0x51);
        assertThat(set.size()).isEqualTo(1);
        set.remove(0x52);
        assertThat(set.contains(0x51)).isTrue();
        set.put(0x52, false);
        set.put(0x53, true);
        set.put(0x51, false);
        assertThat(set.highest()).isEqualTo(0x53);
        assertThat(set.size()).isEqualTo(1);
    }

    @Test
    void aRegisterShowsThirtyTwoVectorsAndNoSign() {
        for (int vector = 0x40; vector < 0x80; vector++) {
            set.add(vector);
        }
        assertThat(set.register(1)).isZero();
        assertThat(set.register(2)).isEqualTo(0xFFFF_FFFFL);
        assertThat(set.register(3)).isEqualTo(0xFFFF_FFFFL);
        assertThat(set.register(4)).isZero();
    }

    @Test
    void writingARegisterReplacesItsVectorsAndNoOthers() {
        set.add(0x3F);
        set.add(0x41);
        set.add(0x60);
        set.setRegister(2, 0xFFFF_FFFF_8000_0001L);

        assertThat(set.register(2)).isEqualTo(0x8000_0001L);
        assertThat(set.contains(0x41)).isFalse();
        assertThat(set.contains(0x40)).isTrue();
        assertThat(set.contains(0x5F)).isTrue();
        assertThat(set.contains(0x3F)).isTrue();
        assertThat(set.contains(0x60)).isTrue();
        assertThat(set.size()).isEqualTo(4);

        set.setRegister(3, 0);
        assertThat(set.contains(0x60)).isFalse();
        assertThat(set.register(2)).isEqualTo(0x8000_0001L);
    }

    @Test
    void clearingRemovesEverything() {
        for (int vector = 0; vector < VectorSet.VECTORS; vector += 3) {
            set.add(vector);
        }
        set.clear();
        assertThat(set.isEmpty()).isTrue();
    }

    @Test
    void setsInOneStoreDoNotTouchEachOther() {
        for (int vector = 0; vector < VectorSet.VECTORS; vector++) {
            set.add(vector);
        }
        assertThat(before.isEmpty()).isTrue();
        assertThat(after.isEmpty()).isTrue();
        after.add(0);
        set.clear();
        assertThat(after.contains(0)).isTrue();
    }

    @Test
    void randomOperationsGiveWhatTwoHundredAndFiftySixBooleansGive() {
        SplittableRandom random = new SplittableRandom(1);
        boolean[] plain = new boolean[VectorSet.VECTORS];
        for (int i = 0; i < 20_000; i++) {
            int vector = random.nextInt(VectorSet.VECTORS);
            boolean member = random.nextInt(3) == 0;
            plain[vector] = member;
            set.put(vector, member);

            int highest = VectorSet.NONE;
            int size = 0;
            int limit = random.nextInt(VectorSet.VECTORS + 1);
            int below = VectorSet.NONE;
            for (int v = 0; v < plain.length; v++) {
                highest = plain[v] ? v : highest;
                below = plain[v] && v < limit ? v : below;
                size += plain[v] ? 1 : 0;
            }
            assertThat(set.highest()).isEqualTo(highest);
            assertThat(set.highestBelow(limit)).isEqualTo(below);
            assertThat(set.size()).isEqualTo(size);
            assertThat(set.contains(vector)).isEqualTo(member);
        }
    }
}
