// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.engine.StopReason;
import irqstorm.report.Runs;
import irqstorm.run.RunRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunTextTest {
    private static final String STORM = """
            guard: What the flags do
            configuration  6-quirked
            machine        split irqchip, I/O APIC qemu-ioapic-0x20 (version 0x20), 1 vCPU
            KVM            uAPI merged, no flags, mode QUIRKED
            guest          nested, fresh
            run            seed 7, simulated 1.035s, 500,621 events

            STORM          Pin 19 (usb): the guest EOIs the LAPIC before the device is serviced, trusting SPIV
                           bit 12, but the bit is not honoured.

                                                                     deliveries      assert to
            line          GSI  assertions  deliveries  redundant  per assertion  service, mean      max  state
            ------------  ---  ----------  ----------  ---------  -------------  -------------  -------  -----
            usb            19           5      50,003     49,998       10,000.6        42.22us  73.06us

            storm          5 episodes, mean 49,144/s, peak 52,000/s, longest 203.6ms
            throttle       5 firings
            EOI exits      50,000
            guest ran      L1 14.6 %, L2 0.75 % of the time
            fingerprint    0539d96eef7538ce
            """;

    private static List<String> lines(RunRecord run) {
        return RunText.lines(run, Paint.PLAIN);
    }

    @Test
    void aStormIsShownWithItsInputsItsReasonAndItsMeasures() {
        assertThat(String.join("\n", lines(Runs.storm())) + "\n").isEqualTo(STORM);
    }

    @Test
    void aLineSaysThatItIsStuckOrThatItLostAnInterrupt() {
        assertThat(lines(Runs.stuck())).anyMatch(line -> line.startsWith("usb ") && line.endsWith("stuck"));
        assertThat(lines(Runs.lost()))
                .anyMatch(line -> line.startsWith("uart ") && line.endsWith("lost"))
                .anyMatch(line -> line.startsWith("nvme ") && line.contains(" MSI "))
                .contains("guest ran      14.6 % of the time");
    }

    @Test
    void aRefusedConfigurationHasAReasonAndNoMeasures() {
        assertThat(lines(Runs.refused()))
                .contains(
                        "REFUSED        KVM_ENABLE_CAP(KVM_CAP_X2APIC_API) fails with EINVAL: the flags exclude each other.")
                .noneMatch(line -> line.startsWith("throttle") || line.startsWith("fingerprint"));
    }

    @Test
    void whatWasNotAsExpectedStandsAtTheEnd() {
        RunRecord failing = Runs.failing(Runs.right(), "verdict is OK, expected STORM");
        assertThat(lines(Runs.stopped(failing, StopReason.PENDING)))
                .endsWith(
                        "",
                        "Not as expected:",
                        "  - verdict is OK, expected STORM",
                        "  - a limit on pending events ended the run after 1.035s; the verdict covers no more");
    }

    @Test
    void aHundredColumnsAreEnough() {
        RunRecord longest = Runs.named(Runs.refused(), "t".repeat(250), "c".repeat(100));
        for (RunRecord run : List.of(Runs.right(), Runs.storm(), Runs.stuck(), Runs.lost(), longest)) {
            assertThat(lines(run)).allMatch(line -> line.length() <= Layout.WIDTH);
        }
    }
}
