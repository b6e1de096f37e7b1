// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import static irqstorm.cli.Session.irqstorm;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DevicesCommandTest {
    @Test
    void theListSaysHowEachKindDrivesItsLine() {
        Session session = irqstorm("devices", "list");
        assertThat(session.code()).isZero();
        assertThat(session.out().lines())
                .hasSize(2 + 14)
                .anyMatch(line -> line.matches("uhci +level +UHCI controller"))
                .anyMatch(line -> line.matches("pit +pulse +8254 timer"))
                .anyMatch(line -> line.matches("vfio-intx-irqfd +event-per-unmask +Passed-through device, .*"));
    }

    @Test
    void aKindIsShownWithItsFieldsTheirConfidenceAndWhereItWasRead() {
        Session session = irqstorm("devices", "show", "vfio-intx-bar-access");
        assertThat(session.code()).isZero();
        assertThat(session.out())
                .startsWith("vfio-intx-bar-access: Passed-through device, INTx on the slow path")
                .contains("read in QEMU, cloud-hypervisor, hw/vfio/pci.c: vfio_intx_interrupt, vfio_intx_eoi")
                .containsPattern("line +event-per-unmask +verified")
                .containsPattern("assertedWhile +the physical line is asserted +verified")
                .containsPattern("accesses +2 +unknown")
                .containsPattern("unmask +any-access +verified")
                .containsPattern("unmaskLatency +10us +unknown")
                .contains("Notes", "Any access of a BAR counts as the EOI");
        assertThat(session.out().lines().filter(line -> line.endsWith("  verified") || line.endsWith("  unknown")))
                .hasSize(5)
                .extracting(line -> line.lastIndexOf("  "))
                .containsOnly("  assertedWhile  the physical line is asserted".length());
        assertThat(irqstorm("devices", "show", "ehci").out())
                .containsPattern("minimumRiseGap +1ms +unknown")
                .doesNotContain("unmask ");
    }

    @Test
    void anUnknownKindIsAnsweredWithThoseThereAre() {
        Session session = irqstorm("devices", "show", "xhci");
        assertThat(session.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(session.err()).contains("there is no kind of device \"xhci\"; there are level, e1000, ");
        assertThat(irqstorm("devices").code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(irqstorm("devices").err()).contains("devices: say what to do: list or show NAME");
    }
}
