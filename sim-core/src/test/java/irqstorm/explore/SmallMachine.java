// SPDX-License-Identifier: Apache-2.0
package irqstorm.explore;

import static irqstorm.machine.MachineFixture.ENABLE;
import static irqstorm.machine.MachineFixture.GSI;
import static irqstorm.machine.MachineFixture.VECTOR;
import static irqstorm.machine.MachineFixture.edgePin;
import static irqstorm.machine.MachineFixture.lapicEoi;
import static irqstorm.machine.MachineFixture.levelPin;
import static irqstorm.machine.MachineFixture.maskedPin;
import static irqstorm.machine.MachineFixture.service;
import static irqstorm.machine.MachineFixture.step;

import irqstorm.apic.IoApicProfile.EventSources;
import irqstorm.apic.IoApicProfile.MaskedEdge;
import irqstorm.apic.Profiles;
import irqstorm.guest.EoiMechanism;
import irqstorm.guest.GuestStep;
import irqstorm.guest.StepKind;
import irqstorm.kvm.IrqchipMode;
import irqstorm.kvm.UapiRevision;
import irqstorm.machine.Hazard;
import irqstorm.machine.Hazard.Deed;
import irqstorm.machine.Hazard.EntryRewrite;
import irqstorm.machine.MachineConfig;
import irqstorm.machine.MachineFixture;

/** Machines without a fault that are small enough to try every order of events in a moment, and yet have use for most rules. */
enum SmallMachine {
    /** A level line under split irqchip; the guest services the device, and then ends the interrupt. */
    SPLIT(new MachineFixture().plainGuest(late()).levelDevice("uhci", GSI, 0, 0), 2),

    /** The same with the in-kernel irqchip. */
    KERNEL(new MachineFixture().irqchip(IrqchipMode.KERNEL).plainGuest(late()).levelDevice("uhci", GSI, 0, 0), 2),

    /** An edge line with the in-kernel irqchip. */
    KERNEL_EDGE(
            new MachineFixture()
                    .irqchip(IrqchipMode.KERNEL)
                    .pin(edgePin(GSI, VECTOR))
                    .plainGuest(late())
                    .edgeDevice("rtc", GSI, 0, 0, 0),
            3),

    /** A line whose redirection entry the guest writes back as it reads it, three times at any moment. */
    REWRITTEN(rewritten(new MachineFixture().plainGuest(late()).levelDevice("uhci", GSI, 0)), 1),

    /** The same with an edge line, of an I/O APIC that keeps the edges of masked pins. */
    REWRITTEN_EDGE(
            rewritten(new MachineFixture()
                    .ioApic(Profiles.with(Profiles.qemu20(), MaskedEdge.DEFERRED))
                    .pin(edgePin(GSI, VECTOR))
                    .plainGuest(late())
                    .edgeDevice("rtc", GSI, 0)),
            1),

    /**
     * Two level lines that the guest gave one vector. In the kernel, where an EOI ends both at once: under split irqchip the EOI of
     * one, on its way to the VMM, meets an interrupt of the other that was delivered meanwhile.
     */
    ONE_VECTOR(
            new MachineFixture()
                    .irqchip(IrqchipMode.KERNEL)
                    .pin(levelPin(GSI + 1, VECTOR))
                    .plainGuest(late())
                    .levelDevice("uhci", GSI, 0)
                    .levelDevice("ahci", GSI + 1, 0),
            1),

    /** Two level lines of different priority; the guest lets the more urgent one interrupt the other. */
    NESTING(
            new MachineFixture()
                    .pin(levelPin(GSI + 1, 0x51))
                    .plainGuest(step(StepKind.STI), service(), step(StepKind.CLI), lapicEoi(EoiMechanism.MMIO))
                    .levelDevice("uhci", GSI, 0)
                    .levelDevice("ahci", GSI + 1, 0),
            1),

    /** A throttle so tight that an interrupt which is there again at its own EOI has to wait for the timer. */
    THROTTLED(new MachineFixture().plainGuest(late()).levelDevice("uhci", GSI, 0, 0), 2, 1),

    /** A source of events that signals once and then waits for an EOI, on an I/O APIC that tells it. */
    EVENT_SOURCE(
            new MachineFixture()
                    .ioApic(Profiles.with(Profiles.qemu20(), new EventSources(EventSources.Told.LEVEL, false, false)))
                    .plainGuest(late())
                    .sourceUnmaskedByEoi(0, 0),
            2),

    /** Directed EOI as it is meant to be: the early EOI is suppressed, and the EOI register ends the interrupt. */
    DIRECTED(
            new MachineFixture()
                    .flags(ENABLE)
                    .resumedWithSuppressBit()
                    .plainGuest(lapicEoi(EoiMechanism.MMIO), step(StepKind.STI), service(), step(StepKind.IOAPIC_EOI))
                    .levelDevice("uhci", GSI, 0, 0),
            2),

    /** A VM that is moved to another host of the same kind at any moment. */
    MIGRATED(
            new MachineFixture()
                    .plainGuest(late())
                    .levelDevice("uhci", GSI, 0, 0)
                    .hazard(0, new Deed.Migrate(new Hazard.Destination(UapiRevision.MERGED, 0, false, null))),
            2),

    /** A device on a pin that the guest masked. */
    MASKED(new MachineFixture().pin(maskedPin(GSI, VECTOR)).plainGuest(late()).levelDevice("uhci", GSI, 0), 1);

    private static final int THROTTLE_EOIS = 2;

    private final MachineConfig config;
    private final Bounds bounds;

    SmallMachine(MachineFixture fixture, int interrupts) {
        this(fixture, interrupts, THROTTLE_EOIS);
    }

    SmallMachine(MachineFixture fixture, int interrupts, int throttleEois) {
        this.config = fixture.config();
        this.bounds = new Bounds(interrupts, throttleEois, Bounds.Clocks.ANY, 1_000, 1_000_000);
    }

    private static GuestStep[] late() {
        return new GuestStep[] {service(), lapicEoi(EoiMechanism.MMIO)};
    }

    private static MachineFixture rewritten(MachineFixture fixture) {
        for (int i = 0; i < 3; i++) {
            fixture.hazard(0, new Deed.RewriteEntry(GSI, EntryRewrite.AS_READ));
        }
        return fixture;
    }

    MachineConfig config() {
        return config;
    }

    /** Explores it to the end of the bounds. */
    Exploration explore() {
        return Explorer.explore(config, bounds, Search.BREADTH_FIRST, true);
    }
}
