// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import irqstorm.explore.Exploration.Outcome;
import irqstorm.proof.ConfigurationProof;
import irqstorm.proof.ProofBounds;
import irqstorm.proof.ProofRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** What an exploration is said to have found, alike in every kind of output. */
public final class ProofWords {
    private static final double NANOS_PER_SECOND = 1e9;

    private final ProofRecord record;
    private final Map<String, String> shortNames;

    /** Words about {@code record}. */
    public ProofWords(ProofRecord record) {
        this.record = record;
        List<String> names =
                record.results().stream().map(ConfigurationProof::configuration).toList();
        this.shortNames = names.size() == 1 ? Map.of() : ShortNames.of(names);
    }

    /** What a configuration is called in a table: the scenario as written has no name of its own. */
    public static String name(ConfigurationProof proof) {
        return proof.configuration().isEmpty() ? "as written" : proof.configuration();
    }

    private String shortName(ConfigurationProof proof) {
        return shortNames.getOrDefault(proof.configuration(), name(proof));
    }

    /** The violation's name, or {@link Figures#NONE}. */
    public static String violation(ConfigurationProof proof) {
        return proof.violation() == null ? Figures.NONE : proof.violation().name();
    }

    /** How many states were visited; {@link Figures#NONE} where there is no machine to explore. */
    public static String states(ConfigurationProof proof) {
        return proof.isRefused() ? Figures.NONE : Figures.count(proof.states());
    }

    /** The depth of the search; {@link Figures#NONE} where there is no machine to explore. */
    public static String depth(ConfigurationProof proof) {
        return proof.isRefused() ? Figures.NONE : Figures.count(proof.depth());
    }

    /** How long the counterexample is; {@link Figures#NONE} without one. */
    public static String events(ConfigurationProof proof) {
        return proof.counterexample() == null
                ? Figures.NONE
                : Figures.count(proof.counterexample().steps().size());
    }

    /** In which number at most one such search has a collision; {@link Figures#NONE} where there is no machine to explore. */
    public static String collision(ConfigurationProof proof) {
        return proof.isRefused()
                ? Figures.NONE
                : String.format(Locale.ROOT, "1 in %.0e", (double) proof.noCollisionButOneIn());
    }

    /** How much was explored, and how fast. */
    public String effort() {
        long states = 0;
        long nanos = 0;
        for (ConfigurationProof proof : record.results()) {
            states += proof.states();
            nanos += proof.nanos();
        }
        return Figures.counted(states, "state")
                + (nanos == 0 ? "" : ", " + Figures.rate(states * NANOS_PER_SECOND / nanos) + " states/s a thread");
    }

    /** The bounds in words. */
    public static String bounds(ProofBounds bounds) {
        StringBuilder text = new StringBuilder("at most ")
                .append(Figures.counted(bounds.interrupts(), "interrupt"))
                .append(" of each of ")
                .append(Figures.counted(bounds.devices(), "device"))
                .append(", ")
                .append(Figures.counted(bounds.vcpus(), "vCPU"));
        if (bounds.throttleEois() != null) {
            text.append(", throttle after ").append(Figures.counted(bounds.throttleEois(), "EOI"));
            if (!Objects.equals(bounds.throttleEois(), bounds.unscaledThrottleEois())) {
                text.append(" instead of ")
                        .append(Figures.count(Objects.requireNonNull(bounds.unscaledThrottleEois())));
            }
        }
        switch (bounds.search()) {
            case BREADTH_FIRST -> {}
            case DEPTH_FIRST -> text.append(", depth first");
            case RANDOM -> text.append(", random walks");
        }
        return text.append(", at most ")
                .append(Figures.counted(bounds.maxStates(), "state"))
                .append(" and ")
                .append(Figures.counted(bounds.maxDepth(), "event"))
                .append(" deep, ")
                .append(bounds.mode())
                .toString();
    }

    /** What was found of a configuration: {@code EXHAUSTED: nothing is wrong. 7,322 states, bounds: …} */
    public static String finding(ConfigurationProof proof) {
        return switch (proof.outcome()) {
            case EXHAUSTED -> "EXHAUSTED: nothing is wrong. " + searched(proof);
            case BUDGET -> "BUDGET: " + proof.reason() + " " + searched(proof);
            case VIOLATION -> violation(proof) + ": " + proof.reason();
        };
    }

    private static String searched(ConfigurationProof proof) {
        return Figures.counted(proof.states(), "state") + ", bounds: " + bounds(proof.bounds()) + ".";
    }

    /** What was found, in a word. */
    public static String inShort(ConfigurationProof proof) {
        return switch (proof.outcome()) {
            case EXHAUSTED -> "proven";
            case BUDGET -> "budget";
            case VIOLATION -> violation(proof);
        };
    }

    /** What was found, each with the configurations that it was found of, those that hold first. */
    public Map<String, List<String>> findings() {
        Map<String, List<String>> found = new LinkedHashMap<>();
        for (Outcome outcome : List.of(Outcome.EXHAUSTED, Outcome.BUDGET, Outcome.VIOLATION)) {
            for (ConfigurationProof proof : record.results()) {
                if (proof.outcome() == outcome) {
                    found.computeIfAbsent(finding(proof), finding -> new ArrayList<>())
                            .add(shortName(proof));
                }
            }
        }
        return found;
    }
}
