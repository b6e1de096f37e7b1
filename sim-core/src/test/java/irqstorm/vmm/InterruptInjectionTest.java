// SPDX-License-Identifier: Apache-2.0
package irqstorm.vmm;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.apic.LapicRegister;
import irqstorm.apic.LapicTraits;
import irqstorm.apic.LocalApic;
import irqstorm.apic.Pic;
import irqstorm.apic.TriggerMode;
import irqstorm.apic.VectorSet;
import irqstorm.state.StateStore;
import org.junit.jupiter.api.Test;

/** How a VMM with its own controllers gets interrupts into its vCPUs. */
class InterruptInjectionTest {
    private final StateStore store = new StateStore();
    private final LocalApic[] apics = {apic(0), apic(1)};
    private final Pic pic = new Pic(store);
    private final InterruptInjection injection = new InterruptInjection(apics, pic);

    private LocalApic apic(int id) {
        LocalApic apic = new LocalApic(store, LapicTraits.ARCHITECTURAL, id);
        apic.write(LapicRegister.SPIV.offset(), 0x1FF);
        return apic;
    }

    @Test
    void whereNothingWaitsNothingIsInjected() {
        assertThat(injection.wantsWindow(0)).isFalse();
        assertThat(injection.inject(0, true)).isEqualTo(VectorSet.NONE);
    }

    @Test
    void anInterruptWaitsForTheWindowAndIsThenInService() {
        apics[1].accept(0x51, TriggerMode.EDGE);
        assertThat(injection.wantsWindow(1)).isTrue();
        assertThat(injection.wantsWindow(0)).isFalse();
        assertThat(injection.inject(1, false)).isEqualTo(VectorSet.NONE);
        assertThat(apics[1].requested().contains(0x51)).isTrue();
        assertThat(injection.inject(1, true)).isEqualTo(0x51);
        assertThat(apics[1].inService().contains(0x51)).isTrue();
        assertThat(apics[1].requested().isEmpty()).isTrue();
        assertThat(injection.wantsWindow(1)).isFalse();
    }

    @Test
    void whatThePriorityHoldsBackNeedsNoWindow() {
        apics[0].accept(0x51, TriggerMode.EDGE);
        apics[0].writeCr8(5);
        assertThat(injection.wantsWindow(0)).isFalse();
        assertThat(injection.inject(0, true)).isEqualTo(VectorSet.NONE);
    }

    @Test
    void thePicIsBehindTheFirstVcpuAndComesFirst() {
        pic.setVectorBase(0, 0x30);
        pic.setLine(1, true);
        apics[0].accept(0x51, TriggerMode.EDGE);
        assertThat(injection.wantsWindow(1)).isFalse();
        assertThat(injection.inject(1, true)).isEqualTo(VectorSet.NONE);
        assertThat(injection.inject(0, true)).isEqualTo(0x31);
        assertThat(apics[0].inService().isEmpty()).isTrue();
        assertThat(injection.inject(0, true)).isEqualTo(0x51);
    }
}
