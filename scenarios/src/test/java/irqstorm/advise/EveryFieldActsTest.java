// SPDX-License-Identifier: Apache-2.0
package irqstorm.advise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import irqstorm.apic.DeliveryMode;
import irqstorm.apic.TriggerMode;
import irqstorm.check.Verdict;
import irqstorm.kvm.IrqchipMode;
import irqstorm.machine.MachineConfig;
import irqstorm.machine.Pin;
import irqstorm.profile.BehaviourFingerprint;
import irqstorm.profile.ProfileEntry;
import irqstorm.profile.ProfileRecord;
import irqstorm.run.ScenarioRunner;
import irqstorm.scenario.ProfileLibrary;
import irqstorm.scenario.Scenario;
import irqstorm.scenario.ScenarioFile;
import irqstorm.scenario.ScenarioFormatException;
import irqstorm.scenario.ScenarioLibrary;
import irqstorm.scenario.json.BundledFiles;
import irqstorm.scenario.json.JsonDocument;
import irqstorm.scenario.json.JsonSource;
import irqstorm.scenario.json.PatchedProfiles;
import irqstorm.scenario.json.ScenarioReader;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * No profile has a field that nothing reads: another value of that field alone makes some profile do something else, in a micro-scenario
 * or in a machine that advice is based on.
 */
class EveryFieldActsTest {
    private static final JsonNode SCHEMA = PatchedProfiles.schema().root();

    /** Acts only on an EOI exit with vector 0, which takes a vector out of range, in a test of its own. */
    private static final String VECTOR_ZERO = "split.vectorZero";

    /** Acts on what a guest can program, in a test of its own. */
    private static final String PINS = "pins";

    private static final int ILLEGAL_VECTOR = 8;

    /** Other values of the fields whose values the schema does not list. */
    private static final Map<String, List<String>> VALUES = Map.ofEntries(
            Map.entry("version", List.of("\"0x11\"", "\"0x20\"")),
            Map.entry("onEoiAsserted", List.of("\"none\"", "\"immediate\"")),
            Map.entry("onEoiAsserted.throttled.limit", List.of("100")),
            Map.entry("onEoiAsserted.throttled.delay", List.of("\"1ms\"")),
            Map.entry("onEoiAsserted.throttled.resetOnRteWrite", List.of("true", "false")),
            Map.entry("onEoiAsserted.throttled.outlivesVm", List.of("true", "false")),
            Map.entry("onEoiAsserted.resample.latency", List.of("\"15us\"")),
            Map.entry("split.todaysFlags", List.of("[\"KVM_X2APIC_ENABLE_SUPPRESS_EOI_BROADCAST\"]")),
            Map.entry("lapic.version", List.of("\"0x10\"", "\"0x14\"")));

    /** The fields of each profile. */
    private static final Map<ProfileEntry, Set<String>> FIELDS = fieldsOfProfiles();

    private static Map<ProfileEntry, Set<String>> fieldsOfProfiles() {
        Map<ProfileEntry, Set<String>> fields = new LinkedHashMap<>();
        for (ProfileEntry entry : ProfileLibrary.all()) {
            Set<String> paths = new LinkedHashSet<>();
            ProfileRecord.of(entry).fields().forEach(field -> paths.add(field.path()));
            if (entry.profile().split() != null) {
                paths.add("split.todaysFlags");
            }
            fields.put(entry, paths);
        }
        return fields;
    }

    static Stream<String> fields() {
        return FIELDS.values().stream()
                .flatMap(Set::stream)
                .distinct()
                .filter(path -> !Set.of(VECTOR_ZERO, PINS).contains(path));
    }

    @ParameterizedTest
    @MethodSource("fields")
    void anotherValueMakesSomeProfileActOtherwise(String path) {
        List<ProfileEntry[]> pairs = new ArrayList<>();
        FIELDS.forEach((entry, paths) -> {
            if (paths.contains(path)) {
                others(entry, path).forEach(other -> pairs.add(new ProfileEntry[] {entry, other}));
            }
        });
        assertThat(pairs).as("other values").isNotEmpty();
        boolean inChip = !path.startsWith("split.") && !path.startsWith("lapic.");
        assertThat(inChip && differ(pairs, EveryFieldActsTest::behaviour)
                        || differ(pairs, EveryFieldActsTest::machines))
                .as("some profile does something else")
                .isTrue();
    }

    private static boolean differ(List<ProfileEntry[]> pairs, Function<ProfileEntry, Object> what) {
        return pairs.stream().anyMatch(pair -> !what.apply(pair[0]).equals(what.apply(pair[1])));
    }

    @Test
    void theNumberOfPinsBoundsWhatAGuestCanProgram() {
        assertThatCode(() -> guestThatProgramsPin(20, 24)).doesNotThrowAnyException();
        assertThatThrownBy(() -> guestThatProgramsPin(20, 16))
                .isInstanceOf(ScenarioFormatException.class)
                .hasMessageContaining("$.pins[0].gsi: found 20, expected an integer from 0 to 15");
    }

    private static void guestThatProgramsPin(int gsi, int pins) {
        String patch = "{\"vmm\":{\"ioApic\":{\"patch\":{\"pins\":" + pins + "}}},\"pins\":[{\"gsi\":" + gsi
                + ",\"vector\":\"0x41\",\"trigger\":\"level\"}],\"devices\":[]}";
        ScenarioReader.read(BundledFiles.adviceGuests().patched("pins", JsonSource.text("patch", patch)));
    }

    @Test
    void theHostsSayWhereAProfileIsRun() {
        ProfileEntry split = PatchedProfiles.of("openvmm", "{\"hosts\":[\"split\"],\"lapic\":null}");
        assertThat(new Advisor(1)
                        .advise(List.of(split), irqchip -> true).stream().map(HostAdvice::irqchip))
                .containsExactly("split");
    }

    @Test
    void whatVectorZeroMeansToAVmmDecidesWhetherItStops() {
        ScenarioFile file = ScenarioLibrary.open("eoi-vector-out-of-range");
        assertThat(verdict(file, "report-zero/lenient")).isEqualTo(Verdict.STUCK);
        assertThat(verdict(file, "report-zero/strict")).isEqualTo(Verdict.VMM_STOPPED);
    }

    private static Verdict verdict(ScenarioFile file, String configuration) {
        return ScenarioRunner.run(file.find(configuration).orElseThrow()).verdict();
    }

    /** The profile with every other value of the field that its reader takes. */
    private static List<ProfileEntry> others(ProfileEntry entry, String path) {
        List<ProfileEntry> others = new ArrayList<>();
        for (String value : values(path)) {
            try {
                ProfileEntry other = PatchedProfiles.of(entry.name(), patch(path, value));
                if (!other.equals(entry)) {
                    others.add(other);
                }
            } catch (ScenarioFormatException e) {
                // This value does not go with the profile's others.
            }
        }
        return others;
    }

    private static List<String> values(String path) {
        List<String> listed = VALUES.get(path);
        if (listed != null) {
            return listed;
        }
        JsonNode field = SCHEMA.at("/properties/" + path.replace(".", "/properties/"));
        return field.has("enum")
                ? field.get("enum").valueStream().map(JsonNode::toString).toList()
                : List.of("true", "false");
    }

    private static String patch(String path, String value) {
        String patch = value;
        String[] keys = path.split("\\.");
        for (int i = keys.length - 1; i >= 0; i--) {
            patch = "{\"" + keys[i] + "\":" + patch + "}";
        }
        return patch;
    }

    private static BehaviourFingerprint behaviour(ProfileEntry entry) {
        return BehaviourFingerprint.of(entry.profile().ioApic());
    }

    /** What machines do: verdict, rate and every event. */
    private static List<String> machines(ProfileEntry entry) {
        List<String> machines = new ArrayList<>(cells(new Advisor(1), entry));
        JsonDocument masking = BundledFiles.adviceGuests()
                .patched("masks-in-service", JsonSource.stream("patch", resource("masks-in-service.json")));
        machines.addAll(cells(new Advisor(new Guests(masking), 1), entry));
        if (entry.profile().lapic() != null) {
            machines.add(withIllegalVector(entry));
        }
        return machines;
    }

    private static List<String> cells(Advisor advisor, ProfileEntry entry) {
        return advisor.advise(List.of(entry), irqchip -> true).stream()
                .flatMap(host -> host.cells().stream())
                .map(cell -> cell.guest() + " " + cell.args0() + " " + cell.verdict() + " " + cell.deliveriesPerSecond()
                        + " " + cell.fingerprint())
                .toList();
    }

    /** A machine without KVM's local APICs whose guest programs a vector that no scenario file may ask for. */
    private static String withIllegalVector(ProfileEntry entry) {
        Scenario guest =
                ScenarioReader.read(BundledFiles.adviceGuests()).find("linux").orElseThrow();
        MachineConfig legal = guest.machine();
        Pin pin = new Pin(12, ILLEGAL_VECTOR, TriggerMode.LEVEL, false, false, DeliveryMode.FIXED, false, 0);
        MachineConfig illegal = new MachineConfig(
                IrqchipMode.NONE,
                legal.uapi(),
                legal.x2ApicApi(),
                legal.apicv(),
                legal.apicMode(),
                legal.guestHasX2Apic(),
                legal.vcpus(),
                entry.profile(),
                legal.kernelIoApic(),
                List.of(pin),
                legal.devices(),
                legal.guest(),
                legal.latencies(),
                legal.hazards(),
                legal.seed(),
                legal.replication());
        return ScenarioRunner.run(guest.withMachine(illegal)).fingerprint();
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(EveryFieldActsTest.class.getResourceAsStream(name));
    }
}
