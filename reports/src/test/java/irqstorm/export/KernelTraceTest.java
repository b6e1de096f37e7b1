// SPDX-License-Identifier: Apache-2.0
package irqstorm.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class KernelTraceTest {
    private static final int MOST = 1000;
    private static final Pattern PERF =
            Pattern.compile(" *(qemu-kvm|CPU 0/KVM) +100[01] \\[00[01]] +\\d+\\.\\d{9}: +kvm:(kvm_[a-z_]+: .*)");
    private static final Pattern TRACE_CMD =
            Pattern.compile(" *(qemu-kvm|CPU 0/KVM)-100[01]  \\[00[01]] +\\d+\\.\\d{9}: (kvm_[a-z_]+:) +(.*)");

    /** The first events: enough for a few turns of a storm. */
    private static List<String> events(String scenario, String configuration) {
        return Exported.lines(ExportFormat.KERNEL, scenario, configuration).stream()
                .limit(MOST)
                .map(line -> {
                    Matcher matcher = PERF.matcher(line);
                    assertThat(matcher.matches()).as(line).isTrue();
                    return matcher.group(2);
                })
                .toList();
    }

    /** Addresses of instructions and of the nested VM's structures are the host's, and 0 in the model. */
    private static String withoutAddresses(String event) {
        return event.replaceAll("\\b(rip|rip:|vmcs:|nested_rip:|nested_eptp:) 0x[0-9a-f]+", "$1 ADDRESS");
    }

    private static List<List<String>> rootCauseTrace() throws IOException {
        try (InputStream in = KernelTraceTest.class.getResourceAsStream("credential-guard-rca-events.txt")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.replaceAll("(?m)^#.*\n", "").split("\n\n"))
                    .map(part ->
                            part.lines().map(KernelTraceTest::withoutAddresses).toList())
                    .toList();
        }
    }

    @Test
    void theRootCauseTraceHasTheSameEventsWithTheSameFieldsInTheSameOrder() throws IOException {
        List<String> exported = events("credential-guard-rca", "split-enable").stream()
                .map(KernelTraceTest::withoutAddresses)
                .toList();
        List<String> delivery = rootCauseTrace().get(0);
        List<String> directedEoi = rootCauseTrace().get(1);

        assertThat(delivery).hasSize(14);
        assertThat(exported).startsWith(delivery.toArray(String[]::new));
        List<String> after = exported.subList(delivery.size(), exported.size());
        int start = Collections.indexOfSubList(after, directedEoi);
        assertThat(start).as("directed EOI of %s in %s", directedEoi, after).isNotNegative();
        assertThat(after.subList(0, start))
                .filteredOn(event -> event.contains("set_irq") || event.contains("accept_irq"))
                .isEmpty();
    }

    @Test
    void traceCmdPrintsTheSameEventsInItsOwnEnvelope() {
        List<String> lines = Exported.lines(ExportFormat.TRACE_CMD, "credential-guard-rca", "split-enable");
        assertThat(lines.get(0)).isEqualTo("cpus=2");
        List<String> events = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            Matcher matcher = TRACE_CMD.matcher(line);
            assertThat(matcher.matches()).as(line).isTrue();
            events.add(matcher.group(2) + " " + matcher.group(3));
        }
        assertThat(events).isEqualTo(events("credential-guard-rca", "split-enable"));
    }

    @Test
    void anIoApicInTheKernelLogsItselfAfterTheLocalApicAcceptedAndWhenTheLineFalls() {
        assertThat(events("credential-guard-rca", "kernel"))
                .containsSubsequence(
                        "kvm_set_irq: gsi 21 level 1 source 0",
                        "kvm_apic_accept_irq: apicid 0 vec 161 (Fixed|level)",
                        "kvm_apicv_accept_irq: apicid 0 vec 161 (Fixed|level)",
                        "kvm_ioapic_set_irq: pin 21 dst 0 vec 161 (Fixed|physical|level)",
                        "kvm_set_irq: gsi 21 level 0 source 0",
                        "kvm_ioapic_set_irq: pin 21 dst 0 vec 161 (Fixed|physical|level)",
                        "kvm_eoi: apicid 0 vector 161")
                .doesNotContain("kvm_msi_set_irq: dst 0 vec 161 (Fixed|physical|level)");
    }

    @Test
    void aStormUnderSplitIrqchipIsTheLoopOfTheTraceOfKernelBugzilla220549() {
        List<String> storm = events("credential-guard", "6-split-quirked").stream()
                .filter(event -> event.matches("(kvm_set_irq|kvm_msi_set_irq|kvm_apic_accept_irq|kvm_apic|kvm_eoi):.*")
                        || event.contains("KVM_EXIT_IOAPIC_EOI")
                        || event.contains("kvm_nested_vmexit_inject: reason EXTERNAL_INTERRUPT"))
                .limit(70)
                .toList();
        List<String> turn = List.of(
                "kvm_set_irq: gsi 19 level 1 source 0",
                "kvm_msi_set_irq: dst 0 vec 129 (Fixed|physical|level)",
                "kvm_apic_accept_irq: apicid 0 vec 129 (Fixed|level)",
                "kvm_nested_vmexit_inject: reason EXTERNAL_INTERRUPT info1 0 info2 0 int_info 80000081 int_info_err 0",
                "kvm_apic: apic_write APIC_EOI = 0x0",
                "kvm_eoi: apicid 0 vector 129",
                "kvm_userspace_exit: reason KVM_EXIT_IOAPIC_EOI (26)");
        assertThat(Collections.indexOfSubList(storm, turn)).isNotNegative();
    }

    @Test
    void theThrottleInTheKernelLogsThatItFired() {
        assertThat(Exported.text(ExportFormat.KERNEL, "credential-guard", "3b-kernel-disable-restored"))
                .contains(" kvm:kvm_ioapic_delayed_eoi_inj: dst 0 vec 129 (Fixed|physical|level)\n");
    }

    @Test
    void aVmmWithItsOwnLocalApicsLogsNoInterruptsOfKvm() {
        assertThat(Exported.lines(ExportFormat.KERNEL, "plain-level", "none"))
                .isNotEmpty()
                .noneMatch(line -> line.contains("irq:") || line.contains("kvm_eoi"));
    }

    @Test
    void aMessageHasNoPin() {
        assertThat(events("edge-msi", ""))
                .containsSequence(
                        "kvm_msi_set_irq: dst 0 vec 97 (Fixed|physical|edge)",
                        "kvm_apic_accept_irq: apicid 0 vec 97 (Fixed|edge)");
    }
}
