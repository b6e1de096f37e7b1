// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import irqstorm.scenario.ScenarioFormatException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonSourceTest {

    @TempDir
    private Path folder;

    @Test
    void aFileIsReadAsUtf8AndNamedAsGiven() throws IOException {
        Path file = Files.writeString(folder.resolve("my.json"), "{\"name\": \"\u00e9\u4e2d\ud83d\ude00\"}");

        JsonDocument document = JsonSource.file(file);

        assertThat(document.source()).isEqualTo(file.toString());
        assertThat(document.root().get("name").stringValue()).isEqualTo("\u00e9\u4e2d\ud83d\ude00");
    }

    @Test
    void aMissingFileSaysSo() {
        Path file = folder.resolve("none.json");
        refused(() -> JsonSource.file(file), file + ": found no such file, expected a readable JSON file");
    }

    @Test
    void aDirectorySaysSo() {
        refused(() -> JsonSource.file(folder), folder + ": found a directory, expected a readable JSON file");
    }

    @Test
    void aFileBeyondFourMebibytesIsNotRead() throws IOException {
        byte[] spaces = new byte[JsonSource.MAX_BYTES + 1];
        Arrays.fill(spaces, (byte) ' ');
        Path file = Files.write(folder.resolve("large.json"), spaces);

        refused(() -> JsonSource.file(file), file + ": found 4194305 bytes, expected at most 4194304 bytes");
    }

    @Test
    void aFileOfExactlyFourMebibytesIsRead() throws IOException {
        byte[] text = new byte[JsonSource.MAX_BYTES];
        Arrays.fill(text, (byte) ' ');
        text[JsonSource.MAX_BYTES - 1] = '1';
        Path file = Files.write(folder.resolve("large.json"), text);

        assertThat(JsonSource.file(file).root().intValue()).isEqualTo(1);
    }

    @Test
    void anEndlessStreamIsNotReadToItsEnd() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return ' ';
            }
        };

        refused(
                () -> JsonSource.stream("bundled:endless", endless),
                "bundled:endless: found more than 4194304 bytes, expected at most 4194304 bytes");
    }

    @Test
    void aStreamThatFailsIsUnreadable() {
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("disk on fire");
            }
        };

        refused(
                () -> JsonSource.stream("my.json", failing),
                "my.json: found a file that cannot be read, expected a readable JSON file");
    }

    @Test
    void aByteThatIsNotUtf8IsLocated() {
        byte[] bytes = "{\n  \"n\u00e9\": \"?\"}".getBytes(StandardCharsets.UTF_8);
        bytes[indexOf(bytes, '?')] = (byte) 0xff;

        refused(
                () -> JsonSource.stream("my.json", new ByteArrayInputStream(bytes)),
                "my.json: line 2, column 10: found a byte that is not UTF-8, expected UTF-8 text");
    }

    @Test
    void aCharacterCutOffAtTheEndIsNotUtf8Either() {
        byte[] bytes = {'"', (byte) 0xc3};

        refused(
                () -> JsonSource.stream("my.json", new ByteArrayInputStream(bytes)),
                "my.json: line 1, column 2: found a byte that is not UTF-8, expected UTF-8 text");
    }

    @Test
    void aByteOrderMarkIsRefusedWithAdvice() {
        refused(
                () -> JsonSource.stream(
                        "my.json", new ByteArrayInputStream("\ufeff{}".getBytes(StandardCharsets.UTF_8))),
                "my.json: line 1, column 1: found a byte order mark, expected a JSON value;"
                        + " save the file as UTF-8 without a byte order mark");
    }

    private static int indexOf(byte[] bytes, char c) {
        int index = 0;
        while (bytes[index] != c) {
            index++;
        }
        return index;
    }

    private static void refused(ThrowingCallable reading, String message) {
        assertThatThrownBy(reading).isInstanceOf(ScenarioFormatException.class).hasMessage(message);
    }
}
