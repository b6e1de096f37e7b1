// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.run.RunRecord;
import irqstorm.run.ScenarioRunner;
import irqstorm.scenario.Scenario;
import irqstorm.scenario.ScenarioLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same scenario and seed give the same events on every JDK that is installed beside the one that runs the tests. */
class EveryJdkTest {
    private static final int MINUTES = 3;
    private static final int OLDEST = 17;
    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(\\d+)");

    @TempDir
    private Path folder;

    static List<Path> jdks() throws IOException {
        Path own = Path.of(System.getProperty("java.home")).toRealPath();
        List<Path> found = new ArrayList<>(List.of(own));
        try (Stream<Path> beside = Files.list(own.getParent())) {
            beside.filter(jdk -> Files.isExecutable(jdk.resolve("bin/java")))
                    .map(EveryJdkTest::real)
                    .filter(jdk -> !jdk.equals(own) && feature(jdk) >= OLDEST)
                    .distinct()
                    .sorted()
                    .forEach(found::add);
        }
        return found;
    }

    /** The feature release that a JDK says it is, or 0 if it does not say. */
    private static int feature(Path jdk) {
        try {
            Matcher version = VERSION.matcher(Files.readString(jdk.resolve("release")));
            return version.find() ? Integer.parseInt(version.group(1)) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path;
        }
    }

    /** Runs the comparison of every bundled scenario in a JVM of that JDK and expects the fingerprints of this one. */
    @ParameterizedTest
    @MethodSource("jdks")
    void fingerprintsAreTheSame(Path jdk) throws Exception {
        for (String name : ScenarioLibrary.names()) {
            Path output = folder.resolve(name + ".json");
            Process process = new ProcessBuilder(
                            jdk.resolve("bin/java").toString(),
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            Main.class.getName(),
                            "compare",
                            name,
                            "--format",
                            "json")
                    .redirectOutput(output.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();

            assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isZero();
            String json = Files.readString(output);
            for (Scenario scenario : ScenarioLibrary.open(name).all()) {
                RunRecord here = ScenarioRunner.run(scenario);
                assertThat(json).contains("\"" + here.fingerprint() + "\"");
            }
        }
    }
}
