// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import static irqstorm.scenario.json.JsonCursorTest.read;
import static irqstorm.scenario.json.JsonCursorTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.distribution.Distribution;
import irqstorm.distribution.Empirical;
import irqstorm.distribution.Exponential;
import irqstorm.distribution.Fixed;
import irqstorm.distribution.LogNormal;
import irqstorm.distribution.Uniform;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DistributionReaderTest {

    @Test
    void everyKindHasItsForm() {
        assertThat(distribution("\"2us\"")).isEqualTo(new Fixed(2_000));
        assertThat(distribution("{\"uniform\":{\"min\":\"1us\",\"max\":\"3us\"}}"))
                .isEqualTo(new Uniform(1_000, 3_000));
        assertThat(distribution("{\"exponential\":{\"mean\":\"5ms\"}}")).isEqualTo(new Exponential(5_000_000));
        assertThat(distribution("{\"lognormal\":{\"median\":\"800ns\",\"p95\":\"1500ns\"}}"))
                .isEqualTo(new LogNormal(800, 1_500));
        assertThat(distribution("{\"empirical\":{\"values\":[\"1us\",\"2us\"]}}"))
                .isEqualTo(Empirical.ofValues(List.of(1_000L, 2_000L)));
        assertThat(distribution("{\"empirical\":{\"values\":[\"1us\",\"2us\"],\"weights\":[9,1]}}"))
                .isEqualTo(new Empirical(List.of(1_000L, 2_000L), List.of(9, 1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2000", "true", "null", "[\"2us\"]"})
    void whatIsNeitherDurationNorObjectIsRefused(String json) {
        refused(
                json,
                DistributionReader::read,
                "$: found " + (json.startsWith("[") ? "an array of 1" : json) + ", expected a duration such as \"2us\","
                        + " or an object with one of the keys \"uniform\", \"exponential\", \"lognormal\", \"empirical\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "2"                                              | $: found "2", expected a duration with its unit, such as "800ns", "59us", "1.5ms", "10s" or "2min"
            {"exponential":{"mean":5}}                       | $.exponential.mean: found 5, expected a duration with its unit, such as "800ns", "59us", "1.5ms", "10s" or "2min"
            {"exponential":{"mean":"0s"}}                    | $.exponential: found {"mean":"0s"}; mean 0ns is not from 1ns to 30 days
            {"exponential":"5ms"}                            | $.exponential: found "5ms", expected an object
            {"uniform":{"min":"3us","max":"1us"}}            | $.uniform: found {"min":"3us","max":"1us"}; min 3us is greater than max 1us
            {"uniform":{"min":"3us"}}                        | $.uniform.max: found nothing, expected the required key "max"
            {"lognormal":{"median":"2us","p95":"1us"}}       | $.lognormal: found {"median":"2us","p95":"1us"}; p95 1us is not above the median 2us and below 1000 times it
            {"empirical":{"values":[]}}                      | $.empirical.values: found an empty array, expected an array of 1 to 2000 elements
            {"empirical":{"values":["1us"],"weights":[1,2]}} | $.empirical.weights: found an array of 2, expected an array of 1 elements
            {"empirical":{"values":["1us"],"weights":[0]}}   | $.empirical.weights[0]: found 0, expected an integer from 1 to 1000000
            {"empirical":{"values":["1us",2]}}               | $.empirical.values[1]: found 2, expected a duration with its unit, such as "800ns", "59us", "1.5ms", "10s" or "2min"
            """)
    void aMistakeIsNamedWhereItStands(String json, String message) {
        refused(json, DistributionReader::read, message);
    }

    @Test
    void aMistypedKindIsSuggested() {
        refused(
                "{\"log-normal\":{\"median\":\"800ns\",\"p95\":\"1500ns\"}}",
                DistributionReader::read,
                "$: found none of the expected keys, expected exactly one of"
                        + " \"uniform\", \"exponential\", \"lognormal\", \"empirical\"\n"
                        + "my.json: $['log-normal']: found an unknown key, expected only the keys"
                        + " \"uniform\", \"exponential\", \"lognormal\", \"empirical\"; did you mean \"lognormal\"?");
    }

    @Test
    void aMistypedParameterIsSuggestedAndNotReportedTwice() {
        refused(
                "{\"lognormal\":{\"medain\":\"800ns\",\"p95\":\"1500ns\"}}",
                DistributionReader::read,
                "$.lognormal.median: found nothing, expected the required key \"median\"\n"
                        + "my.json: $.lognormal.medain: found an unknown key, expected only the keys \"median\", \"p95\";"
                        + " did you mean \"median\"?");
    }

    @Test
    void aWrongDistributionDoesNotHideWhatFollows() {
        refused(
                "{\"exit\":{\"uniform\":{\"min\":\"3us\",\"max\":\"1us\"}},\"cpus\":99}",
                cursor -> cursor.readObject(fields -> {
                    DistributionReader.read(fields.required("exit"));
                    return fields.required("cpus").asInt(1, 8);
                }),
                "$.exit.uniform: found {\"min\":\"3us\",\"max\":\"1us\"}; min 3us is greater than max 1us\n"
                        + "my.json: $.cpus: found 99, expected an integer from 1 to 8");
    }

    @Test
    void aMissingDistributionIsRecordedOnce() {
        refused(
                "{}",
                cursor -> cursor.readObject(fields -> DistributionReader.read(fields.required("exit"))),
                "$.exit: found nothing, expected the required key \"exit\"");
    }

    private static Distribution distribution(String json) {
        return read(json, DistributionReader::read);
    }
}
