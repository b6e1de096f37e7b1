// SPDX-License-Identifier: Apache-2.0
package irqstorm.advise;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.check.Verdict;
import irqstorm.profile.ProfileEntry;
import irqstorm.scenario.ProfileLibrary;
import irqstorm.scenario.Scenario;
import irqstorm.scenario.ScenarioFile;
import irqstorm.scenario.ScenarioLibrary;
import irqstorm.scenario.json.BundledFiles;
import irqstorm.scenario.json.PatchedProfiles;
import irqstorm.scenario.json.ScenarioReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes of each guest, and what is recommended, against an independent model of the same rules. */
class AdvisorTest {
    private static final String RESERVED = "+reserved";
    private static final String REACHED_BY_EOI_EXITS = "{\"split\":{\"eoiExits\":\"reserved\"}}";

    static Stream<List<String>> expectedRows() {
        return rows("expected-matrix.txt").filter(row -> !row.get(0).endsWith(RESERVED));
    }

    static Stream<List<String>> expectedRowsWithEoiExits() {
        return rows("expected-matrix.txt").filter(row -> row.get(0).endsWith(RESERVED));
    }

    static Stream<List<String>> expectedRecommendations() {
        return rows("expected-recommendations.txt");
    }

    private static Stream<List<String>> rows(String resource) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(AdvisorTest.class.getResourceAsStream(resource)), StandardCharsets.UTF_8))) {
            return in
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> List.of(line.split(" +")))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("expectedRows")
    void everyGuestFaresAsInTheReferenceModel(List<String> row) {
        HostAdvice host = BundledAdvice.of(row.get(0), row.get(1));
        assertThat(verdicts(host, row.get(2))).isEqualTo(row.subList(3, 6));
    }

    @ParameterizedTest
    @MethodSource("expectedRowsWithEoiExits")
    void soItDoesIfEoiExitsArriveAndTheOtherVerdictSaysTheSame(List<String> row) {
        String name = row.get(0).substring(0, row.get(0).length() - RESERVED.length());
        ProfileEntry reached = PatchedProfiles.of(name, REACHED_BY_EOI_EXITS);
        HostAdvice host =
                new Advisor(1).advise(List.of(reached), irqchip -> true).get(0);
        assertThat(verdicts(host, row.get(2))).isEqualTo(row.subList(3, 6));
        assertThat(Arrays.stream(SuppressFlag.values())
                        .map(flag ->
                                String.valueOf(BundledAdvice.cell(BundledAdvice.of(name, row.get(1)), row.get(2), flag)
                                        .otherwise())))
                .containsExactlyElementsOf(row.subList(3, 6));
    }

    private static List<String> verdicts(HostAdvice host, String guest) {
        return Arrays.stream(SuppressFlag.values())
                .map(flag -> BundledAdvice.cell(host, guest, flag).verdict().name())
                .toList();
    }

    @Test
    void nothingButTheExpectedRowsIsRun() {
        List<String> run = BundledAdvice.all().stream()
                .flatMap(host -> host.cells().stream()
                        .map(cell -> host.profile() + " " + host.irqchip() + " "
                                + cell.guest().name()))
                .distinct()
                .toList();
        assertThat(run)
                .containsExactlyInAnyOrderElementsOf(expectedRows()
                        .map(row -> String.join(" ", row.subList(0, 3)))
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("expectedRecommendations")
    void everyProfileGetsTheExpectedAdvice(List<String> row) {
        Recommendation advice = BundledAdvice.of(row.get(0), row.get(1)).recommendation();
        SuppressFlag flag = advice.flag();
        assertThat(flag == null ? "-" : flag.shortLabel()).isEqualTo(row.get(2));
        assertThat(advice.safe() ? "safe" : "unsafe").isEqualTo(row.get(3));
        assertThat("0x" + Long.toHexString(advice.args0())).isEqualTo(row.get(4));
        assertThat(advice.reason()).endsWith(".").doesNotContain(". ");
    }

    @Test
    void everyHostIsAdvisedOnce() {
        assertThat(BundledAdvice.all().stream().map(host -> host.profile() + " " + host.irqchip()))
                .containsExactlyElementsOf(expectedRecommendations()
                        .map(row -> row.get(0) + " " + row.get(1))
                        .toList());
    }

    @Test
    void theAdviceIsTheSameWithAnyNumberOfThreads() {
        List<ProfileEntry> some = Stream.of("crosvm", "libkrun-kvm-split", "openvmm", "dragonball")
                .map(name -> ProfileLibrary.find(name).orElseThrow())
                .toList();
        List<HostAdvice> alone = new Advisor(1).advise(some, irqchip -> true);
        assertThat(new Advisor(4).advise(some, irqchip -> true)).isEqualTo(alone);
        assertThat(BundledAdvice.all()).containsAll(alone);
    }

    @Test
    void onlyTheIrqchipAskedAboutIsRun() {
        List<ProfileEntry> openvmm = List.of(ProfileLibrary.find("openvmm").orElseThrow());
        assertThat(new Advisor(1).advise(openvmm, "none"::equals))
                .singleElement()
                .satisfies(host -> assertThat(host.irqchip()).isEqualTo("none"));
        assertThat(new Advisor(1).advise(openvmm, "kernel"::equals)).isEmpty();
    }

    @Test
    void anIoApicThatIsGivenAnEoiRegisterGetsTheOtherFlag() {
        ProfileEntry mended = PatchedProfiles.of("openvmm", "{\"name\":\"x\",\"eoiRegister\":\"dword-only\"}");
        Recommendation advice =
                new Advisor(2).advise(List.of(mended), "split"::equals).get(0).recommendation();
        assertThat(advice.flag()).isEqualTo(SuppressFlag.ENABLE);
        assertThat(advice.args0()).isEqualTo(0x5);
        assertThat(advice.flags())
                .containsExactly("KVM_X2APIC_API_USE_32BIT_IDS", "KVM_X2APIC_ENABLE_SUPPRESS_EOI_BROADCAST");
    }

    @Test
    void theFlagThatAVmmPassesTodayIsReplacedAndNotAdded() {
        String enabled = "{\"split\":{\"todaysFlags\":[\"KVM_X2APIC_API_USE_32BIT_IDS\","
                + "\"KVM_X2APIC_ENABLE_SUPPRESS_EOI_BROADCAST\"]}}";
        HostAdvice host = new Advisor(2)
                .advise(List.of(PatchedProfiles.of("openvmm", enabled)), "split"::equals)
                .get(0);
        assertThat(host.today()).isEqualTo(SuppressFlag.ENABLE);
        assertThat(host.isSafe(host.today())).isFalse();
        assertThat(host.recommendation().args0()).isEqualTo(0x9);
        assertThat(BundledAdvice.cell(host, "linux", SuppressFlag.NONE).args0()).isEqualTo(0x1);
        assertThat(host.cells()).isEqualTo(BundledAdvice.of("openvmm", "split").cells());
    }

    @Test
    void aStormSaysHowFastItIsAndWhatBoundsIt() {
        AdviceCell throttled = BundledAdvice.cell(
                BundledAdvice.of("qemu-ioapic-0x20", "split"), "credential-guard", SuppressFlag.NONE);
        assertThat(throttled.deliveriesPerSecond()).isBetween(45_000.0, 55_000.0);
        assertThat(throttled.reason())
                .contains(" not honoured in mode QUIRKED ")
                .endsWith(" deliveries a second, with a pause of 10ms after every 10,000.");
        AdviceCell unbounded =
                BundledAdvice.cell(BundledAdvice.of("openvmm", "split"), "credential-guard", SuppressFlag.NONE);
        assertThat(unbounded.remark()).endsWith(" deliveries a second, and nothing pauses it.");
        AdviceCell asked =
                BundledAdvice.cell(BundledAdvice.of("crosvm-userspace", "none"), "credential-guard", SuppressFlag.NONE);
        assertThat(asked.remark())
                .endsWith("which depends on how soon the source is asked again: 10us, which is not established.");
    }

    @ParameterizedTest
    @CsvSource({"5us, 54000, 56000", "10us, 43000, 45000", "20us, 35000, 37000", "30us, 29000, 31500"})
    void howFastAnAskedSourceStormsDependsOnItsLatency(String latency, double least, double most) {
        AdviceCell cell = quirkedWithLatency(latency);
        assertThat(cell.verdict()).isEqualTo(Verdict.STORM);
        assertThat(cell.deliveriesPerSecond()).isBetween(least, most);
    }

    @Test
    void anAskedSourceThatAnswersLateDoesNotStorm() {
        assertThat(quirkedWithLatency("60us").verdict()).isEqualTo(Verdict.OK);
    }

    private static AdviceCell quirkedWithLatency(String latency) {
        ProfileEntry crosvm = PatchedProfiles.of(
                "crosvm",
                "{\"split\":{\"eoiExits\":\"reserved\"},\"onEoiAsserted\":{\"resample\":{\"latency\":\"" + latency
                        + "\"}}}");
        HostAdvice host =
                new Advisor(1).advise(List.of(crosvm), irqchip -> true).get(0);
        return BundledAdvice.cell(host, "credential-guard", SuppressFlag.NONE);
    }

    @Test
    void whatRestsOnAnUnverifiedFieldSaysSo() {
        HostAdvice crosvm = BundledAdvice.of("crosvm", "split");
        assertThat(BundledAdvice.cell(crosvm, "credential-guard", SuppressFlag.NONE)
                        .reason())
                .endsWith("That no EOI exits arrive is deduced, and if they do, it is STORM.");
        assertThat(crosvm.recommendation().reason())
                .isEqualTo("No flag is right for every guest that boots; with ENABLE linux gets stuck; KVM produces EOI"
                        + " exits only for the GSIs that KVM_CAP_SPLIT_IRQCHIP reserved, and the routes of the pins have"
                        + " others; that no EOI exits arrive is deduced, and if they do, linux is right.");
        assertThat(BundledAdvice.of("virtualbox-ich9", "split").recommendation().reason())
                .endsWith("that EOI exits arrive is not established, and if they do not, linux gets stuck.");
        assertThat(BundledAdvice.of("qemu-ioapic-0x20", "split").cells())
                .as("verified")
                .allSatisfy(cell -> assertThat(cell.otherwise()).isNull());
    }

    @Test
    void howSureAFieldIsDecidesWhetherTheOtherValueIsRunToo() {
        ProfileEntry sure = PatchedProfiles.of("dragonball", "{\"confidence\":{\"split.eoiExits\":\"verified\"}}");
        assertThat(new Advisor(1).advise(List.of(sure), irqchip -> true).get(0).cells())
                .allSatisfy(cell -> assertThat(cell.otherwise()).isNull());
        assertThat(BundledAdvice.of("dragonball", "split").cells())
                .allSatisfy(cell -> assertThat(cell.otherwise()).isEqualTo(Verdict.OK));
        assertThat(BundledAdvice.cell(BundledAdvice.of("bhyve-illumos", "none"), "credential-guard", SuppressFlag.NONE)
                        .remark())
                .isEqualTo(
                        "That its local APICs do not show LVR bit 24 is not established, and if they do, it is STORM.");
    }

    @Test
    void theReasonNamesTheMechanism() {
        assertThat(reason("qemu-ioapic-0x20", "split"))
                .startsWith("ENABLE suppresses the early LAPIC EOI, and the guest's write to the EOI register ends the"
                        + " interrupt; with DISABLE credential-guard-resumed storms (")
                .contains("; without a flag credential-guard storms (");
        assertThat(reason("openvmm", "split"))
                .startsWith("DISABLE hides LVR bit 24, and the guest ends the LAPIC interrupt after the device is"
                        + " serviced; the I/O APIC has no EOI register; with ENABLE credential-guard gets stuck")
                .endsWith("/s) until the guest is reset.");
        assertThat(reason("cloud-hypervisor", "split"))
                .endsWith("no EOI register, and ENABLE is right only because Remote IRR does not gate delivery.");
        assertThat(reason("dragonball", "split"))
                .contains("no EOI register, although its version says 0x20, and ENABLE is right only because it has no"
                        + " level-triggered interrupts");
        assertThat(reason("libkrun-kvm-split", "split"))
                .isEqualTo(
                        "No flag is safe; with any and with none linux stops the VMM and credential-guard stops the VMM;"
                                + " the VMM stops: an EOI reaches its I/O APIC, and libkrun-kvm-split takes none; that EOI exits"
                                + " arrive is from an old version, and if they do not, linux gets stuck.");
        assertThat(reason("kvm-inkernel", "kernel"))
                .startsWith(
                        "No flag is needed, since KVM does not show LVR bit 24 with its own I/O APIC; DISABLE is right"
                                + " as well; with ENABLE linux is refused");
        assertThat(reason("crosvm-userspace", "none"))
                .startsWith(
                        "No flag helps, since KVM's local APICs are not in use; without a flag credential-guard storms")
                .contains("not honoured by the VMM's local APIC");
        assertThat(reason("acrn", "none")).contains("; without a flag credential-guard-resumed storms (");
        assertThat(BundledAdvice.cell(BundledAdvice.of("libkrun-whp", "none"), "linux", SuppressFlag.NONE)
                        .remark())
                .startsWith("That no LAPIC EOI is taken is not established.");
        assertThat(reason("xen-vioapic", "none"))
                .isEqualTo(
                        "No flag is needed, since KVM's local APICs are not in use and those that are do not show LVR bit"
                                + " 24.");
        assertThat(reason("qemu-tcg", "none"))
                .endsWith("; that its local APICs do not show LVR bit 24 is from an old version, and if they do,"
                        + " credential-guard storms.");
    }

    private static String reason(String profile, String irqchip) {
        return BundledAdvice.of(profile, irqchip).recommendation().reason();
    }

    @Test
    void aFlagIsFoundByItsShortNameAndByTheKernels() {
        assertThat(SuppressFlag.find("DISABLE")).contains(SuppressFlag.DISABLE);
        assertThat(SuppressFlag.find("KVM_X2APIC_ENABLE_SUPPRESS_EOI_BROADCAST"))
                .contains(SuppressFlag.ENABLE);
        assertThat(SuppressFlag.find("none")).contains(SuppressFlag.NONE);
        assertThat(SuppressFlag.find("NONE")).isEmpty();
    }

    @Test
    void theNestedGuestIsTheOneOfCredentialGuard() {
        Scenario advised = ScenarioReader.read(BundledFiles.adviceGuests())
                .find("credential-guard")
                .orElseThrow();
        ScenarioFile origin = ScenarioLibrary.open("credential-guard");
        assertThat(advised.machine().guest()).isEqualTo(origin.base().machine().guest());
        assertThat(advised.machine().latencies())
                .isEqualTo(origin.base().machine().latencies());
    }

    @Test
    void aProfileWithoutLevelInterruptsIsGivenAnEdge() {
        List<Verdict> verdicts = new ArrayList<>();
        BundledAdvice.of("alioth", "split").cells().forEach(cell -> verdicts.add(cell.verdict()));
        assertThat(verdicts).hasSize(12).containsOnly(Verdict.OK);
    }
}
