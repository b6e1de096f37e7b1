// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import static irqstorm.cli.Session.irqstorm;
import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.scenario.ProfileLibrary;
import org.junit.jupiter.api.Test;

class ProfilesCommandTest {
    @Test
    void theListSaysWhichProfilesBehaveAlike() {
        Session session = irqstorm("profiles", "list");
        assertThat(session.code()).isZero();
        assertThat(session.out().lines().filter(line -> line.contains("0x")))
                .hasSize(25)
                .anyMatch(line -> line.startsWith("qemu-kvm-ioapic ") && line.endsWith("kvm-inkernel"))
                .anyMatch(line -> line.startsWith("crosvm-userspace ") && line.endsWith("crosvm"));
    }

    @Test
    void aProfileIsShownWithItsFieldsItsConfidenceAndItsFingerprint() {
        Session session = irqstorm("profiles", "show", "crosvm");
        assertThat(session.code()).isZero();
        assertThat(session.out())
                .startsWith("crosvm: crosvm")
                .containsPattern("split\\.eoiExits +unreserved +deduced")
                .containsPattern("version +0x20 +verified")
                .containsPattern("onEoiAsserted\\.resample\\.latency +10us +unknown")
                .contains("Behaviour fingerprint ", "10 001 EOIs", "10000SR- 1RR none");
    }

    @Test
    void aProfileIsAlsoFoundByWhoRunsWithIt() {
        assertThat(irqstorm("profiles", "show", "firecracker").out())
                .startsWith("kvm-inkernel: Linux KVM")
                .contains("also firecracker: Firecracker");
    }

    @Test
    void aDifferenceIsOneOfFieldsAndOfWhatTheyLeadTo() {
        Session session = irqstorm("profiles", "diff", "qemu-ioapic-0x20", "qemu-ioapic-0x11");
        assertThat(session.code()).isZero();
        assertThat(session.out())
                .contains("version: 0x20 | 0x11", "eoiRegister: dword-only | none", "EOI register")
                .endsWith("What the tokens mean: irqstorm profiles --help\n")
                .doesNotContain("mask in service", "name:");
    }

    @Test
    void twoProfilesThatBehaveAlikeAreSaidTo() {
        assertThat(irqstorm("profiles", "diff", "crosvm", "crosvm-userspace").out())
                .contains("lapic.broadcasts: - | all")
                .contains("The I/O APICs behave alike in all ten micro-scenarios");
    }

    @Test
    void theHelpSaysWhatTheTokensMean() {
        assertThat(irqstorm("profiles", "--help").out()).contains("R, -", "Remote IRR of each pin");
    }

    @Test
    void noLineOfAProfileIsWiderThanATerminal() {
        for (String profile : ProfileLibrary.names()) {
            assertThat(irqstorm("profiles", "show", profile).out().lines())
                    .as(profile)
                    .allMatch(line -> line.length() <= 100);
        }
    }

    @Test
    void anUnknownProfileIsAnsweredWithThoseThereAre() {
        Session session = irqstorm("profiles", "show", "82093");
        assertThat(session.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(session.err()).contains("there is no profile \"82093\"", "qemu-ioapic-0x20, qemu-ioapic-0x11");
        assertThat(irqstorm("profiles").code()).isEqualTo(ExitCode.BAD_INPUT);
    }
}
