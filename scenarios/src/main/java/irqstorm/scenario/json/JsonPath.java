// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

/**
 * Writes JSON paths: {@code $.devices[1].gsi}, and {@code $['odd key']} for a key that is not a plain name.
 *
 * <p>The form is that of RFC 9535, section 2.5, except that plain names use the dot.
 */
final class JsonPath {

    /** The path of the whole document. */
    static final String ROOT = "$";

    private static final int LONGEST_KEY = 60;

    private JsonPath() {}

    static String key(String parent, String key) {
        return isPlain(key) ? parent + "." + key : parent + "['" + quoted(Excerpt.shortened(key, LONGEST_KEY)) + "']";
    }

    static String index(String parent, int index) {
        return parent + "[" + index + "]";
    }

    private static boolean isPlain(String key) {
        if (key.isEmpty() || key.length() > LONGEST_KEY || Character.isDigit(key.charAt(0))) {
            return false;
        }
        return key.chars().allMatch(c -> c == '_' || (c < 128 && Character.isLetterOrDigit(c)));
    }

    private static String quoted(String key) {
        return Excerpt.escaped(key).replace("\\\"", "\"").replace("'", "\\'");
    }
}
