// SPDX-License-Identifier: Apache-2.0
package irqstorm.explore;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.kvm.IrqchipMode;
import irqstorm.machine.VmmProfile;
import irqstorm.profile.ProfileEntry;
import irqstorm.scenario.ProfileLibrary;
import irqstorm.vmm.SplitRoutes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/explore-findings.md says what the explorer finds, no more and no less. */
class VmmFindingsTest {
    private static final Path PAGE = Path.of("..", "docs", "explore-findings.md");
    private static final String BEGIN = "<!-- what the explorer found -->";
    private static final String END = "<!-- end of what the explorer found -->";

    @Test
    void theFindingsInTheDocumentationAreWhatTheExplorerFinds() throws IOException {
        List<String> found = VmmFindings.lines();
        List<String> page = Files.readAllLines(PAGE);

        assertThat(String.join("\n", page.subList(page.indexOf(BEGIN) + 1, page.indexOf(END))))
                .as("the lines between the comments")
                .isEqualTo(String.join("\n", found));
    }

    /** What the page says of crosvm, if its routes were among the reserved ones. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EARLY")
    void crosvmHoldsIfItsEoiExitsArrive(VmmCase one) {
        ProfileEntry crosvm = ProfileLibrary.find("crosvm").orElseThrow();
        SplitRoutes routes = Objects.requireNonNull(crosvm.profile().split());
        VmmProfile reserved = new VmmProfile(
                crosvm.profile().ioApic(),
                false,
                new SplitRoutes(SplitRoutes.EoiExits.RESERVED, routes.maskedRoute(), routes.vectorZero()),
                null);

        Exploration exploration = one.explore(reserved, IrqchipMode.SPLIT, crosvm.todaysArgs0());

        assertThat(exploration.violations()).isEmpty();
        assertThat(exploration.outcome()).isEqualTo(Exploration.Outcome.EXHAUSTED);
    }

    @Test
    void everyCaseIsExplained() throws IOException {
        String page = Files.readString(PAGE);

        for (VmmCase one : VmmCase.values()) {
            assertThat(page).contains("| " + one.title() + " | " + one.description() + " |");
        }
    }
}
