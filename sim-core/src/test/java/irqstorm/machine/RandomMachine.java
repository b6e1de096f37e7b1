// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import static irqstorm.machine.MachineFixture.lapicEoi;
import static irqstorm.machine.MachineFixture.service;
import static irqstorm.machine.MachineFixture.step;

import irqstorm.apic.ApicMode;
import irqstorm.apic.DeliveryMode;
import irqstorm.apic.IoApicProfile;
import irqstorm.apic.IoApicProfile.OnEoiAsserted;
import irqstorm.apic.Profiles;
import irqstorm.apic.TriggerMode;
import irqstorm.guest.Condition;
import irqstorm.guest.EoiMechanism;
import irqstorm.guest.Guest;
import irqstorm.guest.GuestProgram;
import irqstorm.guest.GuestStart;
import irqstorm.guest.GuestStep;
import irqstorm.guest.ProgramRole;
import irqstorm.guest.StepKind;
import irqstorm.kvm.IrqchipMode;
import irqstorm.kvm.UapiRevision;
import irqstorm.random.DelayTable;
import irqstorm.vmm.LapicModel;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A small random machine: every irqchip mode, flag, guest and wiring that makes a valid configuration, with random latencies, many of
 * them zero. The same seed gives the same machine.
 */
final class RandomMachine {
    /** The throttle is tight, so that a storm is over soon. */
    private static final OnEoiAsserted THROTTLE = new OnEoiAsserted.Throttled(12, 40_000, true, false);

    private static final int FIRST_GSI = 16;

    /** How the guest is built. */
    enum Shape {
        /** No nesting. */
        PLAIN,
        /** No nesting; masks a level pin before its early EOI, and unmasks it when the device is serviced. */
        MASKING,
        /** L1 exits on interrupts, acknowledges them on exit and emulates L2's local APIC. */
        HYPERV,
        /** L1 exits on interrupts and takes them through its IDT. */
        IDT,
        /** L1 lets interrupts and EOIs of L2 through. */
        PASS_THROUGH,
        /** L1 exits on interrupts and injects them, and L2 ends them in L1's local APIC. */
        SHARED_LAPIC
    }

    private final SplittableRandom random;
    private final IrqchipMode irqchip;
    private final long flags;
    private final Shape shape;
    private final boolean readsLvr;
    private final GuestStart start;
    private final IoApicProfile profile;
    private final LapicModel.Suppression suppression;
    private final ApicMode apicMode;
    private final EoiMechanism eoi;
    private final MachineConfig config;

    RandomMachine(long seed) {
        random = new SplittableRandom(seed);
        irqchip = pick(IrqchipMode.SPLIT, IrqchipMode.SPLIT, IrqchipMode.KERNEL, IrqchipMode.NONE);
        flags = switch (irqchip) {
            case SPLIT -> pick(0L, MachineFixture.ENABLE, MachineFixture.DISABLE);
            case KERNEL -> pick(0L, MachineFixture.DISABLE);
            case NONE -> 0;
        };
        shape = pick(Shape.values());
        readsLvr = random.nextInt(4) != 0;
        start = random.nextInt(4) == 0
                ? new GuestStart.Resumed(MachineFixture.SPIV_SUPPRESSING, true)
                : new GuestStart.Fresh();
        IoApicProfile qemu = random.nextBoolean() ? Profiles.qemu20() : Profiles.qemu11();
        profile = qemu.withOnEoiAsserted(THROTTLE);
        suppression = pick(LapicModel.Suppression.values());
        apicMode = pick(ApicMode.XAPIC, ApicMode.X2APIC);
        eoi = random.nextBoolean()
                ? EoiMechanism.HYPERV_MSR
                : apicMode == ApicMode.X2APIC ? EoiMechanism.X2APIC_MSR : EoiMechanism.MMIO;
        config = draw();
    }

    MachineConfig config() {
        return config;
    }

    /** Whether the guest, once started, trusts SPIV bit 12 and ends the LAPIC interrupt first. */
    boolean endsLapicFirst() {
        return start instanceof GuestStart.Resumed || readsLvr && isAdvertised();
    }

    private boolean isAdvertised() {
        return switch (irqchip) {
            case SPLIT -> flags != MachineFixture.DISABLE;
            case KERNEL -> false;
            case NONE -> suppression == LapicModel.Suppression.ADVERTISED_IGNORED;
        };
    }

    /**
     * Whether the truth table of the flags calls the configuration correct: the guest ends the LAPIC interrupt last (rows 1, 3a, 5, 8,
     * 11), or its early EOI is suppressed and the I/O APIC has an EOI register (row 9). An early EOI of a masked pin does no harm either.
     */
    boolean isCorrect() {
        boolean bitIsSet = start instanceof GuestStart.Resumed && irqchip != IrqchipMode.NONE || endsLapicFirst();
        boolean suppressed = bitIsSet
                && (irqchip == IrqchipMode.SPLIT && flags == MachineFixture.ENABLE
                        || irqchip == IrqchipMode.KERNEL && flags == 0);
        boolean hasEoiRegister = irqchip != IrqchipMode.KERNEL && profile.version() == 0x20;
        return suppressed ? hasEoiRegister : !endsLapicFirst() || shape == Shape.MASKING;
    }

    @Override
    public String toString() {
        return irqchip + " flags " + flags + " " + shape + " " + start + (readsLvr ? " reads LVR, " : " ignores LVR, ")
                + profile.name() + " " + suppression + " " + apicMode + " " + eoi + " apicv "
                + config.apicv() + " vcpus " + config.vcpus() + " " + config.pins() + " " + config.devices();
    }

    private MachineConfig draw() {
        int vcpus = 1 + random.nextInt(3);
        List<Pin> pins = new ArrayList<>();
        int pinCount = 1 + random.nextInt(3);
        for (int i = 0; i < pinCount; i++) {
            pins.add(pin(FIRST_GSI + i, 0x31 + 0x10 * random.nextInt(12) + i, vcpus));
        }
        List<Device> devices = new ArrayList<>();
        int deviceCount = 1 + random.nextInt(4);
        for (int i = 0; i < deviceCount; i++) {
            devices.add(new Device("device" + i, wire(pins, vcpus, i), arrivals()));
        }
        Map<LatencyKind, DelayTable> latencies = new EnumMap<>(LatencyKind.class);
        for (LatencyKind kind : LatencyKind.values()) {
            latencies.put(kind, delay(3_000));
        }
        return new MachineConfig(
                irqchip,
                UapiRevision.MERGED,
                new MachineConfig.X2ApicApiCall(flags, false),
                random.nextBoolean(),
                apicMode,
                true,
                vcpus,
                MachineFixture.vmm(profile, suppression),
                Profiles.kvmInKernel().withOnEoiAsserted(THROTTLE),
                pins,
                devices,
                guest(),
                latencies,
                Hazards.NONE,
                random.nextLong(),
                0);
    }

    private Pin pin(int gsi, int vector, int vcpus) {
        TriggerMode trigger = random.nextInt(4) == 0 ? TriggerMode.EDGE : TriggerMode.LEVEL;
        boolean lowest = apicMode == ApicMode.X2APIC && random.nextBoolean();
        int everybody = (1 << vcpus) - 1;
        return new Pin(
                gsi,
                vector,
                trigger,
                random.nextBoolean(),
                trigger == TriggerMode.LEVEL && random.nextInt(12) == 0,
                lowest ? DeliveryMode.LOWEST_PRIORITY : DeliveryMode.FIXED,
                lowest,
                lowest ? everybody : random.nextInt(vcpus));
    }

    private Wire wire(List<Pin> pins, int vcpus, int device) {
        if (random.nextInt(5) == 0) {
            return new Wire.Message(0x35 + 0x10 * random.nextInt(12) + device, random.nextInt(vcpus));
        }
        Pin pin = pins.get(random.nextInt(pins.size()));
        return new Wire.Line(pin.gsi(), pin.trigger());
    }

    private Arrivals arrivals() {
        int limit = 1 + random.nextInt(8);
        return switch (random.nextInt(3)) {
            case 0 -> new Arrivals.Open(delay(200_000), limit);
            case 1 -> new Arrivals.AfterService(delay(20_000), limit);
            default -> {
                List<Long> times = new ArrayList<>();
                for (int i = 0; i < limit; i++) {
                    times.add((long) random.nextInt(300_000));
                }
                times.sort(null);
                yield new Arrivals.Times(times);
            }
        };
    }

    /** Zero, fixed or uniform, up to {@code maxNanos}. */
    private DelayTable delay(int maxNanos) {
        return switch (random.nextInt(4)) {
            case 0 -> DelayTable.fixed(0);
            case 1 -> DelayTable.fixed(random.nextInt(maxNanos));
            default -> DelayTable.uniform(0, random.nextInt(maxNanos));
        };
    }

    private Guest guest() {
        Map<ProgramRole, GuestProgram> programs = new EnumMap<>(ProgramRole.class);
        programs.put(
                ProgramRole.BOOT,
                readsLvr
                        ? TracedGuest.programs(eoi).get(ProgramRole.BOOT)
                        : GuestProgram.of(GuestStep.of(StepKind.WRITE_SPIV, 0x1ff), step(StepKind.READ_SPIV)));
        programs.put(
                ProgramRole.BACKGROUND,
                GuestProgram.of(
                        step(pick(StepKind.RUN_FOREVER, StepKind.HALT)),
                        GuestStep.run(delay(5_000)),
                        step(StepKind.HALT)));
        switch (shape) {
            case PLAIN, PASS_THROUGH -> putOrdinarySystem(programs);
            case MASKING -> putMaskingSystem(programs);
            case SHARED_LAPIC -> {
                putOrdinarySystem(programs);
                programs.put(
                        ProgramRole.L1_ON_EXTERNAL_INTERRUPT,
                        GuestProgram.of(GuestStep.run(delay(3_000)), step(StepKind.RESUME_L2)));
                programs.put(ProgramRole.L1_ON_INTERRUPT_WINDOW, GuestProgram.of(step(StepKind.RESUME_L2)));
            }
            case HYPERV, IDT -> putHypervisor(programs);
        }
        Guest.Nested nested = switch (shape) {
            case PLAIN, MASKING -> Guest.Nested.NONE;
            case HYPERV -> Guest.Nested.HYPERV;
            case IDT -> new Guest.Nested(true, true, false, true);
            case PASS_THROUGH -> new Guest.Nested(true, false, false, false);
            case SHARED_LAPIC -> new Guest.Nested(true, true, true, false);
        };
        return new Guest(nested, start, programs);
    }

    /** A system that talks to the local APIC itself. */
    private void putOrdinarySystem(Map<ProgramRole, GuestProgram> programs) {
        programs.put(
                ProgramRole.ON_INTERRUPT,
                GuestProgram.of(
                        step(StepKind.STI).unless(Condition.DIRECTED_EOI),
                        GuestStep.run(delay(3_000)),
                        lapicEoi(eoi).when(Condition.DIRECTED_EOI),
                        GuestStep.run(delay(20_000)),
                        service(),
                        GuestStep.run(delay(10_000)),
                        step(StepKind.CLI),
                        step(StepKind.IOAPIC_EOI).when(Condition.DIRECTED_EOI).when(Condition.LEVEL),
                        lapicEoi(eoi).unless(Condition.DIRECTED_EOI)));
    }

    private void putMaskingSystem(Map<ProgramRole, GuestProgram> programs) {
        programs.put(
                ProgramRole.ON_INTERRUPT,
                GuestProgram.of(
                        GuestStep.run(delay(3_000)),
                        step(StepKind.MASK_PIN).when(Condition.LEVEL),
                        lapicEoi(eoi),
                        step(StepKind.IOAPIC_EOI).when(Condition.DIRECTED_EOI).when(Condition.LEVEL),
                        GuestStep.run(delay(20_000)),
                        service(),
                        step(StepKind.UNMASK_PIN).when(Condition.LEVEL)));
    }

    /**
     * A hypervisor that emulates a local APIC for L2. L2's service routines let more urgent interrupts in, as Windows does at a raised
     * IRQL: a hypervisor that ends its own LAPIC's highest interrupt when L2 ends one relies on it.
     */
    private void putHypervisor(Map<ProgramRole, GuestProgram> programs) {
        programs.put(
                ProgramRole.ON_INTERRUPT,
                GuestProgram.of(
                        step(StepKind.STI),
                        GuestStep.run(delay(20_000)),
                        service(),
                        GuestStep.run(delay(10_000)),
                        step(StepKind.CLI),
                        lapicEoi(eoi)));
        programs.put(
                ProgramRole.L1_ON_EXTERNAL_INTERRUPT,
                GuestProgram.of(
                        GuestStep.run(delay(3_000)),
                        lapicEoi(eoi).when(Condition.DIRECTED_EOI),
                        step(StepKind.STI),
                        step(StepKind.CLI),
                        step(StepKind.RESUME_L2)));
        programs.put(
                ProgramRole.L1_ON_INTERRUPT,
                GuestProgram.of(GuestStep.run(delay(3_000)), lapicEoi(eoi).when(Condition.DIRECTED_EOI)));
        programs.put(
                ProgramRole.L1_ON_INTERRUPT_WINDOW,
                GuestProgram.of(GuestStep.run(delay(2_000)), step(StepKind.RESUME_L2)));
        programs.put(
                ProgramRole.L1_ON_L2_EOI,
                GuestProgram.of(
                        GuestStep.run(delay(2_000)),
                        lapicEoi(eoi).unless(Condition.DIRECTED_EOI),
                        step(StepKind.IOAPIC_EOI).when(Condition.DIRECTED_EOI).when(Condition.LEVEL),
                        step(StepKind.RESUME_L2)));
    }

    @SafeVarargs
    private <T> T pick(T... values) {
        return values[random.nextInt(values.length)];
    }
}
