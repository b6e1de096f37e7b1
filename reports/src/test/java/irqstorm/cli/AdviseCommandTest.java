// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import static irqstorm.cli.Session.irqstorm;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AdviseCommandTest {
    private static List<JsonNode> json(Session session) {
        List<JsonNode> cells = new ArrayList<>();
        JsonNode list = JsonMapper.shared().readTree(session.out());
        assertThat(list.isArray()).isTrue();
        list.forEach(cells::add);
        return cells;
    }

    @Test
    void theAdviceComesFirstWithTheCallInFull() {
        Session session = irqstorm("advise", "--profile", "openvmm", "--irqchip", "split");
        assertThat(session.out())
                .startsWith("openvmm, irqchip split: use DISABLE\n"
                        + "  call   ioctl(vm_fd, KVM_ENABLE_CAP, {.cap = 129, .args[0] = 0x9}) after")
                .containsPattern("\n  credential-guard +STORM [0-9,]+/s +STUCK +OK\n");
        assertThat(session.out().lines()).allMatch(line -> line.length() <= 100);
        assertThat(session.err()).isEmpty();
    }

    @Test
    void withProveEachGuestIsTriedInEveryOrder() {
        Session session = irqstorm("advise", "--profile", "openvmm", "--irqchip", "split", "--prove");

        assertThat(session.code()).isEqualTo(1);
        assertThat(session.out())
                .startsWith("openvmm, irqchip split: every order of events\n")
                .containsPattern("\ncredential-guard +STORM +STUCK +proven\n")
                .contains("\nlinux (none, ENABLE, DISABLE), linux-resumed (none, DISABLE)\n    EXHAUSTED: ")
                .contains("EXHAUSTED: nothing is wrong.");
        assertThat(session.out().lines()).allMatch(line -> line.length() <= 100);
        assertThat(irqstorm("advise", "--profile", "openvmm", "--irqchip", "split", "--flag", "DISABLE", "--prove")
                        .code())
                .isZero();
    }

    @Test
    void whatIsProvenIsJsonToo() {
        List<JsonNode> cells =
                json(irqstorm("advise", "--profile", "openvmm", "--irqchip", "none", "--prove", "--format", "json"));

        assertThat(cells).extracting(cell -> cell.get("outcome").stringValue()).contains("EXHAUSTED", "VIOLATION");
        assertThat(cells.get(0).get("profile").stringValue()).isEqualTo("openvmm");
        assertThat(cells.get(0).get("guest").stringValue()).isEqualTo("linux");
        assertThat(cells.get(0).get("bounds").get("interrupts").intValue()).isEqualTo(3);
        Session markdown = irqstorm("advise", "--profile", "openvmm", "--prove", "--format", "markdown");
        assertThat(markdown.code()).isEqualTo(2);
        assertThat(markdown.err()).contains("--format markdown");
    }

    @ParameterizedTest
    @CsvSource({
        "openvmm, split, , 1",
        "openvmm, split, none, 1",
        "openvmm, split, ENABLE, 1",
        "openvmm, split, DISABLE, 0",
        "openvmm, split, KVM_X2APIC_DISABLE_SUPPRESS_EOI_BROADCAST, 0",
        "openvmm, none, , 0",
        "openvmm, , , 1",
        "virtualbox-ich9, split, KVM_X2APIC_ENABLE_SUPPRESS_EOI_BROADCAST, 0",
        "crosvm, , ENABLE, 1",
        "libkrun-kvm-split, , DISABLE, 1",
        "firecracker, , , 0",
        "firecracker, kernel, ENABLE, 1",
        "alioth, , none, 0"
    })
    void theExitCodeSaysWhetherEveryGuestThatBootsIsRight(String profile, String irqchip, String flag, int code) {
        List<String> args = new ArrayList<>(List.of("advise", "--profile", profile));
        if (irqchip != null) {
            args.addAll(List.of("--irqchip", irqchip));
        }
        if (flag != null) {
            args.addAll(List.of("--flag", flag));
        }
        assertThat(irqstorm(args.toArray(String[]::new)).code()).isEqualTo(code);
    }

    @Test
    void jsonIsAListWithAnObjectForEachGuestAndFlag() {
        Session session = irqstorm("advise", "--profile", "virtualbox-82093aa", "--format", "json");
        assertThat(session.code()).isEqualTo(1);
        List<JsonNode> cells = json(session);
        assertThat(cells).hasSize(6 + 12).allSatisfy(cell -> {
            assertThat(cell.propertyNames())
                    .containsExactly(
                            "profile",
                            "irqchip",
                            "flag",
                            "guest",
                            "verdict",
                            "reason",
                            "recommended",
                            "chosen",
                            "args0",
                            "deliveriesPerSecond",
                            "fingerprint");
            assertThat(cell.get("recommended").isBoolean()).isTrue();
        });
        assertThat(cells.stream()
                        .filter(cell -> cell.get("recommended").asBoolean())
                        .map(cell -> cell.get("irqchip").asString() + " "
                                + cell.get("flag").asString() + " "
                                + cell.get("args0").asString())
                        .distinct())
                .containsExactly("none none 0x0", "split KVM_X2APIC_DISABLE_SUPPRESS_EOI_BROADCAST 0x8");
        assertThat(cells.stream()
                        .filter(cell -> cell.get("verdict").asString().equals("STORM"))
                        .map(cell -> cell.get("deliveriesPerSecond").asDouble()))
                .isNotEmpty()
                .allMatch(rate -> rate > 40_000);
        assertThat(cells.get(0).get("deliveriesPerSecond").isNull()).isTrue();
    }

    @Test
    void theChosenCellsAreThoseThatTheExitCodeIsAbout() {
        assertThat(json(irqstorm("advise", "--profile=crosvm", "--flag=ENABLE", "--format=json")).stream()
                        .filter(cell -> cell.get("chosen").asBoolean())
                        .map(cell -> cell.get("flag").asString()))
                .hasSize(4)
                .containsOnly("KVM_X2APIC_ENABLE_SUPPRESS_EOI_BROADCAST");
    }

    @Test
    void markdownIsTablesForACiStep() {
        Session session = irqstorm("advise", "--profile", "alioth", "--flag", "DISABLE", "--format", "markdown");
        assertThat(session.code()).isZero();
        assertThat(session.out())
                .startsWith("| profile | irqchip | recommended | `args[0]` | asked | why |\n|---|")
                .contains("\n| alioth | split | DISABLE | `0xb` | DISABLE (safe) | DISABLE hides LVR bit 24")
                .contains("\n| alioth | split | linux | OK | OK | **OK** |\n");
    }

    @Test
    void allProfilesAreAdvisedInTheirOrderOnTheIrqchipAskedFor() {
        Session session = irqstorm("advise", "--profile", "all", "--irqchip", "kernel");
        assertThat(session.code()).isZero();
        assertThat(session.out().lines().filter(line -> line.contains(", irqchip ")))
                .containsExactly(
                        "kvm-inkernel, irqchip kernel: no flag needed",
                        "qemu-kvm-ioapic, irqchip kernel: no flag needed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--profile 82093 | there is no profile \"82093\"; there are qemu-ioapic-0x20, qemu-ioapic-0x11,",
                "--profile crosvm --irqchip kernel | profile crosvm is not found under irqchip kernel; it is found under split",
                "--profile openvmm --irqchip off | there is no irqchip mode \"off\"; there are none, kernel, split",
                "--profile openvmm --flag enable | there is no flag \"enable\"; there are none, ENABLE, DISABLE, and",
                "--profile openvmm --format xml | expected one of [text, json, markdown]",
                "--irqchip none | Missing required option: '--profile=NAME'"
            })
    void aMistakeIsAnsweredWithWhatThereIs(String args, String message) {
        Session session = irqstorm(("advise " + args).split(" "));
        assertThat(session.code()).isEqualTo(2);
        assertThat(session.out()).isEmpty();
        assertThat(session.err()).contains(message);
    }
}
