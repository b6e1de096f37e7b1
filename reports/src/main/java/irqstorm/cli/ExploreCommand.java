// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import irqstorm.explore.Bounds;
import irqstorm.export.CounterexampleDiagram;
import irqstorm.proof.ConfigurationProof;
import irqstorm.proof.Counterexample;
import irqstorm.proof.ProofLimits;
import irqstorm.proof.ProofRecord;
import irqstorm.proof.Prover;
import irqstorm.report.json.JsonReport;
import irqstorm.report.markdown.ProofMarkdown;
import irqstorm.report.text.ProofText;
import irqstorm.scenario.ExplorableFile;
import irqstorm.scenario.Scenario;
import irqstorm.scenario.ScenarioLibrary;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code irqstorm explore}: every order of events instead of one. */
@Command(
        name = "explore",
        description = "Try every order of events: prove a configuration safe, or show the shortest way to break it.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every order within the bounds was tried, and nothing is wrong; configurations that KVM refuses do not count",
            "1:something is wrong in some order, or KVM refuses every configuration that was asked for",
            "2:bad input or usage",
            "3:nothing was wrong, but the bounds or the memory ended a search before every order was tried"
        },
        footer = {
            "%nExamples:",
            "  irqstorm explore credential-guard",
            "  irqstorm explore credential-guard --config 6 --counterexample storm.json",
            "  irqstorm explore my.json --interrupts 2 --max-states 1000000 --format json"
        })
final class ExploreCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            paramLabel = "NAME-or-FILE",
            description = "A bundled scenario (see 'irqstorm list') or a scenario file.",
            completionCandidates = ScenarioArguments.BundledNames.class)
    private String nameOrFile = "";

    @Option(
            names = "--config",
            paramLabel = "NAME",
            description = "The configuration to explore, or the part of its name before a hyphen.")
    private @Nullable String configuration;

    @Option(names = "--all", description = "Explore every configuration. This is the default without --config.")
    private boolean all;

    @Option(
            names = "--interrupts",
            paramLabel = "K",
            converter = WideNumber.class,
            description = "How many causes each device has at most. Default: what the scenario says, or else 3.")
    private @Nullable Long interrupts;

    @Option(
            names = "--depth",
            paramLabel = "D",
            converter = WideNumber.class,
            description = "How many events an order has at most. Default: 100000.")
    private @Nullable Long depth;

    @Option(
            names = "--max-states",
            paramLabel = "N",
            converter = WideNumber.class,
            description = "How many states are visited at most in each configuration. Default: 5000000.")
    private @Nullable Long maxStates;

    @Mixin
    private ThreadsArgument threads = new ThreadsArgument();

    @Option(
            names = "--clocks",
            paramLabel = "WHICH",
            description =
                    "Which orders are possible: ${COMPLETION-CANDIDATES}. With bounded, those that the ranges of the latencies"
                            + " allow. Default: ${DEFAULT-VALUE}.")
    private ClockChoice clocks = ClockChoice.any;

    @Option(
            names = "--search",
            paramLabel = "HOW",
            description =
                    "In which order states are visited: ${COMPLETION-CANDIDATES}. Only breadth finds a shortest way, and random"
                            + " proves nothing. Default: ${DEFAULT-VALUE}.")
    private SearchOrder search = SearchOrder.breadth;

    @Option(names = "--format", description = "Output format: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private ProofFormat format = ProofFormat.text;

    @Option(
            names = "--counterexample",
            paramLabel = "FILE",
            description =
                    "Write the first counterexample as a scenario file, which 'irqstorm run' goes through step by step.")
    private @Nullable String counterexample;

    ExploreCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (all && configuration != null) {
            throw new BadInput("found both --config and --all, expected one of them");
        }
        Prover prover = new Prover(limits(), threads.count());
        ExplorableFile file = ScenarioLibrary.openForExploring(nameOrFile);
        List<Scenario> chosen = configuration == null
                ? file.file().all()
                : List.of(ScenarioArguments.configuration(file.file(), configuration));
        ProofRecord record = prove(prover, file, chosen);
        if (counterexample != null) {
            write(record, counterexample);
        }
        print(record);
        return ExitCode.of(record);
    }

    private ProofLimits limits() {
        return new ProofLimits(
                interrupts == null
                        ? null
                        : (Integer) BoundedNumber.of("--interrupts", interrupts, 0, Bounds.MAX_INTERRUPTS, 0),
                clocks.clocks(),
                BoundedNumber.of("--depth", depth, 1, Integer.MAX_VALUE, ProofLimits.DEFAULT_DEPTH),
                BoundedNumber.of("--max-states", maxStates, 1, Bounds.MAX_STATES, ProofLimits.DEFAULT_STATES),
                search.search());
    }

    private ProofRecord prove(Prover prover, ExplorableFile file, List<Scenario> chosen) {
        try (Progress progress = Progress.of(console, "configurations", chosen.size())) {
            return prover.prove(file, chosen, proof -> progress.step());
        } catch (OutOfMemoryError full) {
            throw new BadInput("there is no memory for so many states: ask for fewer with --max-states, explore fewer"
                    + " configurations at a time with --threads, or give the JVM more with IRQSTORM_OPTS=-Xmx8g");
        }
    }

    private void print(ProofRecord record) {
        switch (format) {
            case text -> console.print(ProofText.lines(record, console.paint()));
            case json -> JsonReport.write(record, console.out());
            case markdown -> console.print(ProofMarkdown.lines(record));
            case mermaid ->
                console.print(CounterexampleDiagram.lines(first(record)
                        .orElseThrow(() -> new BadInput(
                                "--format mermaid draws a counterexample, and there is none; try --format text"))));
        }
    }

    private static Optional<Counterexample> first(ProofRecord record) {
        return record.results().stream()
                .map(ConfigurationProof::counterexample)
                .filter(Objects::nonNull)
                .findFirst();
    }

    private void write(ProofRecord record, String name) {
        Optional<Counterexample> found =
                first(record).filter(example -> !example.file().isEmpty());
        if (found.isPresent()) {
            new OutputFile(name).write(found.get().file().getBytes(StandardCharsets.UTF_8));
        } else {
            console.err().println(RootCommand.NAME + ": there is no counterexample to write to " + name);
        }
    }
}
