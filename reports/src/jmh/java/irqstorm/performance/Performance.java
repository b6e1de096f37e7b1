// SPDX-License-Identifier: Apache-2.0
package irqstorm.performance;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
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
        page.append("## Figures\n\n").append(where());
        // First, while nothing else has warmed up or filled this JVM.
        String growth = growth();
        say("what users start");
        Command.run(tree.root(), tree.launcher(), "--version");
        for (Section section : SECTIONS) {
            say(section.title());
            page.append(heading(section.title())).append(Figure.HEADER);
            for (Figure figure : figures(section)) {
                progress.print(figure.row());
                page.append(figure.row());
            }
        }
        page.append(growth);
    }

    private String growth() throws Exception {
        say("Growth");
        StringBuilder table = new StringBuilder(heading("Growth")).append(Growth.HEADER);
        for (Axis axis : Axes.all()) {
            String row = new Growth(axis.name(), axis.costs()).row();
            progress.print(row);
            table.append(row);
        }
        return table.toString();
    }

    /** A section that cannot be measured does not keep the others from it. */
    private List<Figure> figures(Section section) throws InterruptedException {
        try {
            return section.measure(tree);
        } catch (IOException e) {
            return List.of(new Figure("all of it", "not measured: " + firstLine(e), "", false));
        }
    }

    private static String firstLine(IOException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private static String heading(String title) {
        return "\n### " + title + "\n\n";
    }

    private void say(String what) {
        progress.printf(Locale.ROOT, "[%3d s] %s%n", (System.nanoTime() - begin) / 1_000_000_000, what);
    }

    private static String where() {
        return String.format(
                Locale.ROOT,
                "%d processors, Java %s, load %.1f before it began.%n",
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
}
