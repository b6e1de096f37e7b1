// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.experiment;

import irqstorm.guest.GuestProgram;
import irqstorm.guest.GuestStep;
import irqstorm.machine.Arrivals;
import irqstorm.machine.Hazard;
import irqstorm.machine.MachineConfig;
import irqstorm.random.DelayTable;
import java.util.ArrayList;
import java.util.List;

/** Whether anything in a machine is left to chance. */
final class Chance {
    private static final int CERTAIN_PER_BILLION = 1_000_000_000;

    private Chance() {}

    /** Whether {@code config} has a distribution with more than one value, or something that happens with a probability. */
    static boolean isIn(MachineConfig config) {
        return tables(config).stream().anyMatch(table -> table.minNanos() < table.maxNanos())
                || config.hazards().steps().stream().map(Hazard::deed).anyMatch(Chance::isRandom);
    }

    private static List<DelayTable> tables(MachineConfig config) {
        List<DelayTable> tables = new ArrayList<>(config.latencies().values());
        config.devices().forEach(device -> {
            if (device.arrivals() instanceof Arrivals.Open open) {
                tables.add(open.gap());
            } else if (device.arrivals() instanceof Arrivals.AfterService after) {
                tables.add(after.gap());
            }
        });
        for (GuestProgram program : config.guest().programs().values()) {
            for (GuestStep step : program.steps()) {
                DelayTable duration = step.duration();
                if (duration != null) {
                    tables.add(duration);
                }
            }
        }
        return tables;
    }

    private static boolean isRandom(Hazard.Deed deed) {
        if (deed instanceof Hazard.Deed.CorruptEoiSlots slots) {
            return slots.perBillion() < CERTAIN_PER_BILLION || slots.value() instanceof Hazard.SlotValue.AnyInvalid;
        }
        return deed instanceof Hazard.Deed.CorruptEoiSlot slot && slot.value() instanceof Hazard.SlotValue.AnyInvalid;
    }
}
