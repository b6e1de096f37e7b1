// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.apic.IoApicProfile;
import irqstorm.apic.IoApicProfile.OnEoiAsserted;
import irqstorm.guest.Guest;
import irqstorm.guest.GuestProgram;
import irqstorm.guest.GuestStep;
import irqstorm.guest.ProgramRole;
import irqstorm.machine.Hazard.Deed;
import irqstorm.machine.Hazard.SlotValue;
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
        Oddities oddities = new Oddities(random);
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
            devices.add(new Device("device" + i, oddities.wire(pin, vcpus), arrivals()));
        }
        IoApicProfile ioApic = oddities.ioApic(large.vmm().ioApic());
        VmmProfile vmm = large.vmm().withIoApic(ioApic);
        config = with(
                large,
                vcpus,
                vmm,
                oddities.ioApic(large.kernelIoApic()),
                pins,
                devices,
                large.guest(),
                large.latencies(),
                oddities.hazards(MOST, large.irqchip(), vmm, pins));
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

    private Arrivals arrivals() {
        return switch (random.nextInt(3)) {
            case 0 -> new Arrivals.Open(DelayTable.fixed(0), MOST);
            case 1 -> new Arrivals.AfterService(DelayTable.fixed(0), MOST);
            default -> new Arrivals.Times(List.of(0L, 0L));
        };
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
