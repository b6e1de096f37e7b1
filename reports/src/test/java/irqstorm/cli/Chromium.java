// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** A real browser without a window. */
final class Chromium {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final int SECONDS = 120;

    private final String program;
    private final Path directory;

    private Chromium(String program, Path directory) {
        this.program = program;
        this.directory = directory;
    }

    /** The installed one, with its files in {@code directory}; without one the test is skipped, but in CI it fails. */
    static Chromium installed(Path directory) {
        Optional<Path> program = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
        if (System.getenv("CI") != null) {
            assertThat(program).as("Chromium, which .ci/run installs").isPresent();
        }
        assumeTrue(program.isPresent(), "no Chromium on the PATH: the page is not tried in a browser");
        return new Chromium(program.orElseThrow().toString(), directory);
    }

    /**
     * A page after its scripts have run.
     *
     * @param dom the document
     * @param console what it wrote on the console
     */
    record Shown(String dom, List<String> console) {}

    /** Opens the page from the disk. */
    Shown open(Path page, String... options) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("--dump-dom"));
        all.addAll(List.of(options));
        List<String> log = run(page, all);
        return new Shown(
                Files.readString(directory.resolve("chromium.out")),
                log.stream().filter(line -> line.contains("CONSOLE")).toList());
    }

    /** What the page looks like. */
    BufferedImage picture(Path page, String... options) throws IOException, InterruptedException {
        Path picture = directory.resolve("screenshot.png");
        Files.deleteIfExists(picture);
        List<String> all =
                new ArrayList<>(List.of("--hide-scrollbars", "--window-size=1280,4000", "--screenshot=" + picture));
        all.addAll(List.of(options));
        run(page, all);
        return ImageIO.read(picture.toFile());
    }

    private List<String> run(Path page, List<String> options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                program,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--user-data-dir=" + directory.resolve("profile"),
                "--enable-logging=stderr"));
        command.addAll(options);
        command.add(page.toUri().toString());
        Path log = directory.resolve("chromium.err");
        Process process = new ProcessBuilder(command)
                .redirectOutput(directory.resolve("chromium.out").toFile())
                .redirectError(log.toFile())
                .start();
        boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended).as("Chromium ends").isTrue();
        return Files.readAllLines(log);
    }
}
