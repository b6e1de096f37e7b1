// SPDX-License-Identifier: Apache-2.0
package irqstorm.run;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.check.Verdict;
import irqstorm.event.EventKind;
import irqstorm.scenario.Scenario;
import irqstorm.scenario.json.BundledFiles;
import irqstorm.scenario.json.JsonSource;
import irqstorm.scenario.json.ScenarioReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the kinds of devices do on the I/O APICs that they are found with, under a plain guest and under Credential Guard's ordering. */
class DeviceKindRunsTest {
    private static final String SPLIT = "\"kvm\": {\"irqchip\": \"split\"}";
    private static final String NONE = "\"kvm\": {\"irqchip\": \"none\"}";

    /** The guest that is not nested and ends its interrupt before or after it services the device. */
    private static String plainGuest(boolean early) {
        String eoi = "{\"step\": \"lapic-eoi\", \"via\": \"mmio\"}";
        String service = "{\"step\": \"run\", \"for\": \"25us\"}, {\"step\": \"service\"}";
        String gone = "\"l1-on-external-interrupt\": null, \"l1-on-l2-eoi\": null,"
                + " \"l1-on-interrupt-window\": null, \"l1-on-interrupt\": null";
        return "\"guest\": {\"nested\": null, \"programs\": {" + gone + ", \"on-interrupt\": ["
                + (early ? eoi + ", " + service : service + ", " + eoi) + "]}}";
    }

    private static String device(String kind) {
        return "\"pins\": [{\"gsi\": 19, \"vector\": \"0x81\", \"trigger\": \"level\"}], \"devices\": [{\"name\": \"card\","
                + " \"kind\": \"" + kind
                + "\", \"line\": {\"gsi\": 19}, \"arrivals\": {\"at\": [\"10us\", \"400us\"]}}]";
    }

    private static String profile(String name) {
        return "\"vmm\": {\"ioApic\": {\"profile\": \"" + name + "\"}}";
    }

    /** The bundled scenario credential-guard under a patch of these keys. */
    private static Scenario scenario(String... keys) {
        String patch =
                "{\"duration\": \"2ms\", \"configurations\": null, \"explore\": null, " + String.join(", ", keys) + "}";
        return ScenarioReader.read(
                        BundledFiles.scenario("credential-guard").patched("patched", JsonSource.text("patch", patch)))
                .base();
    }

    private static List<EventKind> kinds(Scenario scenario) {
        List<EventKind> kinds = new ArrayList<>();
        ScenarioRunner.run(scenario, (sequence, time, actor, kind, a, b, c, cause) -> kinds.add(kind));
        return kinds;
    }

    private static RunRecord run(String... keys) {
        return ScenarioRunner.run(scenario(keys));
    }

    @ParameterizedTest
    @ValueSource(strings = {"level", "e1000", "virtio-pci-intx", "ahci", "uhci", "ehci", "hpet-level", "uart-16550"})
    void everyLevelDeviceIsDeliveredOncePerCauseToAGuestThatEndsItsInterruptLast(String kind) {
        RunRecord run = run(SPLIT, plainGuest(false), device(kind));

        assertThat(run.verdict()).isEqualTo(Verdict.OK);
        assertThat(run.lines().get(0).deliveries()).isEqualTo(2);
        assertThat(run.lines().get(0).serviced()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"uhci, 1", "ahci, 2", "uart-16550, 2"})
    void aDeviceOfMoreAccessesGivesAnEarlyEoiMoreTimeToStorm(String kind, int accesses) {
        RunRecord run = run(SPLIT, device(kind));

        assertThat(run.verdict()).isEqualTo(Verdict.STORM);
        assertThat(kinds(scenario(SPLIT, plainGuest(false), device(kind))).stream()
                        .filter(event -> event == EventKind.DEVICE_ACCESSED))
                .hasSize(2 * (accesses - 1));
    }

    @ParameterizedTest
    @CsvSource({
        "passthrough-intx, none, xen-vioapic",
        "passthrough-intx, none, acrn",
        "virtio-pci-intx-resampled, none, crosvm-userspace",
        "vfio-intx-irqfd, split, qemu-ioapic-0x20",
        "vfio-intx-irqfd, kernel, qemu-ioapic-0x20"
    })
    void aSourceThatAnEoiUnmasksSignalsOncePerCauseToAPlainGuest(String kind, String irqchip, String profile) {
        String host = "\"kvm\": {\"irqchip\": \"" + irqchip + "\"}";
        RunRecord run = run(host, profile(profile), plainGuest(false), device(kind));

        assertThat(run.verdict()).isEqualTo(Verdict.OK);
        assertThat(run.lines().get(0).deliveries()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xen-vioapic", "acrn"})
    void passThroughLowersTheLineAtTheEoiAndComesBackByANewPhysicalInterrupt(String profile) {
        List<EventKind> kinds = kinds(scenario(NONE, profile(profile), plainGuest(true), device("passthrough-intx")));

        int unmasked = kinds.indexOf(EventKind.SOURCE_UNMASKED);
        assertThat(kinds.subList(0, unmasked)).containsOnlyOnce(EventKind.IOAPIC_DELIVERED);
        assertThat(kinds.get(unmasked + 1))
                .as("the line is low when Remote IRR is cleared, so nothing is delivered again at once")
                .isEqualTo(EventKind.REMOTE_IRR_CLEARED);
        assertThat(kinds.get(unmasked + 2)).isNotEqualTo(EventKind.REMOTE_IRR_SET);
        assertThat(kinds.stream().filter(kind -> kind == EventKind.EVENT_SIGNALLED))
                .as("an early EOI costs one more physical interrupt a cause")
                .hasSize(4);
    }

    @Test
    void aCrosvmVirtioDeviceIsRaisedAgainByItsThreadAndNotByTheEoi() {
        List<EventKind> kinds = kinds(
                scenario(NONE, profile("crosvm-userspace"), plainGuest(true), device("virtio-pci-intx-resampled")));

        assertThat(kinds.stream().filter(kind -> kind == EventKind.EVENT_SIGNALLED))
                .hasSize(4);
        assertThat(kinds.stream().filter(kind -> kind == EventKind.IOAPIC_DELIVERED))
                .hasSize(4);
    }

    @Test
    void anAccessOfABarUnmasksTheSourceBeforeTheDeviceIsServicedWhateverTheFlags() {
        for (String flags : List.of("[]", "[\"KVM_X2APIC_DISABLE_SUPPRESS_EOI_BROADCAST\"]")) {
            List<EventKind> kinds = kinds(scenario(
                    "\"kvm\": {\"irqchip\": \"split\", \"x2apicApi\": {\"flags\": " + flags + "}}",
                    profile("cloud-hypervisor"),
                    plainGuest(false),
                    device("vfio-intx-bar-access")));

            assertThat(kinds.indexOf(EventKind.SOURCE_UNMASKED))
                    .isLessThan(kinds.indexOf(EventKind.DEVICE_SERVICED))
                    .isLessThan(kinds.indexOf(EventKind.LAPIC_EOI));
            assertThat(kinds.stream().filter(kind -> kind == EventKind.EVENT_SIGNALLED))
                    .as("one redundant event before the access that services")
                    .hasSize(4);
        }
    }

    @Test
    void whatADeviceSaysReplacesWhatItsKindSays() {
        String slow = device("vfio-intx-irqfd").replace("\"line\"", "\"unmaskLatency\": \"1ms\", \"line\"");

        assertThat(run(SPLIT, device("vfio-intx-irqfd")).verdict()).isEqualTo(Verdict.STORM);
        assertThat(run(SPLIT, slow).verdict()).isEqualTo(Verdict.OK);
        String level = device("vfio-intx-irqfd").replace("{\"gsi\": 19}", "{\"gsi\": 19, \"signalling\": \"level\"}");
        assertThat(kinds(scenario(SPLIT, plainGuest(false), level)))
                .contains(EventKind.REMOTE_IRR_SET)
                .doesNotContain(EventKind.EVENT_SIGNALLED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pit", "uart-16550-event"})
    void aDeviceThatPulsesItsLineIsAnEdge(String kind) {
        RunRecord run = run(SPLIT, plainGuest(false), device(kind).replace("\"level\"", "\"edge\""));

        assertThat(run.verdict()).isEqualTo(Verdict.OK);
        assertThat(run.lines().get(0).deliveries()).isEqualTo(2);
    }
}
