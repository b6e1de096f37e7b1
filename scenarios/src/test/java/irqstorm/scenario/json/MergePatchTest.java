// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class MergePatchTest {

    /** The table of RFC 7396, appendix A: original, patch, result. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a":"b"}             | {"a":"c"}                     | {"a":"c"}
            {"a":"b"}             | {"b":"c"}                     | {"a":"b","b":"c"}
            {"a":"b"}             | {"a":null}                    | {}
            {"a":"b","b":"c"}     | {"a":null}                    | {"b":"c"}
            {"a":["b"]}           | {"a":"c"}                     | {"a":"c"}
            {"a":"c"}             | {"a":["b"]}                   | {"a":["b"]}
            {"a":{"b":"c"}}       | {"a":{"b":"d","c":null}}      | {"a":{"b":"d"}}
            {"a":[{"b":"c"}]}     | {"a":[1]}                     | {"a":[1]}
            ["a","b"]             | ["c","d"]                     | ["c","d"]
            {"a":"b"}             | ["c"]                         | ["c"]
            {"a":"foo"}           | null                          | null
            {"a":"foo"}           | "bar"                         | "bar"
            {"e":null}            | {"a":1}                       | {"e":null,"a":1}
            [1,2]                 | {"a":"b","c":null}            | {"a":"b"}
            {}                    | {"a":{"bb":{"ccc":null}}}     | {"a":{"bb":{}}}
            """)
    void everyCaseOfTheStandardComesOutAsItSays(String original, String patch, String result) {
        assertThat(MergePatch.apply(json(original), json(patch))).isEqualTo(json(result));
    }

    @Test
    void theKeysOfTheOriginalKeepTheirOrderAndNewOnesFollow() {
        assertThat(MergePatch.apply(json("{\"z\":1,\"y\":2}"), json("{\"a\":3,\"y\":4}"))
                        .toString())
                .isEqualTo("{\"z\":1,\"y\":4,\"a\":3}");
    }

    @Test
    void neitherTheOriginalNorThePatchIsModified() {
        JsonNode original = json("{\"a\":{\"b\":[1],\"c\":{\"d\":2}},\"e\":5}");
        JsonNode patch = json("{\"a\":{\"b\":null,\"c\":{\"x\":null,\"y\":{\"z\":null}}},\"e\":{\"f\":null}}");

        MergePatch.apply(original, patch);

        assertThat(original).isEqualTo(json("{\"a\":{\"b\":[1],\"c\":{\"d\":2}},\"e\":5}"));
        assertThat(patch)
                .isEqualTo(json("{\"a\":{\"b\":null,\"c\":{\"x\":null,\"y\":{\"z\":null}}},\"e\":{\"f\":null}}"));
    }

    @Test
    void aPatchedDocumentCarriesItsOwnName() {
        JsonDocument scenario = JsonSource.text("my.json", "{\"mode\":\"kernel\",\"seed\":1}");
        JsonDocument patch = JsonSource.text("split", "{\"mode\":\"split\"}");

        JsonDocument patched = scenario.patched("my.json with split", patch);

        assertThat(patched.source()).isEqualTo("my.json with split");
        assertThat(patched.root()).isEqualTo(json("{\"mode\":\"split\",\"seed\":1}"));
    }

    private static JsonNode json(String text) {
        return JsonSource.text("test", text).root();
    }
}
