// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import static irqstorm.scenario.json.Samples.changed;
import static irqstorm.scenario.json.Samples.nested;
import static irqstorm.scenario.json.Samples.plain;
import static irqstorm.scenario.json.Samples.refused;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a scenario that is wrong is told: where, what was found, what would be right. See also {@link ReaderOnlyRuleTest}. */
class BadScenarioTest {
    private static final String FLAGS = "one of \"KVM_X2APIC_API_USE_32BIT_IDS\","
            + " \"KVM_X2APIC_API_DISABLE_BROADCAST_QUIRK\", \"KVM_X2APIC_ENABLE_SUPPRESS_EOI_BROADCAST\","
            + " \"KVM_X2APIC_DISABLE_SUPPRESS_EOI_BROADCAST\"";
    private static final String HANDLER_STEPS = "one of \"run\", \"lapic-eoi\", \"ioapic-eoi\", \"service\", \"sti\","
            + " \"cli\", \"mask-pin\", \"unmask-pin\", \"read-lvr\", \"write-spiv\", \"read-spiv\", \"write-tpr\"";
    private static final String VECTOR = "an integer from 16 to 255, or the same as \"0x10\" to \"0xff\"";

    @Test
    void aFileThatIsNoObjectIsNoScenario() {
        refused(JsonSource.text("my.json", "[1, 2]"), "$: found an array of 2, expected an object");
    }

    @Test
    void anUnknownKeyIsNamedWithTheNearestOneThatThereIs() {
        refused(
                changed(plain(), "{\"devcies\": []}"),
                "$.devcies: found an unknown key, expected only the keys \"configurations\", \"$schema\", \"name\","
                        + " \"title\", \"description\", \"seed\", \"duration\", \"settle\", \"limits\", \"kvm\","
                        + " \"vmm\", \"cpu\", \"pins\", \"devices\", \"guest\", \"hazards\", \"latencies\", \"order\","
                        + " \"expect\", \"explore\";"
                        + " did you mean \"devices\"?");
        refused(
                changed(plain(), "{\"cpu\": {\"cpus\": 2}}"),
                "$.cpu.cpus: found an unknown key, expected only the keys \"vcpus\", \"apicMode\", \"apicv\","
                        + " \"x2apicCpuid\"; did you mean \"vcpus\"?");
    }

    @Test
    void everyMissingKeyIsNamed() {
        refused(
                changed(plain(), "{\"title\": null, \"duration\": null, \"guest\": {\"start\": null}}"),
                "$.title: found nothing, expected the required key \"title\"",
                "$.duration: found nothing, expected the required key \"duration\"",
                "$.guest.start: found nothing, expected the required key \"start\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"5sec\"", "\"5 us\"", "\"5\"", "5", "\"-5us\"", "\"5US\"", "null", "[\"5us\"]"})
    void aDurationNeedsAUnitThatThereIs(String wrong) {
        JsonDocument value = JsonSource.text("value", wrong);
        refused(
                changed(
                        plain(),
                        "{\"devices\": [{\"name\": \"nic\", \"line\": {\"gsi\": 5}, \"arrivals\": {\"at\": [" + wrong
                                + "]}}]}"),
                "$.devices[0].arrivals.at[0]: found " + Excerpt.of(value.root()) + ", expected a duration with its"
                        + " unit, such as \"800ns\", \"59us\", \"1.5ms\", \"10s\" or \"2min\"");
    }

    @Test
    void aDurationHasToBePossible() {
        refused(
                changed(plain(), "{\"duration\": \"0ns\", \"settle\": \"0.5ns\"}"),
                "$.duration: found \"0ns\", expected a duration from 1ns to 2592000s",
                "$.settle: found \"0.5ns\", expected a whole number of nanoseconds");
    }

    @Test
    void anUnknownFlagIsNamedWithTheNearestOneThatThereIs() {
        refused(
                changed(
                        plain(),
                        "{\"kvm\": {\"x2apicApi\": {\"flags\": [\"KVM_X2APIC_ENABLE_SUPRESS_EOI_BROADCAST\"]}}}"),
                "$.kvm.x2apicApi.flags[0]: found \"KVM_X2APIC_ENABLE_SUPRESS_EOI_BROADCAST\", expected " + FLAGS
                        + " or a value such as \"0x4\"; did you mean \"KVM_X2APIC_ENABLE_SUPPRESS_EOI_BROADCAST\"?");
        refused(
                changed(plain(), "{\"kvm\": {\"x2apicApi\": {\"flags\": [\"0xg\", -1, true]}}}"),
                "$.kvm.x2apicApi.flags[0]: found \"0xg\", expected an integer from 0 to 4294967295,"
                        + " or the same as \"0x0\" to \"0xffffffff\"",
                "$.kvm.x2apicApi.flags[1]: found -1, expected an integer from 0 to 4294967295,"
                        + " or the same as \"0x0\" to \"0xffffffff\"",
                "$.kvm.x2apicApi.flags[2]: found true, expected " + FLAGS + " or a value such as \"0x4\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"uapi\": \"merged\", ", "\"uapi\": \"v4\", "})
    void anOlderNameOfAFlagIsOneOfItsOwnRevisionOnly(String uapi) {
        refused(
                changed(
                        plain(),
                        "{\"kvm\": {" + uapi
                                + "\"x2apicApi\": {\"flags\": [\"KVM_X2APIC_API_DISABLE_SUPPRESS_EOI_BROADCAST\"]}}}"),
                "$.kvm.x2apicApi.flags[0]: found \"KVM_X2APIC_API_DISABLE_SUPPRESS_EOI_BROADCAST\", expected " + FLAGS
                        + " or a value such as \"0x4\"; the name found belongs to \"uapi\": \"v3\";"
                        + " did you mean \"KVM_X2APIC_DISABLE_SUPPRESS_EOI_BROADCAST\"?");
    }

    @Test
    void aVectorIsOneThatALocalApicAccepts() {
        refused(
                changed(plain(), "{\"pins\": [{\"gsi\": 5, \"vector\": 300, \"trigger\": \"level\"}]}"),
                "$.pins[0].vector: found 300, expected " + VECTOR);
        refused(
                changed(plain(), "{\"pins\": [{\"gsi\": 5, \"vector\": \"0xf\", \"trigger\": \"level\"}]}"),
                "$.pins[0].vector: found \"0xf\", expected " + VECTOR);
        refused(
                changed(
                        plain(),
                        "{\"devices\": [{\"name\": \"nic\", \"msi\": {\"vector\": \"65\"},"
                                + " \"arrivals\": {\"at\": [\"0us\"]}}]}"),
                "$.devices[0].msi.vector: found \"65\", expected " + VECTOR);
    }

    @Test
    void aPinThatIsWrongIsNotHeldAgainstTheDevices() {
        refused(
                changed(plain(), "{\"pins\": [{\"gsi\": 99, \"vector\": 65, \"trigger\": \"levl\"}]}"),
                "$.pins[0].gsi: found 99, expected an integer from 0 to 23",
                "$.pins[0].trigger: found \"levl\", expected one of \"edge\", \"level\"; did you mean \"level\"?");
    }

    @Test
    void aLineNeedsAPinThatIsProgrammed() {
        refused(
                changed(plain(), "{\"pins\": null}"),
                "$.devices[0].line.gsi: found 5, expected a GSI that \"pins\" programs, but it programs none");
    }

    @Test
    void aLineThatDoesNotSayEdgeDoesNotFitAnEdgePin() {
        refused(
                changed(plain(), "{\"pins\": [{\"gsi\": 5, \"vector\": 65, \"trigger\": \"edge\"}]}"),
                "$.devices[0].line.signalling: found nothing, expected the required key \"signalling\";"
                        + " pin 5 is programmed for edge, and a line without the key is level");
    }

    @Test
    void aDeviceHasOneWire() {
        refused(
                changed(plain(), "{\"devices\": [{\"name\": \"nic\", \"arrivals\": {\"at\": [\"0us\"]}}]}"),
                "$.devices[0]: found none of the expected keys, expected exactly one of \"line\", \"msi\"");
        refused(
                changed(
                        plain(),
                        "{\"devices\": [{\"name\": \"nic\", \"line\": {\"gsi\": 5}, \"msi\": {\"vector\": 65},"
                                + " \"arrivals\": {\"at\": [\"0us\"]}}]}"),
                "$.devices[0]: found the keys \"line\", \"msi\", expected exactly one of \"line\", \"msi\"");
    }

    @Test
    void timesHaveNoLimit() {
        refused(
                changed(
                        plain(),
                        "{\"devices\": [{\"name\": \"nic\", \"line\": {\"gsi\": 5},"
                                + " \"arrivals\": {\"at\": [\"0us\"], \"limit\": 1}}]}"),
                "$.devices[0].arrivals.limit: found an unknown key,"
                        + " expected only the keys \"every\", \"afterService\", \"at\"");
    }

    @Test
    void aBlankNameIsNone() {
        refused(
                changed(
                        plain(),
                        "{\"name\": \"\", \"devices\": [{\"name\": \" \", \"line\": {\"gsi\": 5},"
                                + " \"arrivals\": {\"at\": [\"0us\"]}}]}"),
                "$.name: found \"\", expected a string that is not blank",
                "$.devices[0].name: found \" \", expected a string that is not blank");
    }

    @Test
    void anUnknownStepIsNamedOnce() {
        refused(
                changed(plain(), program("on-interrupt", "{\"step\": \"servce\", \"device\": \"nic\"}")),
                "$.guest.programs['on-interrupt'][0].step: found \"servce\", expected " + HANDLER_STEPS
                        + ", the steps of program \"on-interrupt\"; did you mean \"service\"?");
        refused(
                changed(plain(), program("on-interrupt", "{\"stp\": \"service\", \"device\": \"nic\"}")),
                "$.guest.programs['on-interrupt'][0].step: found nothing, expected the required key \"step\"",
                "$.guest.programs['on-interrupt'][0].stp: found an unknown key, expected only the keys \"step\","
                        + " \"when\", \"unless\", \"for\", \"via\", \"value\", \"device\"; did you mean \"step\"?");
    }

    @Test
    void aStepOfAnotherProgramIsNotOneOfThis() {
        refused(
                changed(plain(), program("on-interrupt", "{\"step\": \"resume-l2\"}")),
                "$.guest.programs['on-interrupt'][0].step: found \"resume-l2\", expected " + HANDLER_STEPS
                        + ", the steps of program \"on-interrupt\"");
        refused(
                changed(plain(), program("boot", "{\"step\": \"run\", \"for\": \"1us\"}")),
                "$.guest.programs.boot[0].step: found \"run\", expected one of \"read-lvr\", \"write-spiv\","
                        + " \"read-spiv\", \"write-tpr\", the steps of program \"boot\"");
    }

    @Test
    void aStepSaysWhatItNeedsAndNothingElse() {
        refused(
                changed(plain(), program("on-interrupt", "{\"step\": \"lapic-eoi\", \"for\": \"1us\"}")),
                "$.guest.programs['on-interrupt'][0].via: found nothing, expected the required key \"via\"",
                "$.guest.programs['on-interrupt'][0].for: found an unknown key,"
                        + " expected only the keys \"step\", \"when\", \"unless\", \"via\"");
    }

    @Test
    void aServiceStepOfAMachineWithoutDevicesNamesNone() {
        refused(
                changed(
                        plain(),
                        "{\"devices\": [], \"guest\": {\"programs\": {\"on-interrupt\":"
                                + " [{\"step\": \"service\", \"device\": \"nic\"}]}}}"),
                "$.guest.programs['on-interrupt'][0].device: found \"nic\","
                        + " expected no device: the machine has none");
    }

    @Test
    void aPlainGuestHasNoProgramsOfAHypervisor() {
        refused(
                changed(plain(), program("l1-on-interrupt", "{\"step\": \"lapic-eoi\", \"via\": \"mmio\"}")),
                "$.guest.programs['l1-on-interrupt']: found an array of 1,"
                        + " expected no such program, because the guest is not \"nested\"");
    }

    @Test
    void aNestedGuestReactsToEveryExit() {
        refused(
                changed(
                        nested(),
                        "{\"guest\": {\"programs\": {\"l1-on-l2-eoi\": null," + " \"l1-on-interrupt-window\": null}}}"),
                "$.guest.programs['l1-on-l2-eoi']: found nothing, expected the required key \"l1-on-l2-eoi\";"
                        + " a nested guest needs it",
                "$.guest.programs['l1-on-interrupt-window']: found nothing,"
                        + " expected the required key \"l1-on-interrupt-window\"; a nested guest needs it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"step\": \"sti\"}", "{\"step\": \"resume-l2\"}, {\"step\": \"cli\"}"})
    void anExitProgramEndsWithResumeL2(String steps) {
        JsonDocument scenario = changed(nested(), program("l1-on-external-interrupt", steps));
        JsonDocument withHandler = changed(scenario, program("l1-on-interrupt", ""));
        int count = withHandler
                .root()
                .at("/guest/programs/l1-on-external-interrupt")
                .size();
        refused(
                withHandler,
                "$.guest.programs['l1-on-external-interrupt']: found "
                        + (count == 0 ? "an empty array" : "an array of " + count)
                        + ", expected a program that ends with a \"resume-l2\" without conditions");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"step\": \"cli\"}",
                "{\"step\": \"run\", \"for\": \"0ns\"}",
                "{\"step\": \"halt\", \"when\": [\"level\"]}",
                "{\"step\": \"run\", \"for\": \"forever\", \"unless\": [\"level\"]}",
            })
    void aBackgroundProgramThatMayTakeNoTimeWouldHangTheGuest(String step) {
        refused(
                changed(plain(), program("background", step)),
                "$.guest.programs.background: found an array of 1, expected a program with a \"halt\", or a \"run\""
                        + " longer than 0ns, without conditions, because it starts over at its end");
    }

    @Test
    void aStartIsAWordOrAnObject() {
        refused(
                changed(plain(), "{\"guest\": {\"start\": \"resumed\"}}"),
                "$.guest.start: found \"resumed\", expected \"fresh\", or an object with the key \"resumed\"");
    }

    @Test
    void anExpectationIsANumberOrARange() {
        refused(
                changed(
                        plain(),
                        "{\"expect\": {\"verdict\": \"storm\", \"episodes\": \"0\", \"eoiExits\": {},"
                                + " \"lines\": {\"nic\": {\"amplificaton\": 1}}}}"),
                "$.expect.verdict: found \"storm\", expected one of \"REFUSED\", \"HOST_DOWN\", \"GUEST_KILLED\", \"VMM_STOPPED\", \"STUCK\", \"LOST\", \"STORM\", \"OK\";"
                        + " did you mean \"STORM\"?",
                "$.expect.episodes: found \"0\", expected a number, or an object with \"min\", \"max\" or both",
                "$.expect.eoiExits: found an empty object, expected a range with \"min\", \"max\" or both",
                "$.expect.lines.nic.amplificaton: found an unknown key, expected only the keys \"assertions\","
                        + " \"deliveries\", \"redundantDeliveries\", \"amplification\";"
                        + " did you mean \"amplification\"?");
    }

    @Test
    void aLimitHasLimits() {
        refused(
                changed(plain(), "{\"limits\": {\"events\": 0, \"pending\": 10000001}, \"cpu\": {\"vcpus\": 65}}"),
                "$.limits.events: found 0, expected an integer from 1 to 1000000000000",
                "$.limits.pending: found 10000001, expected an integer from 1 to 10000000",
                "$.cpu.vcpus: found 65, expected an integer from 1 to 64");
    }

    @Test
    void aProfileIsOneThatThereIs() {
        refused(
                changed(plain(), "{\"vmm\": {\"ioApic\": {\"profile\": \"qemu-ioapic-0x10\"}}}"),
                "$.vmm.ioApic.profile: found \"qemu-ioapic-0x10\", expected one of \""
                        + String.join("\", \"", BundledFiles.profileNames())
                        + "\"; did you mean \"qemu-ioapic-0x20\"?");
    }

    @Test
    void aPatchedProfileIsReportedAtThePlaceThatPatchesIt() {
        refused(
                changed(
                        plain(),
                        "{\"vmm\": {\"ioApic\": {\"patch\": {\"pins\": 0, \"polarty\": \"honoured\"}}}, \"seed\": -1}"),
                "$.seed: found -1, expected an integer from 0 to 9223372036854775807",
                "$.vmm.ioApic.patch.pins: found 0, expected an integer from 1 to 120;"
                        + " this is profile qemu-ioapic-0x20 as patched, where null removes a key",
                "$.vmm.ioApic.patch.polarty: found an unknown key, expected only the keys \"$schema\", \"name\","
                        + " \"version\", \"pins\", \"powerOnEntry\", \"eoiRegister\", \"eoiMatch\", \"broadcast\", \"onEoiAsserted\","
                        + " \"resample\", \"remoteIrrSet\", \"remoteIrrGates\", \"rteWrite\", \"service\","
                        + " \"levelTriggered\", \"maskedLevel\", \"maskedEdge\", \"level\", \"edge\", \"polarity\","
                        + " \"line\", \"save\", \"hosts\", \"split\", \"lapic\", \"usedBy\", \"confidence\","
                        + " \"provenance\";"
                        + " did you mean \"polarity\"?;"
                        + " this is profile qemu-ioapic-0x20 as patched, where null removes a key");
        refused(
                changed(plain(), "{\"kvm\": {\"ioApic\": {\"profile\": \"kvm-inkernel\", \"patch\": 3}}}"),
                "$.kvm.ioApic.patch: found 3, expected an object: a JSON merge patch over the profile");
    }

    @Test
    void aPatchThatAddsASecondReactionIsToldHowToRemoveTheFirst() {
        refused(
                changed(
                        plain(),
                        "{\"vmm\": {\"ioApic\": {\"patch\":"
                                + " {\"onEoiAsserted\": {\"resample\": {\"latency\": \"5us\"}}}}}}"),
                "$.vmm.ioApic.patch.onEoiAsserted: found the keys \"throttled\", \"resample\","
                        + " expected exactly one of \"throttled\", \"resample\";"
                        + " this is profile qemu-ioapic-0x20 as patched, where null removes a key");
    }

    @Test
    void whatIsFoundIsShownShortened() {
        refused(
                changed(plain(), "{\"seed\": \"" + "9".repeat(10_000) + "\"}"),
                "$.seed: found \"" + "9".repeat(60) + "\u2026\", expected an integer from 0 to 9223372036854775807");
    }

    private static String program(String role, String steps) {
        return "{\"guest\": {\"programs\": {\"" + role + "\": [" + steps + "]}}}";
    }
}
