// SPDX-License-Identifier: Apache-2.0
package irqstorm.performance;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/** Measures everything and writes it as Markdown; says on the way what it is at. */
public final class Performance {
    private static final List<Section> SECTIONS = List.of(
            new EngineSection(), new StormSection(), new ManyRunsSection(), new ExplorerSection(), new StartSection());

    private final Tree tree;
    private final PrintStream progress;
    private final long begin = System.nanoTime();
    private final StringBuilder page = new StringBuilder();

    private Performance(Tree tree, PrintStream progress) {
        this.tree = tree;
        this.progress = progress;
    }

    /**
     * Measures.
     *
     * @param args the directory of the source tree, and the file to write
     */
    public static void main(String[] args) throws Exception {
        Performance performance = new Performance(new Tree(Path.of(args[0])), System.out);
        performance.measure();
        Path file = Path.of(args[1]);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, performance.page);
        performance.say("written to " + file);
    }

    private void measure() throws Exception {
        page.append("# Performance\n\n").append(where()).append("\n");
        grow();
        say("what users start");
        Command.run(tree.root(), tree.launcher(), "--version");
        for (Section section : SECTIONS) {
            add(section);
        }
        page.append("\nLoad at the end: ").append(load()).append(".\n");
    }

    /** First, while nothing else has warmed up or filled this JVM. */
    private void grow() throws Exception {
        head("Growth", Growth.HEADER);
        for (Axis axis : Axes.all()) {
            add(new Growth(axis.name(), axis.costs()).row());
        }
    }

    private void add(Section section) throws IOException, InterruptedException {
        head(section.title(), Figure.HEADER);
        for (Figure figure : section.measure(tree)) {
            add(figure.row());
        }
    }

    private void head(String title, String header) {
        say(title);
        page.append("\n## ").append(title).append("\n\n").append(header);
    }

    private void add(String row) {
        progress.print(row);
        page.append(row);
    }

    private void say(String what) {
        progress.printf(Locale.ROOT, "[%3d s] %s%n", (System.nanoTime() - begin) / 1_000_000_000, what);
    }

    private static String where() {
        return String.format(
                Locale.ROOT,
                "%s, %d processors, Java %s. Load at the beginning: %s.%n",
                LocalDate.now(ZoneOffset.UTC),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                load());
    }

    private static String load() {
        return String.format(
                Locale.ROOT,
                "%.1f",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
}
