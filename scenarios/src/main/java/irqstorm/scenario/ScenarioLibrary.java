// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario;

import irqstorm.scenario.json.BundledFiles;
import irqstorm.scenario.json.JsonSource;
import irqstorm.scenario.json.ScenarioReader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** Where scenarios come from: those that are bundled, by name, and files, by path. */
public final class ScenarioLibrary {
    private ScenarioLibrary() {}

    /** The names of the bundled scenarios. */
    public static List<String> names() {
        return BundledFiles.scenarioNames();
    }

    /**
     * The bundled scenario of that name or, failing that, the file of that path.
     *
     * @throws ScenarioFormatException if it does not exist or is not a valid scenario
     */
    public static ScenarioFile open(String nameOrPath) {
        if (names().contains(nameOrPath)) {
            return ScenarioReader.read(BundledFiles.scenario(nameOrPath));
        }
        return ScenarioReader.readFile(path(nameOrPath));
    }

    /**
     * Like {@link #open}, as it is explored.
     *
     * @throws ScenarioFormatException if it does not exist, is not a valid scenario, or is none as it is explored
     */
    public static ExplorableFile openForExploring(String nameOrPath) {
        return ScenarioReader.readForExploring(
                names().contains(nameOrPath) ? BundledFiles.scenario(nameOrPath) : JsonSource.file(path(nameOrPath)));
    }

    private static Path path(String nameOrPath) {
        try {
            Path path = Path.of(nameOrPath);
            if (Files.exists(path)) {
                return path;
            }
        } catch (InvalidPathException e) {
            // Not a path on this system: the answer below is the right one.
        }
        throw new ScenarioFormatException(new Problem(
                nameOrPath,
                "",
                "neither a file nor a bundled scenario",
                "a path, or one of " + String.join(", ", names()),
                Nearest.advice(nameOrPath, names())));
    }

    /** The JSON Schema of scenario files. */
    public static String schema() {
        return BundledFiles.schema();
    }
}
