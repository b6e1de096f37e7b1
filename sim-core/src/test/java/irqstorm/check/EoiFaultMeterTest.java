// SPDX-License-Identifier: Apache-2.0
package irqstorm.check;

import static irqstorm.event.EventKind.EOI_BROADCAST;
import static irqstorm.event.EventKind.EOI_EXIT_LOST;
import static irqstorm.event.EventKind.EOI_EXIT_MISREPORTED;
import static irqstorm.event.EventKind.EOI_SLOT_CORRUPTED;
import static irqstorm.event.EventKind.EOI_SUPPRESSED;
import static irqstorm.event.EventKind.LAPIC_EOI;
import static irqstorm.event.EventKind.REMOTE_IRR_CLEARED;
import static irqstorm.event.EventKind.USERSPACE_EXIT;
import static irqstorm.event.EventKind.VM_ENTRY;
import static irqstorm.machine.MachineFixture.GSI;
import static irqstorm.machine.MachineFixture.VECTOR;
import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.event.EventKind;
import irqstorm.event.UserspaceExitReason;
import irqstorm.kvm.IrqchipMode;
import irqstorm.machine.MachineFixture;
import org.junit.jupiter.api.Test;

/** What is counted of corrupted EOI slots, from the events alone. */
class EoiFaultMeterTest {
    private static final int EDGE_VECTOR = 0x61;
    private static final int EXIT = UserspaceExitReason.KVM_EXIT_IOAPIC_EOI.ordinal();

    private EoiFaultMeter meter = meter(IrqchipMode.SPLIT);

    private static EoiFaultMeter meter(IrqchipMode irqchip) {
        return new EoiFaultMeter(new MachineFixture()
                .irqchip(irqchip)
                .vcpus(2)
                .pin(MachineFixture.edgePin(GSI + 1, EDGE_VECTOR))
                .config());
    }

    private EoiFaultMeterTest see(EventKind kind, long a, long b, long c) {
        meter.record(kind, a, b, c);
        return this;
    }

    private EoiFaultMeterTest corrupted() {
        return see(LAPIC_EOI, 0, VECTOR, 0)
                .see(EOI_SLOT_CORRUPTED, 0, VECTOR, 256)
                .see(EOI_EXIT_LOST, 0, VECTOR, 256)
                .see(VM_ENTRY, 0, 1, 0);
    }

    @Test
    void anExitThatDoesNotHappenIsALostEoiAndNoLaterOneThatIsBlocked() {
        corrupted();
        assertThat(meter.result()).isEqualTo(new EoiFaults(1, 1, 0, 0, 0));
    }

    @Test
    void anEoiWithASoundSlotThatIsNotReportedBeforeTheNextEntryIsBlocked() {
        corrupted().see(LAPIC_EOI, 0, VECTOR, 0).see(VM_ENTRY, 1, 1, 0);
        assertThat(meter.result().laterExitsBlocked())
                .as("the other vCPU entered")
                .isZero();
        see(VM_ENTRY, 0, 1, 0);
        assertThat(meter.result().laterExitsBlocked()).isOne();
        see(VM_ENTRY, 0, 1, 0);
        assertThat(meter.result().laterExitsBlocked()).as("once").isOne();
    }

    @Test
    void anEoiThatIsReportedOrSuppressedOrOfAnEdgeIsNotBlocked() {
        corrupted()
                .see(LAPIC_EOI, 0, VECTOR, 0)
                .see(USERSPACE_EXIT, 0, EXIT, VECTOR)
                .see(VM_ENTRY, 0, 1, 0)
                .see(LAPIC_EOI, 0, VECTOR, 1)
                .see(EOI_SUPPRESSED, 0, VECTOR, 0)
                .see(VM_ENTRY, 0, 1, 0)
                .see(LAPIC_EOI, 0, EDGE_VECTOR, 0)
                .see(VM_ENTRY, 0, 1, 0);
        assertThat(meter.result().laterExitsBlocked()).isZero();
    }

    @Test
    void anotherExitDoesNotReportAnEoi() {
        corrupted()
                .see(LAPIC_EOI, 0, VECTOR, 0)
                .see(USERSPACE_EXIT, 0, UserspaceExitReason.KVM_EXIT_MMIO.ordinal(), 0)
                .see(VM_ENTRY, 0, 1, 0);
        assertThat(meter.result().laterExitsBlocked()).isOne();
    }

    @Test
    void beforeAnythingIsCorruptedAndWithoutSplitIrqchipNothingCanBeBlocked() {
        see(LAPIC_EOI, 0, VECTOR, 0).see(VM_ENTRY, 0, 1, 0);
        assertThat(meter.result()).isEqualTo(EoiFaults.NONE);

        meter = meter(IrqchipMode.KERNEL);
        corrupted().see(LAPIC_EOI, 0, VECTOR, 0).see(VM_ENTRY, 0, 1, 0);
        assertThat(meter.result().laterExitsBlocked()).isZero();
    }

    @Test
    void anExitThatReportsAnotherVectorIsSpuriousUnlessItEndsALine() {
        see(EOI_SLOT_CORRUPTED, 0, VECTOR, 0xFF)
                .see(EOI_EXIT_MISREPORTED, 0, VECTOR, 0xFF)
                .see(EOI_BROADCAST, 0, 0xFF, 1);
        assertThat(meter.isEndingWrongLine()).isTrue();
        assertThat(meter.result()).isEqualTo(new EoiFaults(1, 1, 0, 1, 0));

        see(REMOTE_IRR_CLEARED, GSI, 0xFF, 0);
        assertThat(meter.isEndingWrongLine()).isFalse();
        assertThat(meter.result()).isEqualTo(new EoiFaults(1, 1, 1, 0, 0));
    }

    @Test
    void aLineThatEndsAfterTheGuestRanAgainWasNotEndedByThatExit() {
        see(EOI_EXIT_MISREPORTED, 0, VECTOR, 0xFF)
                .see(EOI_BROADCAST, 0, 0xFF, 1)
                .see(VM_ENTRY, 0, 1, 0)
                .see(REMOTE_IRR_CLEARED, GSI, VECTOR, 0);
        assertThat(meter.result().wrongLinesEnded()).isZero();
        assertThat(meter.result().spuriousExits()).isOne();
    }

    @Test
    void theEoiOfAnotherVectorInBetweenIsNotTheMisreportedOne() {
        see(EOI_EXIT_MISREPORTED, 0, VECTOR, 0xFF)
                .see(EOI_BROADCAST, 1, 0x51, 1)
                .see(REMOTE_IRR_CLEARED, GSI, 0x51, 0);
        assertThat(meter.result().wrongLinesEnded()).isZero();
        see(EOI_BROADCAST, 0, 0xFF, 1).see(REMOTE_IRR_CLEARED, GSI, 0xFF, 0);
        assertThat(meter.result().wrongLinesEnded()).isOne();
    }
}
