// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.kvm.IrqchipMode;
import irqstorm.kvm.X2ApicApiFlag;
import irqstorm.profile.Confidence;
import irqstorm.profile.ProfileEntry;
import irqstorm.vmm.LapicModel;
import irqstorm.vmm.SplitRoutes;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ProfileLibraryTest {
    static Stream<ProfileEntry> profiles() {
        return ProfileLibrary.all().stream();
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void whatAProfileIsUnsureOfIsOneOfItsFields(ProfileEntry entry) throws IOException {
        JsonNode file = file(entry.name());
        for (String path : entry.confidence().keySet()) {
            JsonNode field = file;
            for (String key : path.equals("*") ? new String[0] : path.split("\\.")) {
                field = field.path(key);
            }
            assertThat(field.isMissingNode()).as(path).isFalse();
        }
    }

    @Test
    void noNameMeansTwoProfiles() {
        Set<String> names = new HashSet<>(ProfileLibrary.names());
        profiles()
                .flatMap(entry -> entry.usedBy().stream())
                .forEach(user ->
                        assertThat(names.add(user.name())).as(user.name()).isTrue());
    }

    @Test
    void aProfileIsFoundByTheNameOfWhoRunsWithIt() {
        assertThat(ProfileLibrary.find("firecracker").orElseThrow().name()).isEqualTo("kvm-inkernel");
        assertThat(ProfileLibrary.find("crosvm").orElseThrow().name()).isEqualTo("crosvm");
        assertThat(ProfileLibrary.find("82093")).isEmpty();
    }

    @Test
    void theLongestPathSaysHowSureAReadingIs() {
        ProfileEntry crosvm = ProfileLibrary.find("crosvm").orElseThrow();
        assertThat(crosvm.confidenceOf("onEoiAsserted.resample.latency")).isEqualTo(Confidence.UNKNOWN);
        assertThat(crosvm.confidenceOf("save.line")).as("below save").isEqualTo(Confidence.OLD);
        assertThat(crosvm.confidenceOf("version")).isEqualTo(Confidence.VERIFIED);
        assertThat(Confidence.OLD.label()).isEqualTo("old");
    }

    @Test
    void aProfileSaysWhereItIsFoundAndWhatSurroundsItThere() {
        ProfileEntry crosvm = ProfileLibrary.find("crosvm").orElseThrow();
        assertThat(crosvm.profile().hosts()).containsExactly(IrqchipMode.SPLIT);
        assertThat(crosvm.profile().split())
                .isEqualTo(new SplitRoutes(
                        SplitRoutes.EoiExits.UNRESERVED,
                        SplitRoutes.MaskedRoute.UPDATED,
                        SplitRoutes.VectorZero.IGNORED));
        assertThat(crosvm.profile().lapic()).isNull();
        ProfileEntry own = ProfileLibrary.find("crosvm-userspace").orElseThrow();
        assertThat(own.profile().lapic())
                .isEqualTo(new LapicModel(
                        LapicModel.Place.VMM,
                        0x14,
                        LapicModel.Suppression.ADVERTISED_IGNORED,
                        LapicModel.Broadcasts.ALL,
                        LapicModel.IllegalVectors.TAKEN,
                        LapicModel.RepeatedVector.ACCEPTED));
    }

    @Test
    void aScenarioUsesAProfileAsItIsBundledOrWithFieldsOfItsOwn() {
        Scenario scenario = ScenarioLibrary.open("credential-guard-rca")
                .find("split-enable")
                .orElseThrow();
        ProfileUse use = ProfileLibrary.usedBy(scenario).orElseThrow();
        assertThat(use.asBundled()).isTrue();
        assertThat(use.profile().name()).isEqualTo("qemu-ioapic-0x20");
        assertThat(use.profile().confidences().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(use.profile().fields().size());
        assertThat(use.profile().confidences()).containsEntry(Confidence.DEDUCED, 1L);
    }

    @Test
    void todaysFlagsAreAlsoANumber() {
        ProfileEntry hypervisor = ProfileLibrary.find("cloud-hypervisor").orElseThrow();
        assertThat(hypervisor.todaysFlags())
                .containsExactly(
                        X2ApicApiFlag.KVM_X2APIC_API_USE_32BIT_IDS,
                        X2ApicApiFlag.KVM_X2APIC_API_DISABLE_BROADCAST_QUIRK);
        assertThat(hypervisor.todaysArgs0()).isEqualTo(3);
    }

    private static JsonNode file(String name) throws IOException {
        try (InputStream in = ProfileLibraryTest.class.getResourceAsStream("/irqstorm/profiles/" + name + ".json")) {
            return JsonMapper.shared().readTree(in);
        }
    }
}
