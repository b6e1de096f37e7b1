// SPDX-License-Identifier: Apache-2.0
package irqstorm.kvm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UapiRevisionTest {
    private static final String V3_ENABLE = "KVM_X2APIC_API_DISABLE_IGNORE_SUPPRESS_EOI_BROADCAST_QUIRK";
    private static final String V3_DISABLE = "KVM_X2APIC_API_DISABLE_SUPPRESS_EOI_BROADCAST";

    @ParameterizedTest
    @EnumSource(UapiRevision.class)
    void theMergedNamesAreAcceptedInEveryRevision(UapiRevision revision) {
        for (X2ApicApiFlag flag : X2ApicApiFlag.values()) {
            assertThat(revision.flag(flag.name())).contains(flag);
        }
    }

    @Test
    void revisionV3HasNamesOfItsOwnForTheSameTwoBits() {
        assertThat(UapiRevision.V3.flag(V3_ENABLE)).contains(X2ApicApiFlag.KVM_X2APIC_ENABLE_SUPPRESS_EOI_BROADCAST);
        assertThat(UapiRevision.V3.flag(V3_DISABLE)).contains(X2ApicApiFlag.KVM_X2APIC_DISABLE_SUPPRESS_EOI_BROADCAST);
        assertThat(UapiRevision.V3.ownNames()).containsExactly(V3_ENABLE, V3_DISABLE);
    }

    @ParameterizedTest
    @EnumSource(
            value = UapiRevision.class,
            names = {"V4", "MERGED"})
    void theNamesOfV3AreUnknownToLaterRevisions(UapiRevision revision) {
        assertThat(revision.flag(V3_ENABLE)).isEmpty();
        assertThat(revision.flag(V3_DISABLE)).isEmpty();
        assertThat(revision.ownNames()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ENABLE", "kvm_x2apic_api_use_32bit_ids", "KVM_X2APIC_API_USE_32BIT_IDS "})
    void anythingElseIsNoFlag(String name) {
        for (UapiRevision revision : UapiRevision.values()) {
            assertThat(revision.flag(name)).isEmpty();
        }
    }

    @Test
    void labelsAreTheWordsOfScenarioFiles() {
        assertThat(UapiRevision.values())
                .extracting(UapiRevision::label)
                .containsExactly("before", "v3", "v4", "merged");
        assertThat(IrqchipMode.values()).extracting(IrqchipMode::label).containsExactly("none", "kernel", "split");
    }
}
