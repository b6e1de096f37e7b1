// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import irqstorm.scenario.Problem;
import irqstorm.scenario.ScenarioFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Reads JSON texts from files, resources and strings. Files may come from anyone, so everything is limited: at most
 * {@link #MAX_BYTES} in size, and {@link StrictJson} limits depth, lengths and the number of values.
 *
 * <p>Every method throws {@link ScenarioFormatException} if there is no readable, well-formed JSON text.
 */
public final class JsonSource {

    /** The largest file that is read: 4 MiB. */
    public static final int MAX_BYTES = 4 * 1024 * 1024;

    private static final String EXPECTED_FILE = "a readable JSON file";

    private JsonSource() {}

    /** Reads a file; error messages use the path as given. */
    public static JsonDocument file(Path file) {
        String name = file.toString();
        try {
            if (Files.isDirectory(file)) {
                throw unreadable(name, "a directory", EXPECTED_FILE);
            }
            if (Files.size(file) > MAX_BYTES) {
                throw unreadable(name, Files.size(file) + " bytes", "at most " + MAX_BYTES + " bytes");
            }
            try (InputStream in = Files.newInputStream(file)) {
                return stream(name, in);
            }
        } catch (NoSuchFileException e) {
            throw unreadable(name, "no such file", EXPECTED_FILE);
        } catch (IOException e) {
            throw unreadable(name, "a file that cannot be read", EXPECTED_FILE);
        }
    }

    /** Reads a stream to its end, or to just beyond {@link #MAX_BYTES}; the caller closes it. */
    public static JsonDocument stream(String name, InputStream in) {
        try {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw unreadable(name, "more than " + MAX_BYTES + " bytes", "at most " + MAX_BYTES + " bytes");
            }
            return text(name, decoded(name, bytes));
        } catch (IOException e) {
            throw unreadable(name, "a file that cannot be read", EXPECTED_FILE);
        }
    }

    /** Reads a text. */
    public static JsonDocument text(String name, String text) {
        return new JsonDocument(name, StrictJson.parse(name, text));
    }

    private static String decoded(String name, byte[] bytes) {
        ByteBuffer input = ByteBuffer.wrap(bytes);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(input)
                    .toString();
        } catch (CharacterCodingException e) {
            String before = new String(bytes, 0, input.position(), StandardCharsets.UTF_8);
            throw new ScenarioFormatException(new Problem(
                    name,
                    TextPosition.of(before, before.length()).toString(),
                    "a byte that is not UTF-8",
                    "UTF-8 text"));
        }
    }

    private static ScenarioFormatException unreadable(String name, String found, String expected) {
        return new ScenarioFormatException(new Problem(name, "", found, expected));
    }
}
