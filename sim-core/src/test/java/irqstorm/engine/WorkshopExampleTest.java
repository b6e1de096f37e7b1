// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The example of the package's documentation, which has to work. */
class WorkshopExampleTest {

    static final class Workshop implements EventHandler {
        private static final long ARRIVAL = 0;
        private static final long DONE = 1;

        final Simulation simulation =
                new Simulation(this, new RunLimits(10 * SimTime.NANOS_PER_SECOND, 1_000_000, 100));
        private int waiting;

        @Override
        public void onEvent(long timeNanos, long payload, long cause) {
            if (payload == ARRIVAL) {
                simulation.scheduleAfter(10 * SimTime.NANOS_PER_MICRO, Priority.INPUT, ARRIVAL);
                waiting++;
            } else {
                waiting--;
            }
            if (waiting > 0 && (payload == DONE || waiting == 1)) {
                simulation.scheduleAfter(4 * SimTime.NANOS_PER_MICRO, Priority.COMPLETION, DONE);
            }
        }
    }

    @Test
    void theWorkshopWorksForASecond() {
        Workshop workshop = new Workshop();
        workshop.simulation.schedule(0, Priority.INPUT, Workshop.ARRIVAL);
        StopReason reason = workshop.simulation.runUntil(SimTime.NANOS_PER_SECOND);

        assertThat(reason).isEqualTo(StopReason.TIME);
        assertThat(workshop.simulation.now()).isEqualTo(SimTime.NANOS_PER_SECOND);
        assertThat(workshop.simulation.eventsRun()).isEqualTo(200_001);
        assertThat(workshop.waiting).isEqualTo(1);
    }
}
