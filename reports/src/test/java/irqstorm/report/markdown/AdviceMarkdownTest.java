// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.advise.SuppressFlag;
import irqstorm.report.Advices;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdviceMarkdownTest {
    @Test
    void theAdviceAndTheVerdictsAreTwoTables() {
        assertThat(AdviceMarkdown.lines(List.of(Advices.disable()), Optional.empty()))
                .containsExactly(
                        "| profile | irqchip | recommended | `args[0]` | today | why |",
                        "|---|---|---|---|---|---|",
                        "| my\\_vmm\\|x | split | DISABLE | `0x9` | none (**unsafe**) | DISABLE hides LVR bit 24. |",
                        "",
                        "| profile | irqchip | guest | none | ENABLE | DISABLE |",
                        "|---|---|---|---|---|---|",
                        "| my\\_vmm\\|x | split | guest | STORM 49,137/s | STUCK | **OK** |",
                        "| my\\_vmm\\|x | split | guest-resumed | STORM 49,137/s | STUCK | **STORM 1,234/s** |");
    }

    @Test
    void whatCannotBeRecommendedIsSaidPlainly() {
        assertThat(AdviceMarkdown.lines(
                        List.of(Advices.nothing(), Advices.leastWrong()), Optional.of(SuppressFlag.DISABLE)))
                .contains(
                        "| profile | irqchip | recommended | `args[0]` | asked | why |",
                        "| hopeless | none | none is safe | no call | DISABLE (**unsafe**) | No flag helps. |",
                        "| hopeless | none | guest | VMM\\_STOPPED | REFUSED | VMM\\_STOPPED |",
                        "| unsure | split | ENABLE (**unsafe**) | `0x4` | DISABLE (**unsafe**) | No flag is right. |");
    }

    @Test
    void aSafeFlagIsSaidToBeSafe() {
        assertThat(AdviceMarkdown.lines(List.of(Advices.disable()), Optional.of(SuppressFlag.DISABLE)))
                .anyMatch(line -> line.contains("| DISABLE (safe) |"));
    }

    @Test
    void nothingInANameIsMarkup() {
        assertThat(AdviceMarkdown.escaped("a|b*c_d`e<f>\n#[g](h)\\ @i 0x20-1.5"))
                .isEqualTo("a\\|b\\*c\\_d\\`e\\<f\\> \\#\\[g\\](h)\\\\ \\@i 0x20-1.5");
    }
}
