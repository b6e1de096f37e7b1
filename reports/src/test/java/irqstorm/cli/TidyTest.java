// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every file of the repository has in common. */
class TidyTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final int MOST_LINES = 400;

    private static List<Path> files(String suffix) throws IOException {
        try (Stream<Path> all = Files.walk(ROOT)) {
            return all.filter(file -> file.toString().endsWith(suffix))
                    .filter(file -> Stream.of("target", ".git", "node_modules")
                            .noneMatch(skipped -> ROOT.relativize(file).startsWith(skipped)
                                    || file.toString().contains("/" + skipped + "/")))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void sourcesAreShortEnoughToKnowYourWayIn() throws IOException {
        assertThat(files(".java"))
                .filteredOn(file -> file.toString().contains("/src/main/java/"))
                .isNotEmpty()
                .allSatisfy(file ->
                        assertThat(lines(file).size()).as(file.toString()).isLessThanOrEqualTo(MOST_LINES));
    }

    @Test
    void nothingIsLeftToDoLater() throws IOException {
        Pattern later = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");
        for (String suffix : List.of(".java", ".md", ".json", ".xml")) {
            assertThat(files(suffix))
                    .allSatisfy(file -> assertThat(lines(file))
                            .as(file.toString())
                            .noneSatisfy(line -> assertThat(line).containsPattern(later)));
        }
    }

    @Test
    void everyPackageIsExplained() throws IOException {
        assertThat(files(".java"))
                .filteredOn(file -> file.toString().contains("/src/main/java/"))
                .allSatisfy(file ->
                        assertThat(file.resolveSibling("package-info.java")).exists());
    }

    @Test
    void everyPageHasOneTitle() throws IOException {
        assertThat(files(".md"))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(lines(file))
                        .as(file.toString())
                        .filteredOn(line -> line.startsWith("# "))
                        .hasSize(1));
    }
}
