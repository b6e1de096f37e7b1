// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import static irqstorm.scenario.json.Samples.changed;
import static irqstorm.scenario.json.Samples.nested;
import static irqstorm.scenario.json.Samples.plain;
import static irqstorm.scenario.json.Samples.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import irqstorm.apic.IoApicProfile.OnEoiAsserted;
import irqstorm.check.Verdict;
import irqstorm.guest.GuestStart;
import irqstorm.guest.ProgramRole;
import irqstorm.kvm.IrqchipMode;
import irqstorm.machine.Pin;
import irqstorm.scenario.Scenario;
import irqstorm.scenario.ScenarioFile;
import irqstorm.scenario.ScenarioFormatException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Configurations are JSON merge patches (RFC 7396) over the scenario, each checked like a scenario of its own. */
class ConfigurationTest {

    @Test
    void aConfigurationChangesWhatItNamesAndNothingElse() {
        ScenarioFile file = read("\"kernel\": {\"kvm\": {\"irqchip\": \"kernel\"}}");
        Scenario kernel = file.configurations().get("kernel");

        assertThat(kernel.machine().irqchip()).isEqualTo(IrqchipMode.KERNEL);
        assertThat(kernel.machine().uapi()).isEqualTo(file.base().machine().uapi());
        assertThat(kernel.machine().guest()).isEqualTo(file.base().machine().guest());
        assertThat(kernel.durationNanos()).isEqualTo(file.base().durationNanos());
        assertThat(kernel.configuration()).isEqualTo("kernel");
        assertThat(file.base().machine().irqchip()).isEqualTo(IrqchipMode.SPLIT);
        assertThat(file.base().configuration()).isEmpty();
    }

    @Test
    void nullRemovesAKeySoThatItsDefaultAppliesAgain() {
        JsonDocument scenario = changed(
                plain(),
                "{\"cpu\": {\"vcpus\": 3, \"apicv\": false}, \"expect\": {\"verdict\": \"OK\", \"episodes\": 0}}");
        ScenarioFile file = read(scenario, "\"one\": {\"cpu\": {\"vcpus\": null}, \"expect\": {\"episodes\": null}}");
        Scenario one = file.configurations().get("one");

        assertThat(one.machine().vcpus()).isEqualTo(1);
        assertThat(one.machine().apicv()).isFalse();
        assertThat(one.expectations().verdict()).contains(Verdict.OK);
        assertThat(one.expectations().measures()).isEmpty();
        assertThat(file.base().machine().vcpus()).isEqualTo(3);
    }

    @Test
    void aGuestThatIsNotNestedAnyMoreLosesItsHypervisorPrograms() {
        ScenarioFile file = read(
                nested(),
                "\"flat\": {\"guest\": {\"nested\": null, \"programs\": {\"l1-on-external-interrupt\": null,"
                        + " \"l1-on-l2-eoi\": null, \"l1-on-interrupt-window\": null}}}");

        assertThat(file.configurations().get("flat").machine().guest().nested().present())
                .isFalse();
        assertThat(file.configurations().get("flat").machine().guest().programs())
                .containsOnlyKeys(ProgramRole.BOOT, ProgramRole.BACKGROUND, ProgramRole.ON_INTERRUPT);
    }

    @Test
    void anArrayIsReplacedWhole() {
        ScenarioFile file = read(
                changed(
                        plain(),
                        "{\"pins\": [{\"gsi\": 5, \"vector\": 65, \"trigger\": \"level\"},"
                                + " {\"gsi\": 6, \"vector\": 66, \"trigger\": \"edge\"}]}"),
                "\"fewer\": {\"pins\": [{\"gsi\": 5, \"vector\": 67, \"trigger\": \"level\"}]}");

        assertThat(file.configurations().get("fewer").machine().pins())
                .extracting(Pin::gsi, Pin::vector)
                .containsExactly(tuple(5, 67));
    }

    @Test
    void aWordMayBecomeAnObject() {
        ScenarioFile file = read(
                "\"restored\": {\"guest\": {\"start\": {\"resumed\": {\"spiv\": \"0x11ff\", \"usesDirectedEoi\": true}}}}");

        assertThat(file.configurations().get("restored").machine().guest().start())
                .isEqualTo(new GuestStart.Resumed(0x11ff, true));
    }

    @Test
    void aThrottleLimitIsPatchedInTheProfile() {
        ScenarioFile file = read(
                "\"37\": {\"vmm\": {\"ioApic\": {\"patch\": {\"onEoiAsserted\": {\"throttled\": {\"limit\": 37}}}}}}");

        assertThat(file.configurations().get("37").machine().ioApic().onEoiAsserted())
                .isEqualTo(new OnEoiAsserted.Throttled(37, 10_000_000, true, false));
        assertThat(file.base().machine().ioApic().onEoiAsserted())
                .isEqualTo(new OnEoiAsserted.Throttled(10_000, 10_000_000, true, false));
    }

    @Test
    void configurationsKeepTheOrderOfTheFile() {
        ScenarioFile file = read("\"b\": {}, \"a\": {}, \"10\": {}, \"9\": {}");

        assertThat(file.configurationNames()).containsExactly("b", "a", "10", "9");
        assertThat(file.all()).extracting(Scenario::configuration).containsExactly("b", "a", "10", "9");
    }

    @Test
    void aScenarioWithoutConfigurationsIsComparedAsWritten() {
        ScenarioFile file = ScenarioReader.read(plain());

        assertThat(file.all()).containsExactly(file.base());
    }

    @Test
    void aConfigurationIsFoundByWhatStandsBeforeAHyphenIfThatIsUnique() {
        ScenarioFile file = read("\"3a-fresh\": {}, \"3b-restored\": {}, \"6-split\": {}, \"6-other\": {}, \"7\": {}");

        assertThat(file.find("3b").map(Scenario::configuration)).contains("3b-restored");
        assertThat(file.find("7").map(Scenario::configuration)).contains("7");
        assertThat(file.find("6-split").map(Scenario::configuration)).contains("6-split");
        assertThat(file.find("6")).isEmpty();
        assertThat(file.find("3")).isEmpty();
        assertThat(file.find("")).isEmpty();
    }

    @Test
    void aPatchThatBreaksTheScenarioIsReportedWithTheConfigurationsName() {
        refused(
                with(plain(), "\"6-broken\": {\"kvm\": {\"irqchip\": \"splt\"}}"),
                "configuration \"6-broken\" as patched: $.kvm.irqchip: found \"splt\","
                        + " expected one of \"none\", \"kernel\", \"split\"; did you mean \"split\"?");
    }

    @Test
    void aPatchThatRemovesARequiredKeyIsReportedWithTheConfigurationsName() {
        refused(
                with(plain(), "\"bare\": {\"guest\": null}"),
                "configuration \"bare\" as patched: $.guest: found nothing, expected the required key \"guest\"");
    }

    @Test
    void aPatchedProfileOutOfRangeIsReportedAtThePatch() {
        refused(
                with(
                        plain(),
                        "\"37\": {\"vmm\": {\"ioApic\": {\"patch\":"
                                + " {\"onEoiAsserted\": {\"throttled\": {\"limit\": 0}}}}}}"),
                "configuration \"37\" as patched: $.vmm.ioApic.patch.onEoiAsserted.throttled.limit: found 0,"
                        + " expected an integer from 1 to 1000000000;"
                        + " this is profile qemu-ioapic-0x20 as patched, where null removes a key");
    }

    @Test
    void aBrokenConfigurationDoesNotHideTheOthers() {
        refused(
                with(plain(), "\"a\": {\"seed\": -1}, \"fine\": {}, \"b\": {\"cpu\": {\"vcpus\": 0, \"apicv\": 1}}"),
                "configuration \"a\" as patched: $.seed: found -1,"
                        + " expected an integer from 0 to 9223372036854775807",
                "configuration \"b\" as patched: $.cpu.vcpus: found 0, expected an integer from 1 to 64",
                "configuration \"b\" as patched: $.cpu.apicv: found 1, expected true or false");
    }

    @Test
    void whatIsWrongInTheScenarioItselfIsNotRepeatedForEveryConfiguration() {
        refused(
                with(
                        changed(plain(), "{\"seed\": -1}"),
                        "\"a\": {}, \"b\": {\"duration\": \"1\"}, \"c\": {\"seed\": 1}"),
                "$.seed: found -1, expected an integer from 0 to 9223372036854775807",
                "configuration \"b\" as patched: $.duration: found \"1\", expected a duration with its unit,"
                        + " such as \"800ns\", \"59us\", \"1.5ms\", \"10s\" or \"2min\"");
    }

    @Test
    void onlyFiftyProblemsAreListedHoweverManyConfigurationsHaveThem() {
        String configurations = IntStream.range(0, 60)
                .mapToObj(i -> "\"c" + i + "\": {\"seed\": " + (-1 - i) + "}")
                .collect(Collectors.joining(", "));
        ScenarioFormatException refusal = catchThrowableOfType(
                ScenarioFormatException.class, () -> ScenarioReader.read(with(plain(), configurations)));

        assertThat(refusal.problems()).hasSize(50);
        assertThat(refusal.unlisted()).isEqualTo(10);
        assertThat(refusal)
                .hasMessageEndingWith("found -50, expected an integer from 0 to 9223372036854775807\nand 10 more");
    }

    @Test
    void aConfigurationIsAnObject() {
        refused(
                with(plain(), "\"a\": [], \"b\": null"),
                "$.configurations.a: found an empty array, expected an object: a JSON merge patch over the scenario",
                "$.configurations.b: found null, expected an object: a JSON merge patch over the scenario");
    }

    @Test
    void aConfigurationHasANameThatCanBeWritten() {
        refused(
                with(plain(), "\"\": {}, \" \": {}, \"" + "x".repeat(101) + "\": {}"),
                "$.configurations['']: found an empty object,"
                        + " expected a configuration with a name of 1 to 100 characters",
                "$.configurations[' ']: found an empty object,"
                        + " expected a configuration with a name of 1 to 100 characters",
                "$.configurations['" + "x".repeat(60) + "\u2026']: found an empty object,"
                        + " expected a configuration with a name of 1 to 100 characters");
    }

    @Test
    void aConfigurationHasNoConfigurations() {
        refused(
                with(plain(), "\"a\": {\"configurations\": {}}"),
                "$.configurations.a: found an object, expected a patch without \"configurations\"");
    }

    @Test
    void thereAreAtMostTwoHundredConfigurations() {
        assertThat(ScenarioReader.read(with(plain(), names(200))).configurations())
                .hasSize(200);
        refused(
                with(plain(), names(201)),
                "$.configurations: found an object, expected an object of at most 200 keys; it has 201");
    }

    @Test
    void readingTwiceGivesEqualScenarios() {
        for (String name : BundledFiles.scenarioNames()) {
            ScenarioFile first = ScenarioReader.read(BundledFiles.scenario(name));
            ScenarioFile second = ScenarioReader.read(BundledFiles.scenario(name));

            assertThat(second).as(name).isEqualTo(first);
        }
    }

    private static String names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"c" + i + "\": {}").collect(Collectors.joining(", "));
    }

    /** The scenario with these configurations, which are not merged but put in, so that null stays. */
    private static JsonDocument with(JsonDocument scenario, String configurations) {
        String text = Samples.text(scenario);
        return JsonSource.text(
                "my.json", text.substring(0, text.length() - 1) + ", \"configurations\": {" + configurations + "}}");
    }

    private static ScenarioFile read(JsonDocument scenario, String configurations) {
        return ScenarioReader.read(with(scenario, configurations));
    }

    private static ScenarioFile read(String configurations) {
        return read(plain(), configurations);
    }
}
