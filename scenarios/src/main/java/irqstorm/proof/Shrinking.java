// SPDX-License-Identifier: Apache-2.0
package irqstorm.proof;

import irqstorm.explore.Bounds;
import irqstorm.explore.Search;
import irqstorm.explore.StateMemory;
import irqstorm.machine.Device;
import irqstorm.machine.Hazard;
import irqstorm.scenario.json.ScenarioDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes a scenario with a violation smaller: without hazards, devices, vCPUs and interrupts, as long as the same violation is there after
 * no more events.
 */
final class Shrinking {
    private final StateMemory memory;
    private final List<String> removed = new ArrayList<>();
    private ScenarioDraft draft;
    private Trial smallest;

    private Shrinking(ScenarioDraft draft, Trial trial, StateMemory memory) {
        this.memory = memory;
        this.draft = draft;
        this.smallest = trial;
    }

    /** The smallest trial with the violation of {@code trial}, which is one of {@code draft}. */
    static Shrinking of(ScenarioDraft draft, Trial trial, StateMemory memory) {
        Shrinking shrinking = new Shrinking(draft, trial, memory);
        shrinking.dropHazards();
        shrinking.dropDevices();
        shrinking.dropVcpus();
        shrinking.dropInterrupts();
        return shrinking;
    }

    Trial smallest() {
        return smallest;
    }

    /** The scenario of the smallest trial. */
    ScenarioDraft draft() {
        return draft;
    }

    /** What is no longer there, in words. */
    List<String> removed() {
        return removed;
    }

    private void dropHazards() {
        List<Hazard> hazards = draft.scenario().machine().hazards().steps();
        for (int i = hazards.size() - 1; i >= 0; i--) {
            if (holds(draft.withoutHazard(i), smallest.bounds().interrupts())) {
                removed.add(HazardName.of(hazards, i));
            }
        }
    }

    private void dropDevices() {
        List<Device> devices = draft.scenario().machine().devices();
        for (int i = devices.size() - 1; i >= 0; i--) {
            if (holds(draft.withoutDevice(i), smallest.bounds().interrupts())) {
                removed.add("device " + devices.get(i).name());
            }
        }
    }

    private void dropVcpus() {
        int before = draft.scenario().vcpus();
        for (int vcpus = 1; vcpus < before; vcpus++) {
            if (holds(draft.withVcpus(vcpus), smallest.bounds().interrupts())) {
                removed.add(counted(before - vcpus, "vCPU"));
                return;
            }
        }
    }

    private void dropInterrupts() {
        int before = smallest.bounds().interrupts();
        for (int interrupts = 0; interrupts < before; interrupts++) {
            if (holds(Optional.of(draft), interrupts)) {
                removed.add(counted(before - interrupts, "interrupt") + " of each device");
                return;
            }
        }
    }

    private static String counted(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    /** Whether the smaller scenario has the violation too; it is the smallest from then on. */
    private boolean holds(Optional<ScenarioDraft> smaller, int interrupts) {
        if (smaller.isEmpty()) {
            return false;
        }
        Bounds bounds = new Bounds(
                interrupts,
                smallest.bounds().throttleEois(),
                smallest.bounds().clocks(),
                Math.max(1, smallest.found().path().size()),
                smallest.bounds().maxStates());
        Trial trial = Trial.of(smaller.get().scenario(), bounds, Search.BREADTH_FIRST, memory);
        boolean same = trial.isViolated()
                && trial.found().violation() == smallest.found().violation();
        smallest = same ? trial : smallest;
        draft = same ? smaller.get() : draft;
        return same;
    }
}
