// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DetectorWordsTest {
    @Test
    void whichFiredAndWhenAndWhichNeverDid() {
        assertThat(DetectorWords.summary(List.of(Measured.fires(), Measured.silent())))
                .isEqualTo("Would have fired: kvm-ioapic at 205.5ms. Never: xen.");
        assertThat(DetectorWords.summary(List.of(Measured.fires())).strip())
                .isEqualTo("Would have fired: kvm-ioapic at 205.5ms.");
        assertThat(DetectorWords.summary(List.of(Measured.silent())))
                .isEqualTo("None of the detectors would have fired: xen.");
    }
}
