// SPDX-License-Identifier: Apache-2.0
package irqstorm.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import irqstorm.apic.DeliveryMode;
import irqstorm.apic.LapicRegister;
import irqstorm.apic.LapicTraits;
import irqstorm.apic.LocalApic;
import irqstorm.apic.TriggerMode;
import irqstorm.apic.VectorSet;
import irqstorm.cpu.Processor.Event;
import irqstorm.state.StateStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which event a processor takes next, and what becomes of it. */
class ProcessorTest {
    private final StateStore store = new StateStore();
    private final LocalApic apic = new LocalApic(store, LapicTraits.KVM, 0);
    private final Processor processor = new Processor(store, apic);
    private final PendingEvents pending = processor.pending();
    private final Interruptibility blocking = processor.interruptibility();

    @BeforeEach
    void enable() {
        apic.write(LapicRegister.SPIV.offset(), 0x1FF);
    }

    @Test
    void nothingPendingIsNoEvent() {
        assertThat(processor.activity()).isEqualTo(ActivityState.ACTIVE);
        assertThat(processor.next()).isEqualTo(Event.NONE);
        assertThat(processor.take(Event.NONE)).isEqualTo(VectorSet.NONE);
    }

    @Test
    void anInterruptWaitsForTheInterruptFlagAndClearsIt() {
        apic.accept(0x51, TriggerMode.EDGE);
        assertThat(processor.next()).isEqualTo(Event.NONE);
        blocking.setInterruptFlag(true);
        processor.setActivity(ActivityState.HALTED);
        assertThat(processor.next()).isEqualTo(Event.INTERRUPT);
        assertThat(processor.take(Event.INTERRUPT)).isEqualTo(0x51);
        assertThat(apic.inService().contains(0x51)).isTrue();
        assertThat(blocking.interruptFlag()).isFalse();
        assertThat(processor.activity()).isEqualTo(ActivityState.ACTIVE);
    }

    @Test
    void stiShadowsOneInstructionButOnlyFromAClearFlag() {
        apic.accept(0x51, TriggerMode.EDGE);
        blocking.sti();
        blocking.instructionRetired();
        assertThat(blocking.inShadow()).isTrue();
        assertThat(processor.next()).isEqualTo(Event.NONE);
        blocking.instructionRetired();
        assertThat(processor.next()).isEqualTo(Event.INTERRUPT);
        blocking.sti();
        blocking.instructionRetired();
        assertThat(processor.next()).as("STI with the flag set").isEqualTo(Event.INTERRUPT);
    }

    @Test
    void aLoadOfSsShadowsEverything() {
        blocking.setInterruptFlag(true);
        apic.accept(0x51, TriggerMode.EDGE);
        pending.accept(DeliveryMode.NMI, 0, false);
        blocking.movSs();
        assertThat(blocking.inShadow()).isFalse();
        blocking.instructionRetired();
        assertThat(blocking.inShadow()).isTrue();
        assertThat(blocking.allowsNmi()).isFalse();
        assertThat(processor.next()).isEqualTo(Event.NONE);
        blocking.clearShadows();
        assertThat(processor.next()).isEqualTo(Event.NMI);
    }

    @Test
    void shadowsCanBePutByAnEntry() {
        blocking.setInterruptFlag(true);
        blocking.setStiShadow(true);
        assertThat(blocking.inShadow()).isTrue();
        blocking.setStiShadow(false);
        blocking.setMovSsShadow(true);
        assertThat(blocking.allowsInterrupt()).isFalse();
        blocking.setMovSsShadow(false);
        assertThat(blocking.allowsInterrupt()).isTrue();
    }

    @Test
    void anNmiComesBeforeAnInterruptAndBlocksTheNextNmi() {
        blocking.setInterruptFlag(true);
        apic.accept(0x51, TriggerMode.EDGE);
        pending.accept(DeliveryMode.NMI, 0, false);
        pending.accept(DeliveryMode.NMI, 0, false);
        pending.accept(DeliveryMode.NMI, 0, false);
        assertThat(pending.nmis()).isEqualTo(2);
        assertThat(processor.next()).isEqualTo(Event.NMI);
        processor.take(Event.NMI);
        assertThat(blocking.nmiBlocked()).isTrue();
        assertThat(processor.next()).isEqualTo(Event.NONE);
        assertThat(pending.nmis()).isEqualTo(1);
        blocking.setNmiBlocked(false);
        assertThat(processor.next()).isEqualTo(Event.NMI);
    }

    @Test
    void whileAnNmiIsHandledOnlyOneCanWait() {
        pending.accept(DeliveryMode.NMI, 0, true);
        pending.accept(DeliveryMode.NMI, 0, true);
        assertThat(pending.nmis()).isEqualTo(1);
    }

    @Test
    void initResetsProcessorAndApicAndOnlyAStartUpWakes() {
        apic.writeCr8(5);
        apic.refreshVersion(true);
        blocking.setInterruptFlag(true);
        blocking.setNmiBlocked(true);
        blocking.setStiShadow(true);
        pending.accept(DeliveryMode.INIT, 0, false);
        assertThat(processor.next()).isEqualTo(Event.INIT);
        processor.take(Event.INIT);
        assertThat(processor.activity()).isEqualTo(ActivityState.WAIT_FOR_SIPI);
        assertThat(apic.cr8()).isZero();
        assertThat(apic.spiv()).isEqualTo(0xFF);
        assertThat(apic.lvr() & LocalApic.LVR_SUPPRESS_EOI_BROADCAST).isNotZero();
        assertThat(blocking.interruptFlag() || blocking.nmiBlocked() || blocking.inShadow())
                .isFalse();
        assertThat(pending.init()).isFalse();

        pending.accept(DeliveryMode.NMI, 0, false);
        assertThat(processor.next()).isEqualTo(Event.NONE);
        pending.accept(DeliveryMode.STARTUP, 8, false);
        assertThat(processor.next()).isEqualTo(Event.START_UP);
        assertThat(processor.take(Event.START_UP)).isEqualTo(8);
        assertThat(processor.activity()).isEqualTo(ActivityState.ACTIVE);
        assertThat(pending.startUpVector()).isEqualTo(PendingEvents.NONE);
    }

    @Test
    void theLastStartUpWinsAndAnInitForgetsIt() {
        pending.accept(DeliveryMode.STARTUP, 7, false);
        pending.accept(DeliveryMode.STARTUP, 9, false);
        assertThat(pending.startUpVector()).isEqualTo(9);
        pending.accept(DeliveryMode.INIT, 0, false);
        assertThat(pending.startUpVector()).isEqualTo(PendingEvents.NONE);
    }

    @Test
    void aStartUpThatFindsTheProcessorRunningIsDropped() {
        pending.accept(DeliveryMode.STARTUP, 7, false);
        processor.dropStrayStartUp();
        assertThat(pending.startUpVector()).isEqualTo(PendingEvents.NONE);

        pending.accept(DeliveryMode.INIT, 0, false);
        pending.accept(DeliveryMode.STARTUP, 8, false);
        processor.dropStrayStartUp();
        assertThat(pending.startUpVector()).as("an INIT comes first").isEqualTo(8);
        processor.take(Event.INIT);
        processor.dropStrayStartUp();
        assertThat(pending.startUpVector()).as("it waits for it").isEqualTo(8);
    }

    @Test
    void vmxOperationKeepsAnInitPending() {
        processor.setVmxOperation(true);
        assertThat(processor.inVmxOperation()).isTrue();
        pending.accept(DeliveryMode.INIT, 0, false);
        assertThat(processor.next()).isEqualTo(Event.NONE);
        processor.setVmxOperation(false);
        assertThat(processor.next()).isEqualTo(Event.INIT);
    }

    @Test
    void aClearGlobalInterruptFlagHoldsEverythingBack() {
        blocking.setInterruptFlag(true);
        apic.accept(0x51, TriggerMode.EDGE);
        pending.accept(DeliveryMode.NMI, 0, false);
        pending.accept(DeliveryMode.SMI, 0, false);
        assertThat(processor.globalInterruptFlag()).isTrue();
        processor.setGlobalInterruptFlag(false);
        assertThat(processor.next()).isEqualTo(Event.NONE);
        processor.setGlobalInterruptFlag(true);
        assertThat(processor.next()).isEqualTo(Event.SMI);
        processor.take(Event.SMI);
        assertThat(pending.smi()).isFalse();
        assertThat(processor.next()).isEqualTo(Event.NMI);
    }

    @Test
    void fixedMessagesAreNotSignals() {
        assertThatThrownBy(() -> pending.accept(DeliveryMode.FIXED, 0x51, false))
                .hasMessageContaining("FIXED");
    }
}
