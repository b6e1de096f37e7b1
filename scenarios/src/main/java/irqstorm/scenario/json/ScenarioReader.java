// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import irqstorm.apic.ApicMode;
import irqstorm.apic.IoApicProfile;
import irqstorm.distribution.Distribution;
import irqstorm.guest.Guest;
import irqstorm.kvm.IrqchipMode;
import irqstorm.kvm.UapiRevision;
import irqstorm.machine.Device;
import irqstorm.machine.LatencyKind;
import irqstorm.machine.MachineConfig;
import irqstorm.machine.Pin;
import irqstorm.random.DelayTable;
import irqstorm.scenario.Expectations;
import irqstorm.scenario.Scenario;
import irqstorm.scenario.ScenarioFile;
import irqstorm.scenario.ScenarioFormatException;
import irqstorm.units.DurationText;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a scenario file: the scenario as written, and under each configuration's merge patch.
 *
 * <p>Every configuration is read as a whole after it was patched, so that it is checked as strictly as the scenario itself; a problem
 * names the configuration and the path in the patched scenario.
 */
public final class ScenarioReader {
    private static final String CONFIGURATIONS = "configurations";
    private static final int MAX_CONFIGURATIONS = 200;
    private static final int MAX_TEXT = 4000;
    private static final int MAX_NAME = 100;
    private static final long DEFAULT_SETTLE_NANOS = 2_000_000_000L;
    private static final long MOST_EVENTS = 1_000_000_000_000L;
    private static final int MOST_PENDING = 10_000_000;

    /** Compiled distributions of one file: configurations share most of theirs. */
    private final Map<Distribution, DelayTable> compiled = new HashMap<>();

    private ScenarioReader() {}

    /**
     * Reads the scenario file at {@code path}.
     *
     * @throws ScenarioFormatException if it cannot be read or is not a valid scenario
     */
    public static ScenarioFile readFile(Path path) {
        return read(JsonSource.file(path));
    }

    /**
     * Reads a scenario.
     *
     * @throws ScenarioFormatException if it is not a valid scenario
     */
    public static ScenarioFile read(JsonDocument document) {
        return new ScenarioReader().readAll(document);
    }

    private ScenarioFile readAll(JsonDocument document) {
        Map<String, JsonDocument> patches = new LinkedHashMap<>();
        String[] description = {""};
        Scenario base = document.read(cursor -> cursor.readObject(fields -> {
            fields.ignore("$schema");
            description[0] = fields.optional("description", "", text -> text.asText(MAX_TEXT));
            fields.optional(CONFIGURATIONS)
                    .ifPresent(all -> all.entries(MAX_CONFIGURATIONS).forEach((name, patch) -> {
                        patch(name, patch);
                        patches.put(name, patch.asDocument());
                    }));
            return scenario(fields, "");
        }));
        Map<String, Scenario> configurations = new LinkedHashMap<>();
        patches.forEach((name, patch) -> configurations.put(name, configuration(document, name, patch)));
        return new ScenarioFile(document.source(), base.name(), base.title(), description[0], base, configurations);
    }

    private static void patch(String name, JsonCursor patch) {
        if (patch.kind() != JsonKind.OBJECT) {
            patch.problem("an object: a JSON merge patch over the scenario");
        } else if (name.isBlank() || name.length() > MAX_NAME) {
            patch.problem("a configuration name of 1 to " + MAX_NAME + " characters");
        } else if (patch.entries(MAX_TEXT).containsKey(CONFIGURATIONS)) {
            patch.problem("a patch without \"" + CONFIGURATIONS + "\"");
        }
    }

    private Scenario configuration(JsonDocument document, String name, JsonDocument patch) {
        JsonDocument patched =
                document.patched(document.source() + ": configuration \"" + name + "\" as patched", patch);
        return patched.read(cursor -> cursor.readObject(fields -> {
            fields.ignore("$schema");
            fields.ignore("description");
            fields.ignore(CONFIGURATIONS);
            return scenario(fields, name);
        }));
    }

    private Scenario scenario(JsonFields fields, String configuration) {
        String name = fields.required("name").asText(MAX_NAME);
        String title = fields.required("title").asText(MAX_TEXT);
        long seed = fields.optional("seed", 1L, number -> number.asLong(0, Long.MAX_VALUE));
        long duration = fields.required("duration").asDurationNanos(1, DurationText.MAX_NANOS);
        long settle = fields.optional("settle", DEFAULT_SETTLE_NANOS, JsonCursor::asDurationNanos);
        Scenario.Limits limits = fields.optional("limits", Scenario.Limits.DEFAULT, ScenarioReader::limits);
        MachineConfig machine = machine(fields, seed);
        Expectations expectations = fields.optional("expect", Expectations.NONE, ExpectationReader::read);
        return new Scenario(name, title, configuration, duration, settle, limits, machine, expectations);
    }

    private static Scenario.Limits limits(JsonCursor cursor) {
        return cursor.readObject(fields -> new Scenario.Limits(
                fields.optional("events", Scenario.Limits.DEFAULT.maxEvents(), number -> number.asLong(1, MOST_EVENTS)),
                fields.optional(
                        "pending", Scenario.Limits.DEFAULT.maxPending(), number -> number.asInt(1, MOST_PENDING))));
    }

    private MachineConfig machine(JsonFields fields, long seed) {
        Host host = fields.required("kvm").readObject(ScenarioReader::host);
        IoApicProfile vmm =
                fields.required("vmm").readObject(vmmFields -> ProfileReader.readChoice(vmmFields.required("ioApic")));
        Cpu cpu = fields.optional("cpu", Cpu.DEFAULT, ScenarioReader::cpu);
        IoApicProfile seen = host.irqchip() == IrqchipMode.KERNEL ? host.ioApic() : vmm;
        DeviceReader deviceReader = new DeviceReader(this::compile, seen.pins(), cpu.vcpus());
        List<Pin> pins = fields.optional("pins", List.of(), list -> pins(list, deviceReader, seen.pins()));
        JsonCursor deviceList = fields.required("devices");
        List<Device> devices = devices(deviceList, deviceReader, pins);
        List<String> names = devices.stream().map(Device::name).toList();
        Guest guest = new GuestReader(this::compile, names).read(fields.required("guest"));
        return new MachineConfig(
                host.irqchip(),
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
                seed,
                0);
    }

    /** What a scenario says of KVM. */
    private record Host(
            IrqchipMode irqchip, UapiRevision uapi, MachineConfig.X2ApicApiCall call, IoApicProfile ioApic) {}

    private static Host host(JsonFields fields) {
        Map<String, IrqchipMode> irqchips = new LinkedHashMap<>();
        for (IrqchipMode mode : IrqchipMode.values()) {
            irqchips.put(mode.label(), mode);
        }
        IrqchipMode irqchip = fields.required("irqchip").asEnum(irqchips);
        UapiRevision uapi = fields.optional("uapi", UapiRevision.MERGED, word -> word.asEnum(UapiRevision.class));
        MachineConfig.X2ApicApiCall call = fields.optional(
                "x2apicApi", new MachineConfig.X2ApicApiCall(0, false), cursor -> FlagReader.read(cursor, uapi));
        IoApicProfile ioApic = fields.optional("ioApic")
                .map(ProfileReader::readChoice)
                .orElseGet(() -> BundledFiles.profile("kvm-inkernel").read(ProfileReader::read));
        return new Host(irqchip, uapi, call, ioApic);
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

    private static List<Pin> pins(JsonCursor cursor, DeviceReader reader, int count) {
        Map<Integer, String> seen = new HashMap<>();
        return cursor.readList(0, count, element -> {
            Pin pin = reader.pin(element);
            String before = seen.putIfAbsent(pin.gsi(), element.path());
            if (before != null) {
                element.problem("a pin that is not programmed twice; " + before + " has GSI " + pin.gsi() + " already");
            }
            return pin;
        });
    }

    private static List<Device> devices(JsonCursor cursor, DeviceReader reader, List<Pin> pins) {
        Map<String, String> seen = new HashMap<>();
        return cursor.readList(0, MachineConfig.MAX_DEVICES, element -> {
            Device device = reader.device(element);
            String before = seen.putIfAbsent(device.name(), element.path());
            if (before != null) {
                element.problem("a device name of its own; " + before + " is called \"" + device.name() + "\" already");
            }
            DeviceWiring.check(element, device, pins);
            return device;
        });
    }

    private DelayTable compile(Distribution distribution) {
        return compiled.computeIfAbsent(distribution, Distribution::compile);
    }

    private Map<LatencyKind, DelayTable> latencies(JsonFields fields) {
        Map<LatencyKind, DelayTable> latencies = new EnumMap<>(LatencyKind.class);
        for (LatencyKind kind : LatencyKind.values()) {
            latencies.put(kind, compile(LatencyDefaults.of(kind)));
        }
        fields.optional("latencies")
                .ifPresent(cursor -> cursor.readObject(given -> {
                    for (LatencyKind kind : LatencyKind.values()) {
                        given.optional(kind.label())
                                .ifPresent(
                                        value -> latencies.put(kind, compile(DistributionReader.read(value))));
                    }
                    return latencies;
                }));
        return latencies;
    }
}
