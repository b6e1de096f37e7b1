// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import irqstorm.scenario.Problem;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The rules that the readers check and the published schema cannot express, because they compare one part of a scenario with another, or
 * count what a schema counts otherwise. Each has an example: a change of a valid scenario that breaks just this rule.
 */
enum ReaderOnlyRule {
    UNIFORM_MIN_IS_NOT_ABOVE_MAX(
            """
            {"latencies": {"mmioExit": {"uniform": {"min": "3us", "max": "2us"}}}}""",
            "$.latencies.mmioExit.uniform: found {\"min\":\"3us\",\"max\":\"2us\"}; min 3us is greater than max 2us",
            ".*; min .* is greater than max .*"),
    LOGNORMAL_P95_IS_ABOVE_THE_MEDIAN(
            """
            {"latencies": {"mmioExit": {"lognormal": {"median": "3us", "p95": "2us"}}}}""",
            "$.latencies.mmioExit.lognormal: found {\"median\":\"3us\",\"p95\":\"2us\"};"
                    + " p95 2us is not above the median 3us and below 1000 times it",
            ".*; p95 .* is not above the median .* and below 1000 times it"),
    EVERY_VALUE_HAS_A_WEIGHT(
            """
            {"latencies": {"mmioExit": {"empirical": {"values": ["3us", "4us"], "weights": [1]}}}}""",
            "$.latencies.mmioExit.empirical.weights: found an array of 1, expected an array of 2 elements",
            ".*\\.weights: found an array of .*, expected an array of \\d+ elements"),
    A_GAP_IS_NOT_ALWAYS_ZERO(
            """
            {"devices": [{"name": "nic", "line": {"gsi": 5}, "arrivals": {"every": "0ns"}}]}""",
            "$.devices[0].arrivals.every: found \"0ns\", expected a time between causes longer than 0ns",
            ".*, expected a time between causes longer than 0ns"),
    TIMES_ASCEND(
            """
            {"devices": [{"name": "nic", "line": {"gsi": 5}, "arrivals": {"at": ["2us", "2us", "1us"]}}]}""",
            "$.devices[0].arrivals.at[2]: found \"1us\", expected times in ascending order",
            ".*, expected times in ascending order"),
    A_DURATION_IS_AT_MOST_THIRTY_DAYS(
            """
            {"duration": "43201min"}""",
            "$.duration: found \"43201min\", expected a duration of at most 30 days",
            ".*, expected a duration of at most 30 days"),
    AN_INTEGER_IS_WRITTEN_WITHOUT_A_POINT(
            """
            {"seed": 2.0}""",
            "$.seed: found 2.0, expected an integer from 0 to 9223372036854775807",
            ".*: found -?\\d+\\.0+, expected an integer .*"),
    ONLY_A_WRITTEN_ORDER_SHOWS_MORE_THAN_VERDICTS(
            """
            {"expect": {"violation": "MASKED_DELIVERY"}}""",
            "$.expect.violation: found \"MASKED_DELIVERY\", expected a violation only in a scenario with an \"order\" of events",
            ".*, expected a violation only in a scenario with an .*"),
    A_NUMBER_IS_NOT_BEYOND_ALL_BOUNDS(
            """
            {"expect": {"episodes": 1e400}}""",
            "$.expect.episodes: found 1E+400, expected a number from -1.7e308 to 1.7e308",
            ".*, expected a number from -1.7e308 to 1.7e308"),
    A_TEXT_IS_COUNTED_IN_UTF_16_UNITS(
            "{\"name\": \"" + "\ud83d\ude00".repeat(51) + "\"}",
            "$.name: found \"" + "\ud83d\ude00".repeat(30)
                    + "\u2026\", expected a string of at most 100 characters; it has 102",
            ".*, expected a string of at most \\d+ characters; it has \\d+"),
    A_PIN_IS_PROGRAMMED_ONCE(
            """
            {"pins": [{"gsi": 5, "vector": 65, "trigger": "level"}, {"gsi": 5, "vector": 66, "trigger": "level"}]}""",
            "$.pins[1].gsi: found 5, expected a GSI of its own for every pin; $.pins[0].gsi is 5 already",
            ".*, expected a GSI of its own for every pin; .* is \\d+ already"),
    A_GSI_IS_A_PIN_OF_THE_IO_APIC(
            """
            {"pins": [{"gsi": 24, "vector": 65, "trigger": "level"}]}""",
            "$.pins[0].gsi: found 24, expected an integer from 0 to 23",
            ".*\\.(gsi|inService): found \\d+, expected an integer from 0 to \\d+"),
    THERE_ARE_NOT_MORE_PINS_THAN_THE_IO_APIC_HAS(
            "{\"pins\": ["
                    + IntStream.range(0, 25)
                            .mapToObj(i -> "{\"gsi\": " + i % 24 + ", \"vector\": 65, \"trigger\": \"level\"}")
                            .collect(Collectors.joining(", "))
                    + "]}",
            "$.pins: found an array of 25, expected an array of 0 to 24 elements",
            "\\$\\.pins: found an array of .*, expected an array of 0 to \\d+ elements"),
    A_LINE_ENDS_AT_A_PROGRAMMED_PIN(
            """
            {"devices": [{"name": "nic", "line": {"gsi": 6}, "arrivals": {"at": ["0us"]}}]}""",
            "$.devices[0].line.gsi: found 6, expected a GSI that \"pins\" programs, such as 5",
            ".*, expected a GSI that \"pins\" programs, .*"),
    A_LINE_SIGNALS_AS_ITS_PIN_IS_PROGRAMMED(
            """
            {"devices": [{"name": "nic", "line": {"gsi": 5, "signalling": "edge"}, "arrivals": {"at": ["0us"]}}]}""",
            "$.devices[0].line.signalling: found \"edge\","
                    + " expected \"level\", since pin 5 is programmed for level",
            ".*\\.signalling: found .* pin \\d+ is programmed for (level|edge).*"),
    A_KIND_DRIVES_ITS_LINE_AS_THE_PIN_IS_PROGRAMMED(
            """
            {"devices": [{"name": "nic", "kind": "pit", "line": {"gsi": 5}, "arrivals": {"at": ["0us"]}}]}""",
            "$.devices[0].kind: found \"pit\","
                    + " expected a kind whose line is for level, since pin 5 is programmed for level",
            ".*\\.kind: found .*, expected a kind whose line is for (level|edge), since pin \\d+ is programmed for .*"),
    A_KEY_FITS_THE_SIGNALLING_OF_THE_LINE(
            """
            {"devices": [{"name": "nic", "unmask": "eoi", "line": {"gsi": 5}, "arrivals": {"at": ["0us"]}}]}""",
            "$.devices[0].unmask: found \"eoi\", expected no such key, since the line is level",
            ".*: found .*, expected no such key, since the line is (level|edge|event-per-unmask)"),
    A_LINE_THAT_IS_HELD_IS_SERVICED_BY_AN_ACCESS(
            """
            {"devices": [{"name": "nic", "accesses": 0, "line": {"gsi": 5}, "arrivals": {"at": ["0us"]}}]}""",
            "$.devices[0].accesses: found 0, expected an integer from 1 to 100",
            ".*\\.accesses: found 0, expected an integer from 1 to 100"),
    A_LINE_IS_NOT_HELD_BY_A_KIND_THAT_NO_ACCESS_SERVICES(
            """
            {"devices": [
              {"name": "nic", "kind": "pit", "line": {"gsi": 5, "signalling": "level"}, "arrivals": {"at": ["0us"]}}
            ]}""",
            "$.devices[0].accesses: found nothing, expected the required key \"accesses\";"
                    + " no access services the kind, and the line would never fall",
            ".*; no access services the kind, and the line would never fall"),
    WHAT_NO_ACCESS_SERVICES_HAS_NO_CAUSE_AFTER_ITS_SERVICE(
            """
            {
              "pins": [{"gsi": 5, "vector": 65, "trigger": "edge"}],
              "devices": [{"name": "nic", "kind": "pit", "line": {"gsi": 5}, "arrivals": {"afterService": "1us"}}]
            }""",
            "$.devices[0].arrivals.afterService: found \"1us\","
                    + " expected \"every\" or \"at\" instead, since no access services the device",
            ".*, expected \"every\" or \"at\" instead, since no access services the device"),
    SOMETHING_UNMASKS_A_SOURCE_OF_EVENTS(
            """
            {"devices": [
              {"name": "nic", "line": {"gsi": 5, "signalling": "event-per-unmask"}, "unmask": "any-access",
               "arrivals": {"at": ["0us"]}}
            ]}""",
            "$.devices[0].unmaskLatency: found nothing, expected the required key \"unmaskLatency\";"
                    + " a source of events signals again only after it was unmasked",
            ".*; a source of events signals again only after it was unmasked"),
    AN_EOI_UNMASKS_ONLY_WHERE_THE_IO_APIC_TELLS_OF_IT(
            """
            {
              "vmm": {"ioApic": {"profile": "openvmm"}},
              "devices": [{"name": "nic", "kind": "vfio-intx-irqfd", "line": {"gsi": 5}, "arrivals": {"at": ["0us"]}}]
            }""",
            "$.devices[0].kind: found \"vfio-intx-irqfd\","
                    + " expected \"unmask\": \"any-access\", or a profile whose \"resample\" is not on \"none\";"
                    + " profile openvmm tells no source of an EOI, so that nothing would ever unmask it",
            ".*; profile .* tells no source of an EOI, so that nothing would ever unmask it"),
    A_DEVICE_HAS_A_NAME_OF_ITS_OWN(
            """
            {"devices": [
              {"name": "nic", "line": {"gsi": 5}, "arrivals": {"at": ["0us"]}},
              {"name": "nic", "msi": {"vector": 97}, "arrivals": {"at": ["0us"]}}
            ]}""",
            "$.devices[1].name: found \"nic\","
                    + " expected a name of its own for every device; $.devices[0].name is the same",
            ".*, expected a name of its own for every device; .* is the same"),
    A_MESSAGE_GOES_TO_A_VCPU(
            """
            {"devices": [{"name": "nic", "msi": {"vector": 97, "destination": 1}, "arrivals": {"at": ["0us"]}}]}""",
            "$.devices[0].msi.destination: found 1, expected an integer from 0 to 0",
            ".*\\.msi\\.destination: found \\d+, expected an integer from 0 to \\d+"),
    A_SERVICE_STEP_NAMES_A_DEVICE(
            """
            {"guest": {"programs": {"on-interrupt": [{"step": "service", "device": "nics"}]}}}""",
            "$.guest.programs['on-interrupt'][0].device: found \"nics\", expected \"nic\"; did you mean \"nic\"?",
            ".*\\.device: found .*, expected (one of \"|\"|no device: the machine has none).*"),
    AN_EXIT_PROGRAM_RESUMES_L2(
            """
            {"guest": {"programs": {"l1-on-l2-eoi": [{"step": "resume-l2", "when": ["level"]}]}}}""",
            "$.guest.programs['l1-on-l2-eoi']: found an array of 1,"
                    + " expected a program that ends with a \"resume-l2\" without conditions",
            ".*, expected a program that ends with a \"resume-l2\" without conditions"),
    THE_BACKGROUND_TAKES_TIME(
            """
            {"guest": {"programs": {"background": [{"step": "run", "for": {"uniform": {"min": "0ns", "max": "1ns"}}}]}}}""",
            "$.guest.programs.background: found an array of 1, expected a program with a \"halt\", or a \"run\""
                    + " longer than 0ns, without conditions, because it starts over at its end",
            ".*, expected a program with a \"halt\", or a \"run\" longer than 0ns, without conditions, .*"),
    L1_HANDLES_THE_INTERRUPTS_THAT_IT_LETS_IN(
            """
            {"guest": {"programs": {"l1-on-l2-eoi": [{"step": "sti"}, {"step": "resume-l2"}]}}}""",
            "$.guest.programs['l1-on-interrupt']: found nothing, expected the required key \"l1-on-interrupt\";"
                    + " a program lets interrupts in with \"sti\"",
            ".*; a program lets interrupts in with \"sti\""),
    AN_EXPECTED_RANGE_IS_NOT_EMPTY(
            """
            {"expect": {"lines": {"nic": {"deliveries": {"min": 2, "max": 1}}}}}""",
            "$.expect.lines.nic.deliveries: found an object,"
                    + " expected a range whose \"min\" is not above its \"max\"",
            ".*, expected a range whose \"min\" is not above its \"max\""),
    A_HAZARD_IS_AT_A_PROGRAMMED_PIN(
            """
            {"hazards": [{"hazard": "change-vector", "at": "1ms", "gsi": 6, "vector": 66}]}""",
            "$.hazards[0].gsi: found 6, expected a GSI that \"pins\" programs, such as 5",
            ".*, expected a GSI that \"pins\" programs, .*"),
    A_VM_MOVES_TO_AN_IO_APIC_WITH_AS_MANY_PINS(
            """
            {"hazards": [{"hazard": "migrate", "at": "1ms",
             "to": {"ioApic": {"profile": "qemu-ioapic-0x11", "patch": {"pins": 48}}}}]}""",
            "$.hazards[0].to.ioApic: found an object, expected a profile with 24 pins, as the machine has",
            ".*, expected a profile with \\d+ pins, as the machine has"),
    A_VM_MOVES_TO_ANOTHER_IO_APIC_ONLY_UNDER_SPLIT_IRQCHIP(
            """
            {"kvm": {"irqchip": "kernel"},
             "hazards": [{"hazard": "migrate", "at": "1ms", "to": {"ioApic": {"profile": "qemu-ioapic-0x11"}}}]}""",
            "$.hazards[0].to.ioApic: found an object, expected no other I/O APIC, since the irqchip is not split",
            ".*, expected no other I/O APIC, since the irqchip is not split"),
    A_PROFILE_IS_FOUND_UNDER_THE_IRQCHIP_MODE(
            """
            {"vmm": {"ioApic": {"profile": "qemu-tcg"}}}""",
            "$.vmm.ioApic: found an object, expected a profile that is found under irqchip split;"
                    + " profile qemu-tcg is found under irqchip none",
            ".*, expected a profile that is found under irqchip .*"),
    A_PATCHED_PROFILE_IS_A_PROFILE(
            """
            {"vmm": {"ioApic": {"patch": {"onEoiAsserted": {"throttled": {"limit": 0}}}}}}""",
            "$.vmm.ioApic.patch.onEoiAsserted.throttled.limit: found 0, expected an integer from 1 to 1000000000;"
                    + " this is profile qemu-ioapic-0x20 as patched, where null removes a key",
            "\\$\\.(vmm|kvm|hazards\\[\\d+\\]\\.to)\\.ioApic\\.patch.*; this is profile .* as patched, where null removes a key");

    private final String example;
    private final String message;
    private final Pattern pattern;

    ReaderOnlyRule(String example, String message, String pattern) {
        this.example = example;
        this.message = message;
        this.pattern = Pattern.compile(pattern);
    }

    /** The nested sample, which is valid, with just this rule broken. */
    JsonDocument brokenSample() {
        return Samples.changed(Samples.nested(), example);
    }

    /** What the reader says of {@link #brokenSample()}. */
    String message() {
        return message;
    }

    /** Whether {@code problem} is a breach of this rule. */
    boolean explains(Problem problem) {
        String text = problem.text();
        return pattern.matcher(text.substring(problem.source().length() + 2)).matches();
    }
}
