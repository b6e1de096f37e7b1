// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.apic.IoApicProfile;
import irqstorm.apic.IoApicProfile.OnEoiAsserted;
import irqstorm.apic.Profiles;
import irqstorm.apic.TriggerMode;
import irqstorm.guest.Guest;
import irqstorm.guest.GuestProgram;
import irqstorm.guest.GuestStep;
import irqstorm.guest.ProgramRole;
import irqstorm.kvm.EoiSlotCheck;
import irqstorm.kvm.IrqchipMode;
import irqstorm.kvm.UapiRevision;
import irqstorm.machine.Hazard.Deed;
import irqstorm.machine.Hazard.EntryRewrite;
import irqstorm.machine.Hazard.SlotValue;
import irqstorm.machine.Hazard.When;
import irqstorm.machine.Signalling.Unmask;
import irqstorm.random.DelayTable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A {@link RandomMachine} cut down to one or two vCPUs, pins and devices, and then made stranger: I/O APICs that nobody built, sources
 * of events, hazards. Its durations can be drawn anew, from nothing to milliseconds, so that the same machine is seen in many orders.
 */
public final class SmallRandomMachine {
    private static final int MOST = 2;
    private static final int LONGEST_DELAY_BITS = 24;

    private final SplittableRandom random;
    private final RandomMachine drawn;
    private final MachineConfig config;

    /** The same seed gives the same machine. */
    public SmallRandomMachine(long seed) {
        random = new SplittableRandom(seed);
        drawn = new RandomMachine(seed);
        MachineConfig large = drawn.config();
        int vcpus = Math.min(MOST, large.vcpus());
        List<Pin> pins = large.pins().stream()
                .limit(MOST)
                .map(pin -> withDestination(pin, vcpus))
                .toList();
        List<Device> devices = new ArrayList<>();
        int count = 1 + random.nextInt(MOST);
        for (int i = 0; i < count; i++) {
            Pin pin = pins.get(random.nextInt(pins.size()));
            devices.add(new Device("device" + i, wire(pin, vcpus), arrivals()));
        }
        IoApicProfile ioApic = strange(large.vmm().ioApic());
        VmmProfile vmm = large.vmm().withIoApic(ioApic);
        config = with(
                large,
                vcpus,
                vmm,
                strange(large.kernelIoApic()),
                pins,
                devices,
                large.guest(),
                large.latencies(),
                hazards(large.irqchip(), vmm, pins));
    }

    /** Whether something about it is left to chance besides durations. */
    public boolean hasChances() {
        return config.hazards().steps().stream()
                .map(Hazard::deed)
                .anyMatch(deed -> deed instanceof Deed.CorruptEoiSlots
                        || deed instanceof Deed.CorruptEoiSlot slot && slot.value() instanceof SlotValue.AnyInvalid);
    }

    /** The machine, with durations that mean nothing. */
    public MachineConfig config() {
        return config;
    }

    @Override
    public String toString() {
        return drawn + "\n" + config.ioApic() + "\n" + config.vcpus() + " vcpus " + config.pins() + "\n"
                + config.devices() + "\n" + config.hazards() + "\n"
                + config.guest().programs();
    }

    private static MachineConfig with(
            MachineConfig config,
            int vcpus,
            VmmProfile vmm,
            IoApicProfile kernelIoApic,
            List<Pin> pins,
            List<Device> devices,
            Guest guest,
            Map<LatencyKind, DelayTable> latencies,
            Hazards hazards) {
        return new MachineConfig(
                config.irqchip(),
                config.uapi(),
                config.x2ApicApi(),
                config.apicv(),
                config.apicMode(),
                config.guestHasX2Apic(),
                vcpus,
                vmm,
                kernelIoApic,
                pins,
                devices,
                guest,
                latencies,
                hazards,
                config.seed(),
                0);
    }

    // --- what the machine is

    private static Pin withDestination(Pin pin, int vcpus) {
        int destination = pin.logical() ? pin.destination() & (1 << vcpus) - 1 : Math.min(pin.destination(), vcpus - 1);
        return new Pin(
                pin.gsi(),
                pin.vector(),
                pin.trigger(),
                pin.activeLow(),
                pin.masked(),
                pin.delivery(),
                pin.logical(),
                destination);
    }

    private Wire wire(Pin pin, int vcpus) {
        if (random.nextInt(8) == 0) {
            return new Wire.Message(0x35 + 0x10 * random.nextInt(12), random.nextInt(vcpus));
        }
        if (pin.trigger() == TriggerMode.EDGE) {
            return new Wire.Line(pin.gsi(), new Signalling.Pulse(random.nextInt(2)));
        }
        int accesses = 1 + random.nextInt(2);
        return new Wire.Line(
                pin.gsi(),
                switch (random.nextInt(5)) {
                    case 0 -> new Signalling.EventPerUnmask(accesses, Unmask.EOI, 10_000);
                    case 1 -> new Signalling.EventPerUnmask(accesses, Unmask.ANY_ACCESS, 10_000);
                    case 2 -> new Signalling.Level(accesses, 50_000);
                    default -> Signalling.LEVEL;
                });
    }

    private Arrivals arrivals() {
        return switch (random.nextInt(3)) {
            case 0 -> new Arrivals.Open(DelayTable.fixed(0), MOST);
            case 1 -> new Arrivals.AfterService(DelayTable.fixed(0), MOST);
            default -> new Arrivals.Times(List.of(0L, 0L));
        };
    }

    /** The profile with other values on some axes. */
    private IoApicProfile strange(IoApicProfile profile) {
        List<Object> values = new ArrayList<>();
        while (random.nextInt(4) != 0) {
            values.add(axis());
        }
        return Profiles.with(profile, values.toArray());
    }

    private Object axis() {
        return switch (random.nextInt(17)) {
            case 0 -> one(IoApicProfile.EoiRegister.class);
            case 1 ->
                new IoApicProfile.EoiMatch(
                        random.nextBoolean(),
                        random.nextBoolean(),
                        random.nextBoolean(),
                        one(IoApicProfile.EoiMatch.Scope.class));
            case 2 -> one(IoApicProfile.Broadcast.class);
            case 3 -> reaction();
            case 4 ->
                new IoApicProfile.EventSources(
                        one(IoApicProfile.EventSources.Told.class), random.nextBoolean(), random.nextBoolean());
            case 5 -> one(IoApicProfile.RemoteIrrSet.class);
            case 6 -> one(IoApicProfile.RemoteIrrGates.class);
            case 7 ->
                new IoApicProfile.RteWrite(
                        one(IoApicProfile.RteWrite.RemoteIrrOnWrite.class),
                        random.nextBoolean(),
                        one(IoApicProfile.RteWrite.ReEvaluate.class),
                        random.nextBoolean());
            case 8 -> one(IoApicProfile.Service.class);
            case 9 -> one(IoApicProfile.LevelTriggered.class);
            case 10 -> one(IoApicProfile.MaskedLevel.class);
            case 11 -> one(IoApicProfile.MaskedEdge.class);
            case 12 -> one(IoApicProfile.Level.class);
            case 13 -> one(IoApicProfile.Edge.class);
            case 14 -> one(IoApicProfile.Polarity.class);
            case 15 -> one(IoApicProfile.LineModel.class);
            default -> new IoApicProfile.Save(random.nextBoolean(), random.nextBoolean(), random.nextBoolean());
        };
    }

    private OnEoiAsserted reaction() {
        return switch (random.nextInt(5)) {
            case 0 -> new OnEoiAsserted.None();
            case 1 -> new OnEoiAsserted.Immediate();
            case 2 -> new OnEoiAsserted.ImmediateAnyTrigger();
            case 3 -> new OnEoiAsserted.Resample(10_000);
            default -> new OnEoiAsserted.NextService();
        };
    }

    private Hazards hazards(IrqchipMode irqchip, VmmProfile vmm, List<Pin> pins) {
        List<Hazard> steps = new ArrayList<>();
        while (steps.size() < MOST && random.nextInt(3) == 0) {
            int gsi = pins.get(random.nextInt(pins.size())).gsi();
            When when = switch (random.nextInt(4)) {
                case 0 -> new When.InService(gsi);
                case 1 -> new When.Throttled();
                default -> new When.AtOnce();
            };
            steps.add(new Hazard(0, when, deed(irqchip, vmm, gsi)));
        }
        return new Hazards(EoiSlotCheck.AS_TODAY, steps);
    }

    private Deed deed(IrqchipMode irqchip, VmmProfile vmm, int gsi) {
        return switch (random.nextInt(8)) {
            case 0 -> new Deed.ChangeFlags(random.nextBoolean() ? MachineFixture.ENABLE : MachineFixture.DISABLE);
            case 1 -> new Deed.CorruptEoiSlot(slotValue());
            case 5 -> new Deed.CorruptEoiSlots(slotValue(), Deed.CorruptEoiSlots.CERTAIN / 2);
            case 2 -> new Deed.ChangeVector(gsi, 0x3e + 0x10 * random.nextInt(12));
            case 3 -> new Deed.DestroyVm();
            case 4 -> {
                VmmProfile there = irqchip == IrqchipMode.SPLIT && random.nextBoolean()
                        ? vmm.withIoApic(strange(Profiles.qemu11()))
                        : null;
                yield new Deed.Migrate(new Hazard.Destination(UapiRevision.MERGED, 0, false, there));
            }
            default -> new Deed.RewriteEntry(gsi, one(EntryRewrite.class));
        };
    }

    private SlotValue slotValue() {
        return random.nextInt(3) == 0
                ? new SlotValue.AnyInvalid()
                : new SlotValue.Fixed(random.nextBoolean() ? 0 : 0x61);
    }

    private <T extends Enum<T>> T one(Class<T> type) {
        T[] values = type.getEnumConstants();
        return values[random.nextInt(values.length)];
    }

    // --- how long everything takes

    /** {@code machine}, which may be this one with scaled counters, with durations drawn from {@code seed}. */
    public static MachineConfig inAnotherTime(MachineConfig machine, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<LatencyKind, DelayTable> latencies = new EnumMap<>(LatencyKind.class);
        for (LatencyKind kind : LatencyKind.values()) {
            latencies.put(kind, delay(random));
        }
        Map<ProgramRole, GuestProgram> programs = new EnumMap<>(ProgramRole.class);
        machine.guest()
                .inOrder()
                .forEach((role, program) -> programs.put(
                        role,
                        new GuestProgram(program.steps().stream()
                                .map(step -> inAnotherTime(step, random))
                                .toList())));
        List<Device> devices = machine.devices().stream()
                .map(device -> inAnotherTime(device, random))
                .toList();
        List<Hazard> hazards = machine.hazards().steps().stream()
                .map(step -> new Hazard(nanos(random), step.when(), step.deed()))
                .toList();
        MachineConfig other = with(
                machine,
                machine.vcpus(),
                machine.vmm(),
                machine.kernelIoApic(),
                machine.pins(),
                devices,
                new Guest(machine.guest().nested(), machine.guest().start(), programs),
                latencies,
                new Hazards(machine.hazards().slotCheck(), hazards));
        long pause = nanos(random);
        return other.withIoApics(profile -> inAnotherTime(profile, pause)).withSeed(seed);
    }

    private static GuestStep inAnotherTime(GuestStep step, SplittableRandom random) {
        return step.kind().isTimed()
                ? new GuestStep(step.kind(), step.operand(), delay(random), step.when(), step.unless())
                : step;
    }

    private static Device inAnotherTime(Device device, SplittableRandom random) {
        Wire wire = device.wire();
        if (wire instanceof Wire.Line line) {
            Signalling signalling = line.signalling();
            if (signalling instanceof Signalling.EventPerUnmask events) {
                signalling = new Signalling.EventPerUnmask(events.accesses(), events.unmask(), nanos(random));
            } else if (signalling instanceof Signalling.Level level && level.minimumRiseGapNanos() > 0) {
                signalling = new Signalling.Level(level.accesses(), 1 + nanos(random));
            }
            wire = new Wire.Line(line.gsi(), signalling);
        }
        Arrivals arrivals = device.arrivals();
        if (arrivals instanceof Arrivals.Open open) {
            arrivals = new Arrivals.Open(delay(random), open.limit());
        } else if (arrivals instanceof Arrivals.AfterService after) {
            arrivals = new Arrivals.AfterService(delay(random), after.limit());
        } else if (arrivals instanceof Arrivals.Times times) {
            arrivals = new Arrivals.Times(times.timesNanos().stream()
                    .map(time -> nanos(random))
                    .sorted()
                    .toList());
        }
        return new Device(device.name(), wire, arrivals);
    }

    private static IoApicProfile inAnotherTime(IoApicProfile profile, long pauseNanos) {
        if (profile.onEoiAsserted() instanceof OnEoiAsserted.Throttled throttled) {
            return profile.withOnEoiAsserted(new OnEoiAsserted.Throttled(
                    throttled.limit(), pauseNanos, throttled.resetOnRteWrite(), throttled.outlivesVm()));
        }
        return profile.onEoiAsserted() instanceof OnEoiAsserted.Resample
                ? profile.withOnEoiAsserted(new OnEoiAsserted.Resample(pauseNanos))
                : profile;
    }

    private static DelayTable delay(SplittableRandom random) {
        long most = nanos(random);
        return random.nextBoolean() ? DelayTable.fixed(most) : DelayTable.uniform(0, most);
    }

    /** Nothing, or a number of any length. */
    private static long nanos(SplittableRandom random) {
        return random.nextInt(4) == 0 ? 0 : random.nextLong(1L << random.nextInt(1, LONGEST_DELAY_BITS));
    }
}
