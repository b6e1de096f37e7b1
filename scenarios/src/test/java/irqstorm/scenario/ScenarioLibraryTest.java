// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import irqstorm.scenario.json.BundledFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opening scenarios by name and by path, and what is said of files that are none. */
class ScenarioLibraryTest {
    private static final String BUNDLED = String.join(", ", ScenarioLibrary.names());

    @TempDir
    private Path folder;

    @Test
    void aBundledScenarioIsOpenedByItsName() {
        assertThat(ScenarioLibrary.names()).startsWith("credential-guard");
        for (String name : ScenarioLibrary.names()) {
            assertThat(ScenarioLibrary.open(name).name()).isEqualTo(name);
        }
    }

    @Test
    void aFileIsOpenedByItsPath() throws IOException {
        Path file = write(BundledFiles.scenario("plain-level").root().toString());

        ScenarioFile opened = ScenarioLibrary.open(file.toString());

        assertThat(opened.source()).isEqualTo(file.toString());
        assertThat(opened.all()).isEqualTo(ScenarioLibrary.open("plain-level").all());
    }

    @Test
    void aBundledNameWinsOverAFileOfThatName() {
        assertThat(ScenarioLibrary.open("edge-msi").source()).isEqualTo("bundled:edge-msi");
    }

    @Test
    void whatIsNeitherANameNorAFileIsToldBoth() {
        refused(
                "credental-guard",
                "found neither a file nor a bundled scenario, expected a path, or one of " + BUNDLED
                        + "; did you mean \"credential-guard\"?");
        refused("no\0path", "found neither a file nor a bundled scenario, expected a path, or one of " + BUNDLED);
    }

    @Test
    void aDirectoryIsNoScenario() {
        refused(folder.toString(), "found a directory, expected a readable JSON file");
    }

    @Test
    void anEmptyFileIsNoScenario() throws IOException {
        refused(write(""), "line 1, column 1: found an empty text, expected a JSON value");
        refused(write(" \n "), "line 1, column 1: found an empty text, expected a JSON value");
    }

    @Test
    void aFileOfAHundredMebibytesIsNotRead() throws IOException {
        Path file = folder.resolve("large.json");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(100L << 20);
        }

        refused(file, "found 104857600 bytes, expected at most 4194304 bytes");
    }

    @Test
    void truncatedJsonSaysWhereItEndsAndWhatIsMissing() throws IOException {
        String text = "{\n  \"name\": \"sample\",\n  \"pins\": [{\"gsi\": 5}]\n";

        refused(write(text), "line 4, column 1: found the end of the text, expected \",\" or \"}\"");
        refused(
                write(text.substring(0, text.indexOf("{\"gsi"))),
                "line 3, column 12: found the end of the text, expected a value, or \"]\"");
        refused(
                write("{\"name\": \"sam"),
                "line 1, column 14: found the end of the text, expected the closing quote of a string");
    }

    @Test
    void deepNestingIsRefusedAtItsThirtyThirdLevel() throws IOException {
        refused(
                write("{\"name\":\n" + "[".repeat(100_000)),
                "line 2, column 32: found one more level of objects and arrays, expected at most 32 levels");
    }

    @Test
    void aKeyThatStandsTwiceIsRefused() throws IOException {
        refused(
                write("{\n  \"name\": \"a\",\n  \"name\": \"b\"\n}"),
                "line 3, column 11: found the key \"name\" a second time, expected every key of an object once");
    }

    @Test
    void aFileOfAnotherKindIsNoScenario() throws IOException {
        refused(
                write("name: sample\n"),
                "line 1, column 1: found \"name\", expected a JSON value; only true, false and null stand without quotes");
        refused(
                write("// a comment\n{}"),
                "line 1, column 1: found \"/\", expected a JSON value; JSON has no comments");
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("my.json"), text);
    }

    private static void refused(Path file, String message) {
        assertThatThrownBy(() -> ScenarioLibrary.open(file.toString()))
                .isInstanceOf(ScenarioFormatException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageEndingWith(message);
    }

    private static void refused(String nameOrPath, String message) {
        assertThatThrownBy(() -> ScenarioLibrary.open(nameOrPath))
                .isInstanceOf(ScenarioFormatException.class)
                .hasMessage(nameOrPath + ": " + message);
    }
}
