// SPDX-License-Identifier: Apache-2.0
package irqstorm.export;

import irqstorm.scenario.Scenario;
import java.util.List;

/**
 * What an export has to know of the machine before its first event.
 *
 * @param scenario the scenario's name
 * @param title what it is about
 * @param configuration the configuration's name, or an empty string
 * @param irqchip who emulates the interrupt controllers: none, kernel or split
 * @param apicv whether the processor delivers interrupts itself
 * @param vcpus how many vCPUs
 * @param devices the names of the devices; events refer to them by their place
 * @param deviceGsis the pin of each device's line, or −1
 * @param gsis every pin in use, ascending
 */
public record Subject(
        String scenario,
        String title,
        String configuration,
        String irqchip,
        boolean apicv,
        int vcpus,
        List<String> devices,
        List<Integer> deviceGsis,
        List<Integer> gsis) {
    /** Keeps its own copies. */
    public Subject {
        devices = List.copyOf(devices);
        deviceGsis = List.copyOf(deviceGsis);
        gsis = List.copyOf(gsis);
    }

    /** What exports of {@code scenario} have to know. */
    public static Subject of(Scenario scenario) {
        return new Subject(
                scenario.name(),
                scenario.title(),
                scenario.configuration(),
                scenario.irqchip(),
                scenario.usesApicv(),
                scenario.vcpus(),
                scenario.deviceNames(),
                scenario.deviceGsis(),
                scenario.gsis());
    }

    /** The number above every pin in use: the size of a table by pin. */
    int pinTableSize() {
        return gsis.isEmpty() ? 0 : gsis.get(gsis.size() - 1) + 1;
    }

    /** The scenario's name, with the configuration's if it has one. */
    String label() {
        return configuration.isEmpty() ? scenario : scenario + ", " + configuration;
    }
}
