// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Schema and readers set the same limits on how many of something there may be, and on what is not even nearly a scenario. */
class SchemaLimitsTest {

    /** Something that there may be {@code most} of, and a change of the nested sample that has so many. */
    enum Limit {
        CONFIGURATIONS(
                200, count -> "{\"configurations\": {" + list(count, i -> "\"c" + i + "\": {\"seed\": 1}") + "}}"),
        CONFIGURATION_NAME(100, length -> "{\"configurations\": {\"" + "c".repeat(length) + "\": {\"seed\": 1}}}"),
        NAME(100, length -> "{\"name\": \"" + "n".repeat(length) + "\"}"),
        DEVICE_NAME(100, length -> devices("\"" + "n".repeat(length) + "\"", "\"0us\"")),
        TITLE(4000, length -> "{\"title\": \"" + "n".repeat(length) + "\"}"),
        DESCRIPTION(4000, length -> "{\"description\": \"" + "n".repeat(length) + "\"}"),
        PINS(
                120,
                count -> "{\"vmm\": {\"ioApic\": {\"patch\": {\"pins\": 120}}}, \"pins\": ["
                        + list(count, i -> "{\"gsi\": " + i + ", \"vector\": 65, \"trigger\": \"level\"}")
                        + "]}"),
        DEVICES(
                256,
                count -> "{\"devices\": ["
                        + list(
                                count,
                                i -> "{\"name\": \"d" + i + "\", \"msi\": {\"vector\": 65},"
                                        + " \"arrivals\": {\"every\": \"1us\"}}")
                        + "]}"),
        TIMES(100_000, count -> devices("\"nic\"", list(count, i -> "\"" + i + "ns\""))),
        VALUES(2000, count -> latency("{\"empirical\": {\"values\": [" + list(count, i -> "\"1us\"") + "]}}")),
        WEIGHTS(
                2000,
                count -> latency("{\"empirical\": {\"values\": [" + list(Math.min(count, 2000), i -> "\"1us\"")
                        + "], \"weights\": [" + list(count, i -> "1") + "]}}")),
        STEPS(1000, count -> program(list(count, i -> "{\"step\": \"cli\"}"))),
        CONDITIONS(3, count -> program("{\"step\": \"cli\", \"when\": [" + list(count, i -> "\"level\"") + "]}")),
        FLAGS(8, count -> "{\"kvm\": {\"x2apicApi\": {\"flags\": [" + list(count, i -> "1") + "]}}}"),
        EXPECTED_LINES(256, count -> "{\"expect\": {\"lines\": {" + list(count, i -> "\"l" + i + "\": {}") + "}}}");

        private final int most;
        private final IntFunction<String> change;

        Limit(int most, IntFunction<String> change) {
            this.most = most;
            this.change = change;
        }

        private static String devices(String name, String times) {
            return "{\"devices\": [{\"name\": " + name + ", \"line\": {\"gsi\": 5}, \"arrivals\": {\"at\": [" + times
                    + "]}}]}";
        }

        private static String latency(String distribution) {
            return "{\"latencies\": {\"mmioExit\": " + distribution + "}}";
        }

        private static String program(String steps) {
            return "{\"guest\": {\"programs\": {\"on-interrupt\": [" + steps + "]}}}";
        }

        private static String list(int count, IntFunction<String> element) {
            return IntStream.range(0, count).mapToObj(element).collect(Collectors.joining(", "));
        }
    }

    @ParameterizedTest
    @EnumSource
    void asManyAsAllowedAreAcceptedAndOneMoreIsRefused(Limit limit) {
        JsonDocument most = Samples.changed(Samples.nested(), limit.change.apply(limit.most));
        JsonDocument tooMany = Samples.changed(Samples.nested(), limit.change.apply(limit.most + 1));

        assertThat(Schemas.problemsOfScenario(most.root())).isEmpty();
        assertThat(Samples.problems(most)).isEmpty();
        assertThat(Schemas.problemsOfScenario(tooMany.root())).isNotEmpty();
        assertThat(Samples.problems(tooMany)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"configurations\": {\"\": {\"seed\": 1}}}",
                "{\"configurations\": {\" \": {\"seed\": 1}}}",
                "{\"configurations\": 1}",
                "{\"latencies\": {\"mmioExit\": {\"uniform\": {\"min\": \"1us\", \"max\": \"2us\"},"
                        + " \"exponential\": {\"mean\": \"1us\"}}}}",
                "{\"devices\": [{\"name\": \"nic\", \"msi\": {\"vector\": 65},"
                        + " \"arrivals\": {\"every\": \"1us\", \"at\": [\"1us\"], \"limit\": 2}}]}",
                "{\"devices\": [{\"name\": \"nic\", \"msi\": {\"vector\": 65},"
                        + " \"arrivals\": {\"at\": [\"1us\"], \"limit\": 2}}]}",
                "{\"guest\": {\"start\": {\"resumed\": null}}}",
                "{\"guest\": {\"programs\": {\"background\": [{\"step\": \"run\"}]}}}"
            })
    void whatIsWrongInAnUnusualWayIsRefusedByBoth(String change) {
        JsonDocument wrong = Samples.changed(Samples.nested(), change);

        assertThat(Schemas.problemsOfScenario(wrong.root())).isNotEmpty();
        assertThat(Samples.problems(wrong)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "1", "\"scenario\"", "true", "{}"})
    void whatIsNoScenarioAtAllIsRefusedByBoth(String text) {
        JsonDocument wrong = JsonSource.text("my.json", text);

        assertThat(Schemas.problemsOfScenario(wrong.root())).isNotEmpty();
        assertThat(Samples.problems(wrong)).isNotEmpty();
    }
}
