// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class RunLimitsTest {

    @Test
    void theExtremesAreAllowed() {
        RunLimits smallest = new RunLimits(0, 1, 1);
        RunLimits largest = new RunLimits(SimTime.LATEST, Long.MAX_VALUE, EventQueue.LARGEST_MAX_PENDING);

        assertThat(smallest.maxTimeNanos()).isZero();
        assertThat(largest.maxPending()).isEqualTo(8_388_608);
    }

    @Test
    void aTimeOutsideOfSimulatedTimeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RunLimits(-1, 1, 1))
                .withMessage("maxTimeNanos must be between 0 and " + SimTime.LATEST + ", but is -1");
        assertThatIllegalArgumentException().isThrownBy(() -> new RunLimits(SimTime.NEVER, 1, 1));
    }

    @Test
    void aRunMustBeAllowedAnEvent() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RunLimits(1, 0, 1))
                .withMessage("maxEvents must be 1 or more, but is 0");
    }

    @Test
    void aRunMustBeAllowedAPendingEventButNotMoreThanTheQueueCanHold() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RunLimits(1, 1, 0))
                .withMessage("maxPending must be between 1 and 8388608, but is 0");
        assertThatIllegalArgumentException().isThrownBy(() -> new RunLimits(1, 1, EventQueue.LARGEST_MAX_PENDING + 1));
    }
}
