// SPDX-License-Identifier: Apache-2.0
package irqstorm.kvm;

import static irqstorm.kvm.X2ApicApiFlag.KVM_X2APIC_DISABLE_SUPPRESS_EOI_BROADCAST;
import static irqstorm.kvm.X2ApicApiFlag.KVM_X2APIC_ENABLE_SUPPRESS_EOI_BROADCAST;
import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.kvm.X2ApicApi.Scope;
import irqstorm.state.StateStore;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** KVM_CAP_X2APIC_API: every value of args[0], in every irqchip mode, in every revision of the uAPI. */
class X2ApicApiTest {
    private static final long ENABLE = 0x4;
    private static final long DISABLE = 0x8;

    /** Q, E, D, H: accepted, and the mode is QUIRKED, ENABLED, DISABLED or HIDDEN_BUT_HONOURED afterwards. A minus is EINVAL. */
    private static final String TABLE = """
            args[0]   BEFORE             V3                 V4                 MERGED
                      none kernel split  none kernel split  none kernel split  none kernel split
            0x0       Q    Q      Q      Q    Q      Q      Q    Q      Q      Q    Q      Q
            0x1       Q    Q      Q      Q    Q      Q      Q    Q      Q      Q    Q      Q
            0x2       Q    Q      Q      Q    Q      Q      Q    Q      Q      Q    Q      Q
            0x3       Q    Q      Q      Q    Q      Q      Q    Q      Q      Q    Q      Q
            0x4       -    -      -      E    E      E      -    -      E      -    -      E
            0x5       -    -      -      E    E      E      -    -      E      -    -      E
            0x6       -    -      -      E    E      E      -    -      E      -    -      E
            0x7       -    -      -      E    E      E      -    -      E      -    -      E
            0x8       -    -      -      D    D      D      -    -      D      D    D      D
            0x9       -    -      -      D    D      D      -    -      D      D    D      D
            0xA       -    -      -      D    D      D      -    -      D      D    D      D
            0xB       -    -      -      D    D      D      -    -      D      D    D      D
            0xC       -    -      -      H    H      H      -    -      -      -    -      -
            0xD       -    -      -      H    H      H      -    -      -      -    -      -
            0xE       -    -      -      H    H      H      -    -      -      -    -      -
            0xF       -    -      -      H    H      H      -    -      -      -    -      -
            """;

    private static final Map<String, SuppressEoiBroadcastMode> MODES = Map.of(
            "Q", SuppressEoiBroadcastMode.QUIRKED,
            "E", SuppressEoiBroadcastMode.ENABLED,
            "D", SuppressEoiBroadcastMode.DISABLED,
            "H", SuppressEoiBroadcastMode.HIDDEN_BUT_HONOURED);

    static Stream<Arguments> cells() {
        return TABLE.lines().skip(2).flatMap(line -> {
            String[] cells = line.split("\\s+");
            return Stream.of(UapiRevision.values())
                    .flatMap(revision -> Stream.of(IrqchipMode.values())
                            .map(irqchip -> Arguments.of(
                                    revision,
                                    irqchip,
                                    Long.decode(cells[0]),
                                    cells[1 + 3 * revision.ordinal() + irqchip.ordinal()])));
        });
    }

    @Test
    void theTableHasACellForEveryCombination() {
        assertThat(cells()).hasSize(16 * 4 * 3);
    }

    @ParameterizedTest(name = "{0} {1} {2}: {3}")
    @MethodSource("cells")
    void enableCapDoesWhatTheTableSays(UapiRevision revision, IrqchipMode irqchip, long args0, String cell) {
        X2ApicApi api = api(revision);
        EnableCapResult result = api.enable(args0, irqchip);

        boolean refused = cell.equals("-");
        assertThat(result.isOk()).isEqualTo(!refused);
        assertThat(result.errno()).isEqualTo(refused ? Errno.EINVAL : null);
        assertThat(result.reason().isEmpty()).isEqualTo(!refused);
        assertThat(api.mode()).isEqualTo(refused ? SuppressEoiBroadcastMode.QUIRKED : MODES.get(cell));
    }

    @ParameterizedTest
    @EnumSource(UapiRevision.class)
    void anyUnknownBitIsRefusedWhateverElseIsSet(UapiRevision revision) {
        for (IrqchipMode irqchip : IrqchipMode.values()) {
            for (int bit = 4; bit < Long.SIZE; bit++) {
                for (long known = 0; known < 16; known++) {
                    X2ApicApi api = api(revision);
                    long args0 = 1L << bit | known;
                    EnableCapResult result = api.enable(args0, irqchip);
                    assertThat(result.errno()).isEqualTo(Errno.EINVAL);
                    assertThat(result.reason())
                            .isEqualTo("args[0] = 0x" + Long.toHexString(args0) + " has an unknown bit");
                    assertThat(api.mode()).isEqualTo(SuppressEoiBroadcastMode.QUIRKED);
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}: {1} on {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "MERGED | 0xC | SPLIT  | KVM_X2APIC_ENABLE_SUPPRESS_EOI_BROADCAST and KVM_X2APIC_DISABLE_SUPPRESS_EOI_BROADCAST exclude each other",
                "MERGED | 0x4 | KERNEL | KVM_X2APIC_ENABLE_SUPPRESS_EOI_BROADCAST needs split irqchip, and the VM has irqchip kernel at this point",
                "MERGED | 0x4 | NONE   | KVM_X2APIC_ENABLE_SUPPRESS_EOI_BROADCAST needs split irqchip, and the VM has irqchip none at this point",
                "V4     | 0x8 | KERNEL | KVM_X2APIC_DISABLE_SUPPRESS_EOI_BROADCAST (v4) needs split irqchip, and the VM has irqchip kernel at this point"
            })
    void aRefusalNamesTheFlagsAndTheRule(UapiRevision revision, String args0, IrqchipMode irqchip, String reason) {
        assertThat(api(revision).enable(Long.decode(args0), irqchip).reason()).isEqualTo(reason);
    }

    @Test
    void aCallWithNeitherFlagLeavesTheModeSoQuirkedCannotBeAskedForAgain() {
        X2ApicApi api = api(UapiRevision.MERGED);
        api.enable(ENABLE, IrqchipMode.SPLIT);
        assertThat(api.enable(0x3, IrqchipMode.SPLIT).isOk()).isTrue();
        assertThat(api.mode()).isEqualTo(SuppressEoiBroadcastMode.ENABLED);
    }

    @Test
    void enabledAndDisabledCanBeSwitchedByAnotherCall() {
        X2ApicApi api = api(UapiRevision.MERGED);
        api.enable(ENABLE, IrqchipMode.SPLIT);
        api.enable(DISABLE, IrqchipMode.SPLIT);
        assertThat(api.mode()).isEqualTo(SuppressEoiBroadcastMode.DISABLED);
        api.enable(ENABLE, IrqchipMode.SPLIT);
        assertThat(api.mode()).isEqualTo(SuppressEoiBroadcastMode.ENABLED);
    }

    @Test
    void aRefusedCallLeavesTheMode() {
        X2ApicApi api = api(UapiRevision.MERGED);
        api.enable(DISABLE, IrqchipMode.SPLIT);
        api.enable(ENABLE | DISABLE, IrqchipMode.SPLIT);
        api.enable(ENABLE | 0x10, IrqchipMode.SPLIT);
        assertThat(api.mode()).isEqualTo(SuppressEoiBroadcastMode.DISABLED);
    }

    @ParameterizedTest(name = "{0} fd, irqchip {1}: {2}")
    @CsvSource({
        "SYSTEM, NONE, 0xF", "SYSTEM, KERNEL, 0xF", "SYSTEM, SPLIT, 0xF",
        "VM, NONE, 0xB", "VM, KERNEL, 0xB", "VM, SPLIT, 0xF"
    })
    void checkExtensionHidesEnableFromAVmThatIsNotSplitYet(Scope scope, IrqchipMode irqchip, String flags) {
        assertThat(api(UapiRevision.MERGED).checkExtension(scope, irqchip)).isEqualTo(Long.decode(flags));
    }

    @ParameterizedTest
    @EnumSource(
            value = UapiRevision.class,
            names = {"V3", "V4"})
    void earlierRevisionsHideNothing(UapiRevision revision) {
        for (Scope scope : Scope.values()) {
            for (IrqchipMode irqchip : IrqchipMode.values()) {
                assertThat(api(revision).checkExtension(scope, irqchip)).isEqualTo(0xF);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Scope.class)
    void aKernelBeforeThePatchesKnowsNeitherFlag(Scope scope) {
        assertThat(api(UapiRevision.BEFORE).checkExtension(scope, IrqchipMode.SPLIT))
                .isEqualTo(0x3);
        assertThat(UapiRevision.BEFORE.knownFlags()).isEqualTo(0x3);
        assertThat(UapiRevision.MERGED.knownFlags()).isEqualTo(0xF);
    }

    @Test
    void onAnotherKernelAVmBeginsAnew() {
        X2ApicApi api = api(UapiRevision.MERGED);
        api.enable(ENABLE, IrqchipMode.SPLIT);
        api.beginAnew(UapiRevision.BEFORE);
        assertThat(api.mode()).isEqualTo(SuppressEoiBroadcastMode.QUIRKED);
        assertThat(api.enable(ENABLE, IrqchipMode.SPLIT).isOk()).isFalse();
    }

    @Test
    void theProbeOrderTrapAVmThatAsksBeforeItIsSplitDoesNotSeeEnable() {
        X2ApicApi api = api(UapiRevision.MERGED);
        assertThat(KVM_X2APIC_ENABLE_SUPPRESS_EOI_BROADCAST.isIn(api.checkExtension(Scope.VM, IrqchipMode.NONE)))
                .isFalse();
        assertThat(KVM_X2APIC_ENABLE_SUPPRESS_EOI_BROADCAST.isIn(api.checkExtension(Scope.VM, IrqchipMode.SPLIT)))
                .isTrue();
        assertThat(KVM_X2APIC_DISABLE_SUPPRESS_EOI_BROADCAST.isIn(api.checkExtension(Scope.VM, IrqchipMode.NONE)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "KVM_X2APIC_API_USE_32BIT_IDS, 0x1",
        "KVM_X2APIC_API_DISABLE_BROADCAST_QUIRK, 0x2",
        "KVM_X2APIC_ENABLE_SUPPRESS_EOI_BROADCAST, 0x4",
        "KVM_X2APIC_DISABLE_SUPPRESS_EOI_BROADCAST, 0x8"
    })
    void theFlagsHaveTheKernelsNamesAndValues(String name, String value) {
        assertThat(X2ApicApiFlag.valueOf(name).mask()).isEqualTo(Long.decode(value));
        assertThat(X2ApicApiFlag.valueOf(name).isIn(Long.decode(value))).isTrue();
        assertThat(X2ApicApiFlag.valueOf(name).isIn(~Long.decode(value))).isFalse();
    }

    @Test
    void allFlagsTogetherAre0xF() {
        assertThat(X2ApicApiFlag.all()).isEqualTo(0xF);
    }

    private static X2ApicApi api(UapiRevision revision) {
        return new X2ApicApi(new StateStore(), revision);
    }
}
