// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import static irqstorm.machine.MachineFixture.GSI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import irqstorm.apic.TriggerMode;
import irqstorm.kvm.IrqchipMode;
import irqstorm.random.DelayTable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a machine can be built from. */
class MachineConfigTest {
    private static MachineConfig with(
            MachineConfig config, List<Device> devices, Map<LatencyKind, DelayTable> latencies) {
        return new MachineConfig(
                config.irqchip(),
                config.uapi(),
                config.x2ApicApi(),
                config.apicv(),
                config.apicMode(),
                config.guestHasX2Apic(),
                config.vcpus(),
                config.vmm(),
                config.kernelIoApic(),
                config.pins(),
                devices,
                config.guest(),
                latencies,
                config.hazards(),
                config.seed(),
                config.replication());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65})
    void theNumberOfVcpusHasLimits(int vcpus) {
        assertThatThrownBy(() -> new MachineFixture().vcpus(vcpus).config())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(vcpus + " vCPUs");
    }

    @Test
    void sixtyFourVcpusRun() {
        MachineFixture.Outcome run = new MachineFixture()
                .flags(MachineFixture.ENABLE)
                .vcpus(64)
                .causesAt(0)
                .runFor(200);

        assertThat(run.timed().machine().guestNanos(2)).isGreaterThan(63 * 200_000L);
    }

    @Test
    void theNumberOfDevicesHasALimit() {
        List<Device> devices = new ArrayList<>();
        for (int i = 0; i <= MachineConfig.MAX_DEVICES; i++) {
            devices.add(new Device("d" + i, new Wire.Line(GSI, TriggerMode.LEVEL), MachineFixture.at(i)));
        }
        MachineConfig config = new MachineFixture().config();

        assertThat(with(config, devices.subList(0, 256), config.latencies()).devices())
                .hasSize(256);
        assertThatThrownBy(() -> with(config, devices, config.latencies()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("257 devices");
    }

    @Test
    void everyLatencyNeedsADistribution() {
        MachineConfig config = new MachineFixture().config();
        Map<LatencyKind, DelayTable> incomplete = new EnumMap<>(config.latencies());
        incomplete.remove(LatencyKind.NESTED_EXIT);

        assertThatThrownBy(() -> with(config, List.of(), incomplete))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("latency");
    }

    @Test
    void anotherSeedIsTheOnlyDifferenceThatWithSeedMakes() {
        MachineConfig config = new MachineFixture().causesAt(0).config();

        assertThat(config.withSeed(7).seed()).isEqualTo(7);
        assertThat(config.withSeed(7).withSeed(config.seed())).isEqualTo(config);
    }

    @Test
    void apicvNeedsALocalApicInTheKernel() {
        assertThat(new MachineFixture().config().usesApicv()).isTrue();
        assertThat(new MachineFixture().irqchip(IrqchipMode.NONE).config().usesApicv())
                .isFalse();
        assertThat(new MachineFixture().withoutApicv().config().usesApicv()).isFalse();
    }

    @Test
    void theLabelsOfLatenciesAreWhatScenarioFilesCallThem() {
        Set<String> labels = new HashSet<>();
        for (LatencyKind kind : LatencyKind.values()) {
            assertThat(kind.label()).matches("[a-z][a-zA-Z]+");
            labels.add(kind.label());
        }
        assertThat(labels).hasSize(LatencyKind.values().length).contains("lineToAccept", "nestedEntry");
    }
}
