// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import irqstorm.apic.ApicMode;
import irqstorm.apic.IoApicProfile;
import irqstorm.distribution.Distribution;
import irqstorm.guest.Guest;
import irqstorm.kvm.EoiSlotCheck;
import irqstorm.kvm.EoiVectorPolicy;
import irqstorm.kvm.IrqchipMode;
import irqstorm.kvm.UapiRevision;
import irqstorm.machine.Device;
import irqstorm.machine.Hazard;
import irqstorm.machine.Hazards;
import irqstorm.machine.LatencyKind;
import irqstorm.machine.MachineConfig;
import irqstorm.machine.Pin;
import irqstorm.machine.VmmProfile;
import irqstorm.random.DelayTable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads the machine of a scenario: KVM, VMM, processors, pins, devices, guest and latencies. */
final class MachineReader {
    /** Compiled distributions of one file: configurations share most of theirs. */
    private final Map<Distribution, DelayTable> compiled;

    private final ProfileReader profiles;
    private final DeviceKindReader kinds;
    private final boolean explores;

    MachineReader() {
        this(new HashMap<>(), new ProfileReader(), new DeviceKindReader(), false);
    }

    private MachineReader(
            Map<Distribution, DelayTable> compiled, ProfileReader profiles, DeviceKindReader kinds, boolean explores) {
        this.compiled = compiled;
        this.profiles = profiles;
        this.kinds = kinds;
        this.explores = explores;
    }

    /** A reader that shares what this one has compiled, and lets happen what may happen in an exploration. */
    MachineReader forExploring() {
        return new MachineReader(compiled, profiles, kinds, true);
    }

    /** Reads the machine from the keys of a scenario. */
    MachineConfig read(JsonFields fields, long seed) {
        int problems = fields.problemCount();
        Host host = fields.required("kvm").readObject(this::host);
        boolean hostIsKnown = fields.problemCount() == problems;
        VmmProfile vmm = fields.required("vmm").readObject(vmmFields -> {
            JsonCursor choice = vmmFields.required("ioApic");
            VmmProfile profile = profiles.choice(choice);
            return hostIsKnown && host.irqchip() != IrqchipMode.KERNEL
                    ? foundUnder(host.irqchip(), profile, choice)
                    : profile;
        });
        IoApicProfile ioApic = host.irqchip() == IrqchipMode.KERNEL ? host.ioApic() : vmm.ioApic();
        Optional<IoApicProfile> ioApicIfKnown =
                fields.problemCount() == problems ? Optional.of(ioApic) : Optional.empty();
        int pinCount = ioApic.pins();
        Cpu cpu = fields.optional("cpu", Cpu.DEFAULT, MachineReader::cpu);
        int before = fields.problemCount();
        List<Pin> pins = fields.optional("pins", List.of(), list -> pins(list, pinCount));
        Optional<List<Pin>> programmed = fields.problemCount() == before ? Optional.of(pins) : Optional.empty();
        DeviceWiring wiring = new DeviceWiring(programmed, ioApicIfKnown);
        DeviceReader deviceReader = new DeviceReader(this::compile, kinds, pinCount, wiring, cpu.vcpus());
        List<Device> devices = fields.required("devices").readList(0, MachineConfig.MAX_DEVICES, deviceReader::device);
        List<String> names = devices.stream().map(Device::name).toList();
        Guest guest = new GuestReader(this::compile, names).read(fields.required("guest"));
        IrqchipMode irqchip = vmm.isFoundUnder(host.irqchip()) ? host.irqchip() : IrqchipMode.KERNEL;
        HazardReader hazardReader = new HazardReader(profiles, irqchip, pinCount, programmed);
        List<Hazard> hazards = new ArrayList<>(fields.optional("hazards", List.of(), hazardReader::read));
        if (explores) {
            fields.optional(ExploreReader.EXPLORE)
                    .ifPresent(explore -> hazards.addAll(ExploreReader.may(explore, hazardReader)));
        }
        // If the profile is not found under the irqchip mode, that is recorded, and the rest can be read as with KVM's
        // I/O APIC.
        return new MachineConfig(
                irqchip,
                host.uapi(),
                host.call(),
                cpu.apicv(),
                cpu.mode(),
                cpu.x2ApicCpuid(),
                cpu.vcpus(),
                vmm,
                host.ioApic(),
                pins,
                devices,
                guest,
                latencies(fields),
                new Hazards(host.slotCheck(), hazards),
                seed,
                0);
    }

    /** Records a problem if the profile is not found in the irqchip mode that it is to be used in. */
    private static VmmProfile foundUnder(IrqchipMode irqchip, VmmProfile profile, JsonCursor cursor) {
        if (!profile.isFoundUnder(irqchip)) {
            String hosts = profile.hosts().stream().map(IrqchipMode::label).collect(Collectors.joining(" and "));
            cursor.problem(
                    "a profile that is found under irqchip " + irqchip.label(),
                    "profile " + profile.ioApic().name() + " is found under irqchip " + hosts);
        }
        return profile;
    }

    /** What a scenario says of KVM. */
    private record Host(
            IrqchipMode irqchip,
            UapiRevision uapi,
            MachineConfig.X2ApicApiCall call,
            EoiSlotCheck slotCheck,
            IoApicProfile ioApic) {}

    private Host host(JsonFields fields) {
        IrqchipMode irqchip = fields.required("irqchip").asEnum(IrqchipMode.class);
        UapiRevision uapi = fields.optional("uapi", UapiRevision.MERGED, word -> word.asEnum(UapiRevision.class));
        MachineConfig.X2ApicApiCall call = fields.optional(
                "x2apicApi", new MachineConfig.X2ApicApiCall(0, false), cursor -> FlagReader.read(cursor, uapi));
        VmmProfile profile = fields.optional("ioApic")
                .map(choice -> foundUnder(IrqchipMode.KERNEL, profiles.choice(choice), choice))
                .orElseGet(() -> profiles.named("kvm-inkernel").profile());
        EoiSlotCheck slotCheck = new EoiSlotCheck(
                fields.optional(
                        "eoiVectorPolicy", EoiSlotCheck.AS_TODAY.policy(), word -> word.asEnum(EoiVectorPolicy.class)),
                fields.optional("bitOutsideBitmap", EoiSlotCheck.AS_TODAY.bitOutsideBitmap(), JsonCursor::asBoolean));
        return new Host(irqchip, uapi, call, slotCheck, profile.ioApic());
    }

    /** What a scenario says of the processors. */
    private record Cpu(int vcpus, ApicMode mode, boolean apicv, boolean x2ApicCpuid) {
        static final Cpu DEFAULT = new Cpu(1, ApicMode.XAPIC, true, true);
    }

    private static Cpu cpu(JsonCursor cursor) {
        Map<String, ApicMode> modes = new LinkedHashMap<>();
        modes.put("xapic", ApicMode.XAPIC);
        modes.put("x2apic", ApicMode.X2APIC);
        return cursor.readObject(fields -> new Cpu(
                fields.optional("vcpus", Cpu.DEFAULT.vcpus(), number -> number.asInt(1, MachineConfig.MAX_VCPUS)),
                fields.optional("apicMode", Cpu.DEFAULT.mode(), word -> word.asEnum(modes)),
                fields.optional("apicv", Cpu.DEFAULT.apicv(), JsonCursor::asBoolean),
                fields.optional("x2apicCpuid", Cpu.DEFAULT.x2ApicCpuid(), JsonCursor::asBoolean)));
    }

    private DelayTable compile(Distribution distribution) {
        return compiled.computeIfAbsent(distribution, Distribution::compile);
    }

    private static List<Pin> pins(JsonCursor cursor, int pinCount) {
        return cursor.readList(0, pinCount, new PinReader(pinCount)::pin);
    }

    private Map<LatencyKind, DelayTable> latencies(JsonFields fields) {
        Map<LatencyKind, DelayTable> latencies = new EnumMap<>(LatencyKind.class);
        fields.optional("latencies")
                .ifPresent(cursor -> cursor.readObject(given -> {
                    for (LatencyKind kind : LatencyKind.values()) {
                        given.optional(kind.label())
                                .ifPresent(value -> latencies.put(kind, compile(DistributionReader.read(value))));
                    }
                    return latencies;
                }));
        for (LatencyKind kind : LatencyKind.values()) {
            latencies.computeIfAbsent(kind, absent -> compile(LatencyDefaults.of(absent)));
        }
        return latencies;
    }
}
