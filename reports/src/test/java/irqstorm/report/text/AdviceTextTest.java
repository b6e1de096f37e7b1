// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.advise.SuppressFlag;
import irqstorm.report.Advices;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdviceTextTest {
    @Test
    void oneProfileIsAdvisedWithTheCallFirstAndEveryVerdictExplained() {
        assertThat(AdviceText.lines(List.of(Advices.disable()), Optional.empty(), Paint.PLAIN))
                .containsExactly(
                        "my_vmm|x, irqchip split: use DISABLE",
                        "  call   ioctl(vm_fd, KVM_ENABLE_CAP, {.cap = 129, .args[0] = 0x9}) after KVM_CAP_SPLIT_IRQCHIP and",
                        "         before the first KVM_CREATE_VCPU: KVM_CAP_X2APIC_API with KVM_X2APIC_API_USE_32BIT_IDS |",
                        "         KVM_X2APIC_DISABLE_SUPPRESS_EOI_BROADCAST",
                        "  why    DISABLE hides LVR bit 24.",
                        "  today  no flag: unsafe, a guest that boots is not right",
                        "",
                        "  guest          none            ENABLE  DISABLE",
                        "  -------------  --------------  ------  -------------",
                        "  guest          STORM 49,137/s  STUCK   OK",
                        "  guest-resumed  STORM 49,137/s  STUCK   STORM 1,234/s",
                        "",
                        "guest (none), guest-resumed (none, DISABLE)",
                        "    It is STORM. So often.",
                        "guest (ENABLE), guest-resumed (ENABLE)",
                        "    It is STUCK.",
                        "guest (DISABLE)",
                        "    It is OK.");
    }

    @Test
    void severalProfilesAreAdvisedOneAfterTheOtherWithoutExplanations() {
        List<String> lines = AdviceText.lines(
                List.of(Advices.nothing(), Advices.leastWrong()), Optional.of(SuppressFlag.DISABLE), Paint.PLAIN);
        assertThat(lines)
                .containsSubsequence(
                        "hopeless, irqchip none: none is safe",
                        "  call   none",
                        "  asked  KVM_X2APIC_DISABLE_SUPPRESS_EOI_BROADCAST: unsafe, a guest that boots is not right",
                        "  guest         VMM_STOPPED  REFUSED  VMM_STOPPED",
                        "",
                        "unsure, irqchip split: use ENABLE, which is the best there is and unsafe",
                        "  guest         STUCK  LOST    STUCK")
                .noneMatch(line -> line.contains("It is"));
    }

    @Test
    void aSafeFlagIsSaidToBeSafe() {
        assertThat(AdviceText.lines(List.of(Advices.disable()), Optional.of(SuppressFlag.DISABLE), Paint.PLAIN))
                .contains("  asked  KVM_X2APIC_DISABLE_SUPPRESS_EOI_BROADCAST: safe, every guest that boots is right");
    }

    @Test
    void verdictsAreInColourOnATerminal() {
        assertThat(AdviceText.lines(List.of(Advices.disable()), Optional.empty(), Paint.COLOUR))
                .anyMatch(line -> line.contains("\u001b[1;31mSTORM 49,137/s"))
                .first()
                .isEqualTo("\u001b[1mmy_vmm|x, irqchip split: use DISABLE\u001b[0m");
    }
}
