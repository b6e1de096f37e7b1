// SPDX-License-Identifier: Apache-2.0
package irqstorm.export;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** Lines of UTF-8 text on their way to a file, each ended by a line feed on every system. */
final class LineWriter {
    private static final int BUFFER_CHARACTERS = 1 << 14;

    private final Writer out;

    LineWriter(OutputStream target) {
        this.out = new BufferedWriter(new OutputStreamWriter(target, StandardCharsets.UTF_8), BUFFER_CHARACTERS);
    }

    void line(CharSequence text) {
        try {
            out.append(text).append('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
