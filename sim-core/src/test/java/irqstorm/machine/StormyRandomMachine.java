// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.apic.IoApicProfile;
import irqstorm.apic.IoApicProfile.OnEoiAsserted;
import irqstorm.guest.Guest;
import irqstorm.guest.GuestProgram;
import irqstorm.guest.GuestStep;
import irqstorm.guest.ProgramRole;
import irqstorm.guest.StepKind;
import irqstorm.kvm.EoiSlotCheck;
import irqstorm.kvm.EoiVectorPolicy;
import irqstorm.kvm.IrqchipMode;
import irqstorm.kvm.UapiRevision;
import irqstorm.machine.Hazard.Deed;
import irqstorm.random.DelayTable;
import irqstorm.vmm.LapicModel;
import irqstorm.vmm.SplitRoutes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A {@link RandomMachine} that goes on for as long as it is let: its devices hardly ever have their last cause, its throttle counts to
 * a few, hazards happen in the middle of it, its guest is odd, and the VMM, the kernel and the host that it moves to may be of any kind.
 */
final class StormyRandomMachine {
    private static final int MOST_HAZARDS = 4;

    /** Some hundred microseconds. */
    private static final int LONG_PAUSE_BITS = 20;

    /** Longer than any pause that a real machine makes. */
    private static final int LONGEST_PAUSE_BITS = 52;

    private final SplittableRandom random;
    private final MachineConfig config;

    /** The same seed gives the same machine. */
    StormyRandomMachine(long seed) {
        random = new SplittableRandom(seed);
        MachineConfig drawn = new RandomMachine(seed).config();
        MachineConfig stormy = withOddities(drawn, new Oddities(random));
        config = random.nextInt(3) == 0 ? SmallRandomMachine.inAnotherTime(stormy, seed) : stormy;
    }

    MachineConfig config() {
        return config;
    }

    private MachineConfig withOddities(MachineConfig drawn, Oddities oddities) {
        VmmProfile vmm = vmm(drawn.vmm().withIoApic(ioApic(drawn.vmm().ioApic(), oddities)));
        List<Device> devices = new ArrayList<>();
        for (Device device : drawn.devices()) {
            Pin pin = drawn.pins().get(random.nextInt(drawn.pins().size()));
            Wire wire = random.nextInt(4) == 0 ? device.wire() : paused(oddities.wire(pin, drawn.vcpus()));
            devices.add(new Device(device.name(), wire, arrivals(device.arrivals())));
        }
        boolean calls = random.nextInt(8) != 0;
        return new MachineConfig(
                drawn.irqchip(),
                calls ? drawn.uapi() : UapiRevision.BEFORE,
                calls ? drawn.x2ApicApi() : new MachineConfig.X2ApicApiCall(0, false),
                drawn.apicv(),
                drawn.apicMode(),
                drawn.guestHasX2Apic() && random.nextInt(8) != 0,
                drawn.vcpus(),
                vmm,
                ioApic(drawn.kernelIoApic(), oddities),
                drawn.pins(),
                devices,
                guest(drawn.guest(), devices.size()),
                latencies(drawn.latencies()),
                hazards(drawn.irqchip(), oddities.hazards(MOST_HAZARDS, drawn.irqchip(), vmm, drawn.pins())),
                drawn.seed(),
                random.nextInt(3));
    }

    private IoApicProfile ioApic(IoApicProfile profile, Oddities oddities) {
        if (random.nextInt(3) == 0) {
            return profile;
        }
        IoApicProfile odd = oddities.ioApic(profile);
        return random.nextBoolean() ? odd.withOnEoiAsserted(reaction()) : odd;
    }

    private OnEoiAsserted reaction() {
        return random.nextInt(4) == 0
                ? new OnEoiAsserted.Resample(pause())
                : new OnEoiAsserted.Throttled(
                        1 + random.nextInt(5), pause(), random.nextBoolean(), random.nextBoolean());
    }

    private VmmProfile vmm(VmmProfile plain) {
        if (random.nextBoolean()) {
            return plain;
        }
        LapicModel lapic = new LapicModel(
                one(LapicModel.Place.class),
                0x14,
                one(LapicModel.Suppression.class),
                one(LapicModel.Broadcasts.class),
                one(LapicModel.IllegalVectors.class),
                one(LapicModel.RepeatedVector.class));
        SplitRoutes split = new SplitRoutes(
                one(SplitRoutes.EoiExits.class), one(SplitRoutes.MaskedRoute.class), one(SplitRoutes.VectorZero.class));
        return new VmmProfile(plain.ioApic(), false, split, lapic);
    }

    private Wire paused(Wire wire) {
        return wire instanceof Wire.Line line && line.signalling() instanceof Signalling.EventPerUnmask events
                ? new Wire.Line(line.gsi(), new Signalling.EventPerUnmask(events.accesses(), events.unmask(), pause()))
                : wire;
    }

    private Arrivals arrivals(Arrivals few) {
        if (few instanceof Arrivals.Open open) {
            return new Arrivals.Open(open.gap(), causes());
        }
        return few instanceof Arrivals.AfterService after ? new Arrivals.AfterService(after.gap(), causes()) : few;
    }

    private long causes() {
        return random.nextInt(3) == 0 ? random.nextInt(2_000) : Arrivals.UNLIMITED;
    }

    /** Its interrupt handlers do things that no system would do there. */
    private Guest guest(Guest sane, int devices) {
        Map<ProgramRole, GuestProgram> programs = new EnumMap<>(sane.inOrder());
        while (random.nextInt(3) == 0) {
            List<GuestStep> steps =
                    new ArrayList<>(programs.get(ProgramRole.ON_INTERRUPT).steps());
            steps.add(random.nextInt(steps.size() + 1), step(devices));
            programs.put(ProgramRole.ON_INTERRUPT, new GuestProgram(steps));
        }
        return new Guest(sane.nested(), sane.start(), programs);
    }

    private GuestStep step(int devices) {
        return switch (random.nextInt(8)) {
            case 0 -> GuestStep.of(StepKind.WRITE_TPR, random.nextInt(256));
            case 1 -> GuestStep.of(StepKind.WRITE_SPIV, random.nextBoolean() ? 0x1ff : MachineFixture.SPIV_SUPPRESSING);
            case 2 -> GuestStep.of(StepKind.SERVICE, random.nextInt(devices));
            case 3 -> MachineFixture.step(StepKind.IOAPIC_EOI);
            case 4 -> MachineFixture.step(StepKind.MASK_PIN);
            case 5 -> MachineFixture.step(StepKind.UNMASK_PIN);
            case 6 -> GuestStep.run(DelayTable.uniform(0, 1L << random.nextInt(1, LONG_PAUSE_BITS)));
            default -> MachineFixture.step(random.nextBoolean() ? StepKind.STI : StepKind.HALT);
        };
    }

    private Map<LatencyKind, DelayTable> latencies(Map<LatencyKind, DelayTable> drawn) {
        Map<LatencyKind, DelayTable> latencies = new EnumMap<>(drawn);
        LatencyKind kind = one(LatencyKind.class);
        if (random.nextInt(4) == 0) {
            latencies.put(kind, DelayTable.fixed(pause()));
        } else if (random.nextInt(4) == 0) {
            latencies.put(kind, DelayTable.weighted(new long[] {0, 500, 1_000_000}, new long[] {3, 2, 1}));
        }
        return latencies;
    }

    /** Mostly microseconds; once in a while it may be hours. */
    private long pause() {
        int mostBits = random.nextInt(16) == 0 ? LONGEST_PAUSE_BITS : LONG_PAUSE_BITS;
        return random.nextLong(1L << random.nextInt(1, mostBits));
    }

    private Hazards hazards(IrqchipMode irqchip, Hazards atOnce) {
        List<Hazard> steps = new ArrayList<>();
        for (Hazard hazard : atOnce.steps()) {
            long atNanos = random.nextInt(4) == 0 ? 0 : random.nextInt(2_000_000);
            steps.add(new Hazard(atNanos, hazard.when(), deed(irqchip, hazard.deed())));
        }
        if (random.nextInt(4) == 0) {
            Deed slots = new Deed.CorruptEoiSlots(new Hazard.SlotValue.AnyInvalid(), probability());
            steps.add(new Hazard(random.nextInt(500_000), new Hazard.When.AtOnce(), slots));
        }
        EoiVectorPolicy policy = one(EoiVectorPolicy.class);
        return new Hazards(new EoiSlotCheck(policy, policy == EoiVectorPolicy.BUG_ON && random.nextBoolean()), steps);
    }

    private int probability() {
        return Deed.CorruptEoiSlots.CERTAIN / (1 + random.nextInt(300));
    }

    private Deed deed(IrqchipMode irqchip, Deed deed) {
        if (deed instanceof Deed.CorruptEoiSlots slots) {
            return new Deed.CorruptEoiSlots(slots.value(), probability());
        }
        if (!(deed instanceof Deed.Migrate migrate)) {
            return deed;
        }
        long flags = irqchip == IrqchipMode.NONE ? 0 : random.nextInt(16);
        return new Deed.Migrate(new Hazard.Destination(
                one(UapiRevision.class),
                flags,
                random.nextBoolean(),
                migrate.destination().vmm()));
    }

    private <T extends Enum<T>> T one(Class<T> type) {
        T[] values = type.getEnumConstants();
        return values[random.nextInt(values.length)];
    }
}
