// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import irqstorm.scenario.Problem;
import irqstorm.scenario.ScenarioFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The files that ship inside the jar: scenarios, I/O APIC profiles, kinds of devices and the schema. */
public final class BundledFiles {
    private static final String ROOT = "/irqstorm/";

    private BundledFiles() {}

    /** The names of the bundled scenarios, in the order in which they should be shown. */
    public static List<String> scenarioNames() {
        return names("scenarios");
    }

    /** The names of the bundled profiles, in the order in which they should be shown. */
    public static List<String> profileNames() {
        return names("profiles");
    }

    /** The names of the bundled kinds of devices, in the order in which they should be shown. */
    public static List<String> deviceNames() {
        return names("devices");
    }

    /** The bundled scenario called {@code name}, which is one of {@link #scenarioNames()}. */
    public static JsonDocument scenario(String name) {
        return document("scenarios", name);
    }

    /** The bundled profile called {@code name}, which is one of {@link #profileNames()}. */
    static JsonDocument profile(String name) {
        return document("profiles", name);
    }

    /** The bundled kind of device called {@code name}, which is one of {@link #deviceNames()}. */
    static JsonDocument device(String name) {
        return document("devices", name);
    }

    /** The scenario whose configurations are the guests that a VMM is advised for. */
    public static JsonDocument adviceGuests() {
        return document("advise", "guests");
    }

    /** A merge patch over {@link #adviceGuests()} that makes the device's line edge-triggered. */
    public static JsonDocument adviceEdgeLine() {
        return document("advise", "edge");
    }

    /** A merge patch over {@link #adviceGuests()} that lasts until a throttle shows. */
    public static JsonDocument adviceThrottled() {
        return document("advise", "throttled");
    }

    /** The JSON Schema of scenario files. */
    public static String schema() {
        return text("schema/scenario.schema.json");
    }

    private static List<String> names(String folder) {
        return text(folder + "/index.txt")
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }

    private static JsonDocument document(String folder, String name) {
        try (InputStream in = open(folder + "/" + name + ".json")) {
            return JsonSource.stream("bundled:" + name, in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String resource) {
        try (InputStream in = open(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String resource) {
        InputStream in = BundledFiles.class.getResourceAsStream(ROOT + resource);
        if (in == null) {
            throw new ScenarioFormatException(
                    new Problem("bundled:" + resource, "", "nothing", "a file that ships with irqstorm"));
        }
        return in;
    }
}
