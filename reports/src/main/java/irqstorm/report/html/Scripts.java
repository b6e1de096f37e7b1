// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The code that draws the charts. It is the same on every page, so the page's content security policy names it by its digests and a
 * browser runs nothing else.
 *
 * @param library the chart library
 * @param charts what uses it
 */
public record Scripts(String library, String charts) {
    /** The code as it came with the program. */
    static Scripts bundled() {
        return new Scripts(read("echarts/echarts.min.js"), read("charts.js"));
    }

    /** The content security policy: these scripts, the styles of the page, and nothing from anywhere. */
    public String policy() {
        return "default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src '" + digest(library) + "' '"
                + digest(charts) + "'";
    }

    /**
     * The same JSON, fit to stand in a script element: what could end the element, begin a comment or a character reference, or end a
     * line of JavaScript is written by its number. In JSON these characters stand in strings only.
     */
    static String data(String json) {
        return json.replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    private static String digest(String script) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static String read(String name) {
        try (InputStream script = Scripts.class.getResourceAsStream(name)) {
            if (script == null) {
                throw new IllegalStateException(name + " is not in the program");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
