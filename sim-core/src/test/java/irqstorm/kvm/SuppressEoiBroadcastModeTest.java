// SPDX-License-Identifier: Apache-2.0
package irqstorm.kvm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuppressEoiBroadcastModeTest {

    @ParameterizedTest(name = "{0} with irqchip {1}: advertised {2}, suppresses {3}")
    @CsvSource({
        "QUIRKED,             NONE,   false, false",
        "QUIRKED,             KERNEL, false, true",
        "QUIRKED,             SPLIT,  true,  false",
        "ENABLED,             NONE,   false, true",
        "ENABLED,             KERNEL, false, true",
        "ENABLED,             SPLIT,  true,  true",
        "DISABLED,            NONE,   false, false",
        "DISABLED,            KERNEL, false, false",
        "DISABLED,            SPLIT,  false, false",
        "HIDDEN_BUT_HONOURED, NONE,   false, true",
        "HIDDEN_BUT_HONOURED, KERNEL, false, true",
        "HIDDEN_BUT_HONOURED, SPLIT,  false, true"
    })
    void advertisingAndSuppressingAreTwoQuestions(
            SuppressEoiBroadcastMode mode, IrqchipMode irqchip, boolean advertised, boolean suppresses) {
        assertThat(mode.advertised(irqchip)).isEqualTo(advertised);
        assertThat(mode.suppresses(irqchip)).isEqualTo(suppresses);
    }

    @Test
    void theModesOfTheKernelHaveTheKernelsNumbers() {
        assertThat(SuppressEoiBroadcastMode.QUIRKED.ordinal()).isZero();
        assertThat(SuppressEoiBroadcastMode.ENABLED.ordinal()).isEqualTo(1);
        assertThat(SuppressEoiBroadcastMode.DISABLED.ordinal()).isEqualTo(2);
    }
}
