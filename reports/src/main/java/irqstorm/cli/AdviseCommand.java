// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import irqstorm.advise.Advisor;
import irqstorm.advise.HostAdvice;
import irqstorm.advise.HostProof;
import irqstorm.advise.SuppressFlag;
import irqstorm.profile.ProfileEntry;
import irqstorm.profile.ProfileRecord;
import irqstorm.proof.ProofLimits;
import irqstorm.report.json.JsonReport;
import irqstorm.report.markdown.AdviceMarkdown;
import irqstorm.report.text.AdviceProofText;
import irqstorm.report.text.AdviceText;
import irqstorm.scenario.ProfileLibrary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code irqstorm advise}: which flag is right for a VMM. */
@Command(
        name = "advise",
        description = "Say which KVM_CAP_X2APIC_API flag is right with a VMM's I/O APIC, by running guests with each.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the configuration is safe: every guest that boots is right",
            "1:it is not; with 'all', one of them is not",
            "2:bad input or usage",
            "3:with --prove, nothing was wrong, but the bounds or the memory ended a search before every order was tried"
        },
        footer = {
            "%nExamples:",
            "  irqstorm advise --profile openvmm",
            "  irqstorm advise --profile openvmm --prove",
            "  irqstorm advise --profile qemu-ioapic-0x20 --irqchip split --flag ENABLE"
        })
final class AdviseCommand implements Callable<Integer> {
    private static final String ALL = "all";
    private static final List<String> IRQCHIPS = List.of("none", "kernel", "split");

    private final Console console;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            required = true,
            description = "A profile, who runs with it (see 'irqstorm profiles list'), or all.",
            completionCandidates = ProfileNames.class)
    private String profile = "";

    @Option(
            names = "--irqchip",
            paramLabel = "MODE",
            description = "The irqchip mode: ${COMPLETION-CANDIDATES}. Default: each in which the profile is found.",
            completionCandidates = Irqchips.class)
    private @Nullable String irqchip;

    @Option(
            names = "--flag",
            paramLabel = "FLAG",
            description = "The flag that the exit code is about: ${COMPLETION-CANDIDATES}, or the kernel's name of it."
                    + " Default: what the VMM passes today.",
            completionCandidates = Flags.class)
    private @Nullable String flag;

    @Option(names = "--format", description = "Output format: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private AdviceFormat format = AdviceFormat.text;

    @Option(
            names = "--prove",
            description =
                    "Try every order of events of each guest with each flag, instead of running one: as text or json.")
    private boolean prove;

    AdviseCommand(Console console) {
        this.console = console;
    }

    /** For completion. */
    static final class ProfileNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            List<String> names = new ArrayList<>(ProfileLibrary.names());
            names.add(ALL);
            return names.iterator();
        }
    }

    /** For completion. */
    static final class Irqchips implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return IRQCHIPS.iterator();
        }
    }

    /** For completion. */
    static final class Flags implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(SuppressFlag.values())
                    .map(SuppressFlag::shortLabel)
                    .iterator();
        }
    }

    @Override
    public Integer call() {
        List<ProfileEntry> profiles = profiles();
        String mode = irqchip();
        Optional<SuppressFlag> asked = flag();
        Advisor advisor = new Advisor(Runtime.getRuntime().availableProcessors());
        if (prove) {
            return prove(advisor, profiles, mode, asked);
        }
        List<HostAdvice> advice = advisor.advise(profiles, label -> mode.isEmpty() || mode.equals(label));
        checkFound(advice, profiles, mode);
        switch (format) {
            case text -> console.print(AdviceText.lines(advice, asked, console.paint()));
            case json -> JsonReport.write(advice, asked, console.out());
            case markdown -> console.print(AdviceMarkdown.lines(advice, asked));
        }
        boolean safe = advice.stream().allMatch(host -> host.isSafe(asked.orElse(host.today())));
        return safe ? ExitCode.OK : ExitCode.UNSAFE;
    }

    private int prove(Advisor advisor, List<ProfileEntry> profiles, String mode, Optional<SuppressFlag> asked) {
        if (format == AdviceFormat.markdown) {
            throw new BadInput("found --prove with --format markdown, expected text or json");
        }
        List<HostProof> proofs =
                advisor.prove(profiles, label -> mode.isEmpty() || mode.equals(label), ProofLimits.DEFAULT);
        checkFound(proofs, profiles, mode);
        if (format == AdviceFormat.json) {
            JsonReport.write(proofs, console.out());
        } else {
            console.print(AdviceProofText.lines(proofs, console.paint()));
        }
        if (proofs.stream().anyMatch(host -> host.isViolated(asked.orElse(host.today())))) {
            return ExitCode.UNSAFE;
        }
        boolean proven = proofs.stream().allMatch(host -> host.isProven(asked.orElse(host.today())));
        return proven ? ExitCode.OK : ExitCode.LIMIT_HIT;
    }

    private static void checkFound(List<?> found, List<ProfileEntry> profiles, String mode) {
        if (found.isEmpty()) {
            throw new BadInput("profile " + profiles.get(0).name() + " is not found under irqchip " + mode
                    + "; it is found under "
                    + String.join(" and ", ProfileRecord.of(profiles.get(0)).irqchips()));
        }
    }

    private List<ProfileEntry> profiles() {
        if (profile.equals(ALL)) {
            return ProfileLibrary.all();
        }
        return List.of(ProfileLibrary.find(profile)
                .orElseThrow(() -> BadInput.unknown(
                        "profile",
                        profile,
                        Stream.concat(ProfileLibrary.names().stream(), Stream.of(ALL))
                                .toList())));
    }

    /** The irqchip mode asked for, or an empty string. */
    private String irqchip() {
        if (irqchip != null && !IRQCHIPS.contains(irqchip)) {
            throw BadInput.unknown("irqchip mode", irqchip, IRQCHIPS);
        }
        return irqchip == null ? "" : irqchip;
    }

    private Optional<SuppressFlag> flag() {
        if (flag == null) {
            return Optional.empty();
        }
        String text = flag;
        return Optional.of(SuppressFlag.find(text)
                .orElseThrow(() -> new BadInput("there is no flag \"" + text + "\"; there are "
                        + Arrays.stream(SuppressFlag.values())
                                .map(SuppressFlag::shortLabel)
                                .collect(Collectors.joining(", "))
                        + ", and the kernel's names of the last two")));
    }
}
