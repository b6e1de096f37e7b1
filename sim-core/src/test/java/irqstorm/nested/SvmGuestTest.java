// SPDX-License-Identifier: Apache-2.0
package irqstorm.nested;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.apic.DeliveryMode;
import irqstorm.apic.LapicRegister;
import irqstorm.apic.LapicTraits;
import irqstorm.apic.LocalApic;
import irqstorm.apic.TriggerMode;
import irqstorm.apic.VectorSet;
import irqstorm.cpu.ActivityState;
import irqstorm.cpu.Processor;
import irqstorm.nested.SvmGuest.Event;
import irqstorm.state.StateStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to an L2 under SVM at its next instruction boundary. */
class SvmGuestTest {
    private static final SvmControls OPEN = new SvmControls(false, false, false, false, false, false, false, false);
    private static final SvmControls INTERCEPTS = new SvmControls(true, true, true, true, true, false, false, false);
    private static final SvmControls MASKING = new SvmControls(false, false, false, false, false, true, false, false);
    private static final SvmControls VIRTUAL = new SvmControls(false, true, false, false, false, false, true, true);

    private final StateStore store = new StateStore();
    private final LocalApic apic = new LocalApic(store, LapicTraits.KVM, 0);
    private final Processor processor = new Processor(store, apic);
    private final SvmGuest guest = new SvmGuest(store);

    @BeforeEach
    void enable() {
        apic.write(LapicRegister.SPIV.offset(), 0x1FF);
    }

    private Event next(SvmControls controls) {
        return guest.next(processor, controls);
    }

    private void interruptFlag(boolean on) {
        guest.interruptibility().setInterruptFlag(on);
    }

    private void nmi() {
        processor.pending().accept(DeliveryMode.NMI, 0, false);
    }

    @Test
    void virtualNmisNeedTheNmiIntercept() {
        assertThat(VIRTUAL.isValid()).isTrue();
        assertThat(OPEN.isValid()).isTrue();
        assertThat(new SvmControls(false, false, false, false, false, false, false, true).isValid())
                .isFalse();
    }

    @Test
    void aPhysicalInterruptObeysL2sFlagUnlessMaskingIsVirtual() {
        apic.accept(0x51, TriggerMode.EDGE);
        assertThat(next(OPEN)).isEqualTo(Event.NONE);
        assertThat(next(INTERCEPTS)).isEqualTo(Event.NONE);
        interruptFlag(true);
        assertThat(next(OPEN)).isEqualTo(Event.INTERRUPT);
        assertThat(next(INTERCEPTS)).isEqualTo(Event.INTERRUPT_EXIT);
        assertThat(next(MASKING)).as("the host's flag is clear").isEqualTo(Event.NONE);
        guest.enter(true);
        interruptFlag(false);
        assertThat(next(MASKING)).isEqualTo(Event.INTERRUPT);
        guest.enter(false);
        assertThat(next(MASKING)).isEqualTo(Event.NONE);
    }

    @Test
    void theShadowHoldsDeliveryBackButNotTheExit() {
        apic.accept(0x51, TriggerMode.EDGE);
        interruptFlag(true);
        guest.interruptibility().setStiShadow(true);
        assertThat(next(OPEN)).isEqualTo(Event.NONE);
        assertThat(next(INTERCEPTS)).isEqualTo(Event.INTERRUPT_EXIT);
    }

    @Test
    void anExitLeavesTheInterruptWhereItIs() {
        apic.accept(0x51, TriggerMode.EDGE);
        interruptFlag(true);
        assertThat(guest.take(Event.INTERRUPT_EXIT, processor)).isEqualTo(VectorSet.NONE);
        assertThat(apic.requested().contains(0x51)).isTrue();
        guest.setActivity(ActivityState.HALTED);
        assertThat(guest.take(Event.INTERRUPT, processor)).isEqualTo(0x51);
        assertThat(apic.inService().contains(0x51)).isTrue();
        assertThat(guest.activity()).isEqualTo(ActivityState.ACTIVE);
        assertThat(guest.interruptibility().interruptFlag()).isFalse();
    }

    @Test
    void anNmiExitsOrRunsInL2AndBlocksTheNext() {
        nmi();
        assertThat(next(INTERCEPTS)).isEqualTo(Event.NMI_EXIT);
        guest.take(Event.NMI_EXIT, processor);
        assertThat(processor.pending().nmis()).as("it stays").isEqualTo(1);
        assertThat(next(OPEN)).isEqualTo(Event.NMI);
        guest.take(Event.NMI, processor);
        assertThat(processor.pending().nmis()).isZero();
        nmi();
        assertThat(next(OPEN)).isEqualTo(Event.NONE);
        guest.unblockNmis();
        assertThat(next(OPEN)).isEqualTo(Event.NMI);
    }

    @Test
    void anNmiThatL1HandsOverRunsOnceAndBlocksUntilIret() {
        guest.setVirtualNmiPending(true);
        assertThat(next(OPEN)).isEqualTo(Event.NONE);
        assertThat(next(VIRTUAL)).isEqualTo(Event.VIRTUAL_NMI);
        guest.setVirtualGif(false);
        assertThat(next(VIRTUAL)).isEqualTo(Event.NONE);
        guest.setVirtualGif(true);
        guest.take(Event.VIRTUAL_NMI, processor);
        assertThat(guest.virtualNmiPending()).isFalse();
        assertThat(guest.virtualNmiBlocked()).isTrue();
        guest.setVirtualNmiPending(true);
        assertThat(next(VIRTUAL)).isEqualTo(Event.NONE);
        guest.unblockNmis();
        assertThat(guest.virtualNmiBlocked()).isFalse();
        assertThat(next(VIRTUAL)).isEqualTo(Event.VIRTUAL_NMI);
    }

    @Test
    void aVirtualInterruptNeedsTheFlagAndAPriorityAboveVTpr() {
        guest.requestVirtual(0xF1, 8, 8);
        interruptFlag(true);
        assertThat(guest.virtualTaskPriority()).isEqualTo(8);
        assertThat(next(MASKING)).isEqualTo(Event.NONE);
        guest.setVirtualTaskPriority(7);
        assertThat(next(MASKING)).isEqualTo(Event.VIRTUAL_INTERRUPT);
        guest.interruptibility().setStiShadow(true);
        assertThat(next(MASKING)).isEqualTo(Event.NONE);
        guest.interruptibility().setStiShadow(false);
        assertThat(guest.take(Event.VIRTUAL_INTERRUPT, processor)).isEqualTo(0xF1);
        assertThat(guest.virtualRequested()).isFalse();
        assertThat(guest.interruptibility().interruptFlag()).isFalse();
    }

    @Test
    void theInterceptOfVirtualInterruptsExitsAndKeepsTheRequest() {
        guest.requestVirtual(0xF1, 15, 0);
        interruptFlag(true);
        assertThat(next(INTERCEPTS)).isEqualTo(Event.VIRTUAL_INTERRUPT_EXIT);
        guest.take(Event.VIRTUAL_INTERRUPT_EXIT, processor);
        assertThat(guest.virtualRequested()).isTrue();
        guest.setVirtualRequested(false);
        assertThat(next(INTERCEPTS)).isEqualTo(Event.NONE);
    }

    @Test
    void aVirtualInterruptWaitsForTheVirtualGif() {
        guest.requestVirtual(0xF1, 15, 0);
        interruptFlag(true);
        guest.setVirtualGif(false);
        assertThat(guest.virtualGif()).isFalse();
        assertThat(next(VIRTUAL)).isEqualTo(Event.NONE);
        assertThat(next(OPEN)).as("V_GIF does not count").isEqualTo(Event.VIRTUAL_INTERRUPT);
        guest.setVirtualGif(true);
        assertThat(next(VIRTUAL)).isEqualTo(Event.VIRTUAL_INTERRUPT);
    }

    @Test
    void physicalEventsComeBeforeVirtualOnes() {
        guest.requestVirtual(0xF1, 15, 0);
        interruptFlag(true);
        apic.accept(0x51, TriggerMode.EDGE);
        assertThat(next(OPEN)).isEqualTo(Event.INTERRUPT);
        nmi();
        assertThat(next(OPEN)).isEqualTo(Event.NMI);
        processor.pending().accept(DeliveryMode.SMI, 0, false);
        assertThat(next(OPEN)).isEqualTo(Event.SMI);
        assertThat(next(INTERCEPTS)).isEqualTo(Event.SMI_EXIT);
        guest.take(Event.SMI_EXIT, processor);
        assertThat(processor.pending().smi()).isTrue();
        guest.take(Event.SMI, processor);
        assertThat(next(OPEN)).isEqualTo(Event.NMI);
    }

    @Test
    void aClearGifHoldsEverythingBack() {
        guest.requestVirtual(0xF1, 15, 0);
        interruptFlag(true);
        nmi();
        processor.setGlobalInterruptFlag(false);
        assertThat(next(INTERCEPTS)).isEqualTo(Event.NONE);
        assertThat(guest.take(Event.NONE, processor)).isEqualTo(VectorSet.NONE);
    }
}
