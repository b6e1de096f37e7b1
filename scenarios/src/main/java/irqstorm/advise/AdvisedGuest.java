// SPDX-License-Identifier: Apache-2.0
package irqstorm.advise;

import irqstorm.guest.GuestStart;
import irqstorm.scenario.Scenario;

/**
 * A guest that a VMM is advised for.
 *
 * @param name its name
 * @param fresh whether it boots on this VM, against what the flag makes KVM show
 * @param usesDirectedEoi whether it was resumed believing in directed EOI
 */
public record AdvisedGuest(String name, boolean fresh, boolean usesDirectedEoi) {
    static AdvisedGuest of(Scenario scenario) {
        GuestStart start = scenario.machine().guest().start();
        boolean directed = start instanceof GuestStart.Resumed resumed && resumed.usesDirectedEoi();
        return new AdvisedGuest(scenario.configuration(), start instanceof GuestStart.Fresh, directed);
    }
}
