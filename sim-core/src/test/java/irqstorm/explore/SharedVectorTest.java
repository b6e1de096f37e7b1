// SPDX-License-Identifier: Apache-2.0
package irqstorm.explore;

import static irqstorm.machine.MachineFixture.GSI;
import static irqstorm.machine.MachineFixture.VECTOR;
import static irqstorm.machine.MachineFixture.lapicEoi;
import static irqstorm.machine.MachineFixture.levelPin;
import static irqstorm.machine.MachineFixture.service;
import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.explore.Exploration.Found;
import irqstorm.guest.EoiMechanism;
import irqstorm.kvm.IrqchipMode;
import irqstorm.machine.MachineFixture;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two level pins that the guest gave one vector. */
class SharedVectorTest {
    private static List<Found> violations(IrqchipMode irqchip) {
        MachineFixture fixture = new MachineFixture()
                .irqchip(irqchip)
                .pin(levelPin(GSI + 1, VECTOR))
                .plainGuest(service(), lapicEoi(EoiMechanism.MMIO))
                .levelDevice("uhci", GSI, 0)
                .levelDevice("ahci", GSI + 1, 0);
        return Explorer.explore(
                        fixture.config(),
                        new Bounds(1, 2, Bounds.Clocks.ANY, 1_000, 10_000),
                        Search.BREADTH_FIRST,
                        true)
                .violations();
    }

    /** An EOI is matched by its vector, so that it is not wrong, and what is still asserted is delivered again. */
    @Test
    void anEoiOnItsWayToTheVmmMayEndThePinThatWasDeliveredMeanwhileAndNothingBadComesOfIt() {
        assertThat(violations(IrqchipMode.SPLIT)).isEmpty();
    }

    @Test
    void anEoiInTheKernelIsNeverOnItsWay() {
        assertThat(violations(IrqchipMode.KERNEL)).isEmpty();
    }
}
