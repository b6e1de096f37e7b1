// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShellWordTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "credential-guard;credential-guard",
                "dir/file_1.json;dir/file_1.json",
                "two words;'two words'",
                "it's;'it'\\''s'",
                "$HOME;'$HOME'",
                "\"\";''",
                "~/x;'~/x'",
                "é;'é'"
            })
    void theShellTakesAQuotedWordLiterally(String word, String quoted) {
        assertThat(ShellWord.quote(word)).isEqualTo(quoted);
    }
}
