// SPDX-License-Identifier: Apache-2.0
package irqstorm.nested;

import static irqstorm.nested.VmxControl.ACKNOWLEDGE_INTERRUPT_ON_EXIT;
import static irqstorm.nested.VmxControl.EXTERNAL_INTERRUPT_EXITING;
import static irqstorm.nested.VmxControl.INTERRUPT_WINDOW_EXITING;
import static irqstorm.nested.VmxControl.NMI_EXITING;
import static irqstorm.nested.VmxControl.NMI_WINDOW_EXITING;
import static irqstorm.nested.VmxControl.POSTED_INTERRUPTS;
import static irqstorm.nested.VmxControl.SECONDARY_CONTROLS;
import static irqstorm.nested.VmxControl.VIRTUAL_INTERRUPT_DELIVERY;
import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.apic.DeliveryMode;
import irqstorm.apic.LapicRegister;
import irqstorm.apic.LapicTraits;
import irqstorm.apic.LocalApic;
import irqstorm.apic.TriggerMode;
import irqstorm.apic.VectorSet;
import irqstorm.cpu.ActivityState;
import irqstorm.cpu.Processor;
import irqstorm.nested.VmxGuest.Event;
import irqstorm.state.StateStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to an L2 under VMX at its next instruction boundary. */
class VmxGuestTest {
    private final StateStore store = new StateStore();
    private final LocalApic apic = new LocalApic(store, LapicTraits.KVM, 0);
    private final Processor processor = new Processor(store, apic);
    private final VmxGuest guest = new VmxGuest(store);
    private VmxControls controls = VmxControls.NONE.with(SECONDARY_CONTROLS, true);

    @BeforeEach
    void enable() {
        apic.write(LapicRegister.SPIV.offset(), 0x1FF);
        guest.interruptibility().setInterruptFlag(true);
    }

    private void set(VmxControl control) {
        controls = controls.with(control, true);
    }

    private Event next() {
        return guest.next(processor, controls);
    }

    private int take(Event event) {
        assertThat(next()).isEqualTo(event);
        return guest.take(event, processor, controls);
    }

    private void signal(DeliveryMode mode, int vector) {
        processor.pending().accept(mode, vector, false);
    }

    @Test
    void nothingIsPending() {
        assertThat(guest.activity()).isEqualTo(ActivityState.ACTIVE);
        assertThat(take(Event.NONE)).isEqualTo(VectorSet.NONE);
    }

    @Test
    void aDirectInterruptRunsInL2() {
        apic.accept(0x51, TriggerMode.EDGE);
        guest.setActivity(ActivityState.HALTED);
        assertThat(take(Event.INTERRUPT)).isEqualTo(0x51);
        assertThat(apic.inService().contains(0x51)).isTrue();
        assertThat(guest.activity()).isEqualTo(ActivityState.ACTIVE);
        assertThat(guest.interruptibility().interruptFlag()).isFalse();
    }

    @Test
    void aDirectInterruptWaitsForTheFlagAnInterceptedOneDoesNot() {
        guest.interruptibility().setInterruptFlag(false);
        apic.accept(0x51, TriggerMode.EDGE);
        assertThat(next()).isEqualTo(Event.NONE);
        set(EXTERNAL_INTERRUPT_EXITING);
        assertThat(take(Event.INTERRUPT_EXIT)).isEqualTo(VectorSet.NONE);
        assertThat(apic.requested().contains(0x51)).as("still requested").isTrue();
        set(ACKNOWLEDGE_INTERRUPT_ON_EXIT);
        assertThat(take(Event.INTERRUPT_EXIT)).isEqualTo(0x51);
        assertThat(apic.inService().contains(0x51)).isTrue();
        assertThat(apic.requested().isEmpty()).isTrue();
    }

    @Test
    void theNotificationVectorMovesPostedInterruptsInsteadOfExiting() {
        set(EXTERNAL_INTERRUPT_EXITING);
        set(POSTED_INTERRUPTS);
        set(VIRTUAL_INTERRUPT_DELIVERY);
        controls = controls.withPosting(0xF2, 0);
        guest.posted().post(0x61);
        apic.accept(0xF2, TriggerMode.EDGE);
        take(Event.NOTIFICATION);
        assertThat(apic.requested().isEmpty()).isTrue();
        assertThat(apic.inService().isEmpty()).isTrue();
        assertThat(take(Event.VIRTUAL_INTERRUPT)).isEqualTo(0x61);
        assertThat(guest.delivery().servicing()).isEqualTo(0x61);
        assertThat(guest.interruptibility().interruptFlag()).isFalse();

        apic.accept(0xF1, TriggerMode.EDGE);
        assertThat(next()).as("another vector").isEqualTo(Event.INTERRUPT_EXIT);
    }

    @Test
    void withoutPostingTheVectorIsLikeAnyOther() {
        set(EXTERNAL_INTERRUPT_EXITING);
        controls = controls.withPosting(0xF2, 0);
        apic.accept(0xF2, TriggerMode.EDGE);
        assertThat(next()).isEqualTo(Event.INTERRUPT_EXIT);
    }

    @Test
    void aVirtualInterruptNeedsTheControlAndTheFlag() {
        guest.delivery().request(0x61);
        assertThat(next()).isEqualTo(Event.NONE);
        set(VIRTUAL_INTERRUPT_DELIVERY);
        assertThat(next()).isEqualTo(Event.VIRTUAL_INTERRUPT);
        guest.interruptibility().setInterruptFlag(false);
        assertThat(next()).isEqualTo(Event.NONE);
    }

    @Test
    void anOpenInterruptWindowExitsBeforeAnyInterrupt() {
        set(INTERRUPT_WINDOW_EXITING);
        apic.accept(0x51, TriggerMode.EDGE);
        assertThat(take(Event.INTERRUPT_WINDOW_EXIT)).isEqualTo(VectorSet.NONE);
        guest.interruptibility().setStiShadow(true);
        assertThat(next()).isEqualTo(Event.NONE);
        guest.interruptibility().clearShadows();
        guest.interruptibility().setInterruptFlag(false);
        assertThat(next()).isEqualTo(Event.NONE);
    }

    @Test
    void anNmiExitsOrRunsInL2() {
        signal(DeliveryMode.NMI, 0);
        guest.interruptibility().setNmiBlocked(true);
        assertThat(next()).isEqualTo(Event.NONE);
        set(NMI_EXITING);
        take(Event.NMI_EXIT);
        assertThat(processor.pending().nmis()).isZero();

        controls = controls.with(NMI_EXITING, false);
        guest.interruptibility().setNmiBlocked(false);
        guest.setActivity(ActivityState.HALTED);
        signal(DeliveryMode.NMI, 0);
        take(Event.NMI);
        assertThat(guest.interruptibility().nmiBlocked()).isTrue();
        assertThat(guest.activity()).isEqualTo(ActivityState.ACTIVE);
        assertThat(processor.pending().nmis()).isZero();
    }

    @Test
    void anOpenNmiWindowExitsFirst() {
        set(NMI_WINDOW_EXITING);
        signal(DeliveryMode.NMI, 0);
        set(NMI_EXITING);
        take(Event.NMI_WINDOW_EXIT);
        guest.interruptibility().setNmiBlocked(true);
        assertThat(next()).isEqualTo(Event.NMI_EXIT);
        guest.interruptibility().setNmiBlocked(false);
        guest.interruptibility().setMovSsShadow(true);
        assertThat(next()).isEqualTo(Event.NMI_EXIT);
    }

    @Test
    void initTakesL2OutAndIsConsumed() {
        signal(DeliveryMode.INIT, 0);
        take(Event.INIT_EXIT);
        assertThat(processor.pending().init()).isFalse();
        assertThat(next()).isEqualTo(Event.NONE);
    }

    @Test
    void anL2ThatWaitsForAStartUpHearsNothingElse() {
        guest.setActivity(ActivityState.WAIT_FOR_SIPI);
        signal(DeliveryMode.NMI, 0);
        apic.accept(0x51, TriggerMode.EDGE);
        set(NMI_EXITING);
        assertThat(next()).isEqualTo(Event.NONE);
        signal(DeliveryMode.STARTUP, 8);
        assertThat(take(Event.SIPI_EXIT)).isEqualTo(8);
        assertThat(next()).isEqualTo(Event.NONE);
    }
}
