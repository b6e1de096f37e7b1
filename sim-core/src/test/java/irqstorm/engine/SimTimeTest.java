// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class SimTimeTest {

    @Test
    void aDelayIsAddedToAnInstant() {
        assertThat(SimTime.add(0, 0)).isZero();
        assertThat(SimTime.add(3, 4)).isEqualTo(7);
        assertThat(SimTime.add(SimTime.LATEST, 0)).isEqualTo(SimTime.LATEST);
        assertThat(SimTime.add(SimTime.LATEST - 5, 5)).isEqualTo(SimTime.LATEST);
    }

    @Test
    void unitsAreMultiplesOfEachOther() {
        assertThat(SimTime.NANOS_PER_MICRO).isEqualTo(1_000);
        assertThat(SimTime.NANOS_PER_MILLI).isEqualTo(1_000 * SimTime.NANOS_PER_MICRO);
        assertThat(SimTime.NANOS_PER_SECOND).isEqualTo(1_000 * SimTime.NANOS_PER_MILLI);
    }

    @Test
    void neverIsLaterThanTheLatestInstant() {
        assertThat(SimTime.NEVER).isEqualTo(SimTime.LATEST + 1).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aNegativeDelayIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SimTime.add(10, -1))
                .withMessageContaining("-1 ns");
    }

    @Test
    void aSumBeyondTheEndOfTimeIsRefusedInsteadOfWrapping() {
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> SimTime.add(SimTime.LATEST, 1))
                .withMessageContaining("beyond the end of simulated time");
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> SimTime.add(10, Long.MAX_VALUE));
    }

    @Test
    void whatIsNoInstantIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SimTime.add(-1, 5))
                .withMessageContaining("-1 ns");
        assertThatIllegalArgumentException().isThrownBy(() -> SimTime.requireInstant(SimTime.NEVER));
        assertThat(SimTime.requireInstant(0)).isZero();
        assertThat(SimTime.requireInstant(SimTime.LATEST)).isEqualTo(SimTime.LATEST);
    }
}
