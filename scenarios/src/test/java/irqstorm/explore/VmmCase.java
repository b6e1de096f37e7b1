// SPDX-License-Identifier: Apache-2.0
package irqstorm.explore;

import irqstorm.apic.DeliveryMode;
import irqstorm.guest.EoiMechanism;
import irqstorm.guest.Guest;
import irqstorm.guest.GuestProgram;
import irqstorm.guest.GuestStart;
import irqstorm.guest.GuestStep;
import irqstorm.guest.ProgramRole;
import irqstorm.guest.StepKind;
import irqstorm.kvm.IrqchipMode;
import irqstorm.kvm.UapiRevision;
import irqstorm.machine.Device;
import irqstorm.machine.Hazard;
import irqstorm.machine.Hazards;
import irqstorm.machine.MachineConfig;
import irqstorm.machine.Pin;
import irqstorm.machine.Signalling;
import irqstorm.machine.VmmProfile;
import irqstorm.machine.Wire;
import irqstorm.scenario.ScenarioLibrary;
import java.util.List;
import java.util.Map;

/** A small guest with one device, to be tried on every VMM. */
enum VmmCase {
    LATE(
            "late EOI",
            "a level line; the guest services the device, and then writes the EOI",
            Signalling.LEVEL,
            false,
            late()),
    EARLY(
            "early EOI",
            "a level line; the guest writes the EOI, lets interrupts in, and then services the device",
            Signalling.LEVEL,
            false,
            eoi(),
            step(StepKind.STI),
            service()),
    MASKING(
            "masking",
            "a level line; the guest masks the pin, writes the EOI, services the device and unmasks the pin",
            Signalling.LEVEL,
            false,
            step(StepKind.MASK_PIN),
            eoi(),
            service(),
            step(StepKind.UNMASK_PIN)),
    RESAMPLED(
            "resampled",
            "a source of events that waits for the EOI of each; the guest as in late EOI",
            new Signalling.EventPerUnmask(1, Signalling.Unmask.EOI, 10_000),
            false,
            late()),
    EDGE("edge", "an edge line; the guest as in late EOI", Signalling.PULSE, false, late()),
    MIGRATED(
            "migrated",
            "late EOI, and at any moment the VM moves to a host of the same kind, or does not",
            Signalling.LEVEL,
            true,
            late());

    private static final int GSI = 12;
    private static final int VECTOR = 0x41;
    /** How far each is explored. */
    static final Bounds BOUNDS = new Bounds(3, 2, Bounds.Clocks.ANY, 1_000, 20_000);

    private final String title;
    private final String description;
    private final Signalling signalling;
    private final boolean migrates;
    private final List<GuestStep> handler;

    VmmCase(String title, String description, Signalling signalling, boolean migrates, GuestStep... handler) {
        this.title = title;
        this.description = description;
        this.signalling = signalling;
        this.migrates = migrates;
        this.handler = List.of(handler);
    }

    private static GuestStep[] late() {
        return new GuestStep[] {service(), eoi()};
    }

    private static GuestStep step(StepKind kind) {
        return GuestStep.of(kind, 0);
    }

    private static GuestStep eoi() {
        return GuestStep.of(StepKind.LAPIC_EOI, EoiMechanism.X2APIC_MSR.ordinal());
    }

    private static GuestStep service() {
        return GuestStep.of(StepKind.SERVICE, -1);
    }

    String title() {
        return title;
    }

    String description() {
        return description;
    }

    /** The machine with this VMM, which passes {@code args0} to KVM_CAP_X2APIC_API. */
    MachineConfig on(VmmProfile vmm, IrqchipMode irqchip, long args0) {
        MachineConfig plain = ScenarioLibrary.open("plain-level").base().machine();
        Wire.Line line = new Wire.Line(GSI, signalling);
        Pin pin = new Pin(GSI, VECTOR, line.trigger(), false, false, DeliveryMode.FIXED, false, 0);
        Guest guest = new Guest(
                Guest.Nested.NONE,
                new GuestStart.Fresh(),
                Map.of(
                        ProgramRole.BOOT, GuestProgram.of(GuestStep.of(StepKind.WRITE_SPIV, 0x1ff)),
                        ProgramRole.BACKGROUND, GuestProgram.of(step(StepKind.RUN_FOREVER)),
                        ProgramRole.ON_INTERRUPT, new GuestProgram(handler)));
        Hazard migration = new Hazard(
                0,
                new Hazard.When.AtOnce(),
                new Hazard.Deed.Migrate(new Hazard.Destination(UapiRevision.MERGED, args0, true, null)));
        return new MachineConfig(
                irqchip,
                UapiRevision.MERGED,
                new MachineConfig.X2ApicApiCall(args0, false),
                plain.apicv(),
                plain.apicMode(),
                plain.guestHasX2Apic(),
                1,
                vmm,
                plain.kernelIoApic(),
                List.of(pin),
                List.of(new Device("dev", line, plain.devices().get(0).arrivals())),
                guest,
                plain.latencies(),
                migrates ? new Hazards(plain.hazards().slotCheck(), List.of(migration)) : Hazards.NONE,
                plain.seed(),
                0);
    }

    /** Every order of events of that machine. */
    Exploration explore(VmmProfile vmm, IrqchipMode irqchip, long args0) {
        return Explorer.explore(on(vmm, irqchip, args0), BOUNDS, Search.BREADTH_FIRST, true);
    }
}
