// SPDX-License-Identifier: Apache-2.0
package irqstorm.kvm;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The generations of the flags that control Suppress EOI Broadcast. Bits and meanings are the same throughout; names and checks
 * changed.
 */
public enum UapiRevision {
    /** A kernel before any of the patches: it knows neither flag. */
    BEFORE(null, null),
    /** The patch of 25 November 2025: other names, no check of the combination nor of the irqchip mode. */
    V3("KVM_X2APIC_API_DISABLE_IGNORE_SUPPRESS_EOI_BROADCAST_QUIRK", "KVM_X2APIC_API_DISABLE_SUPPRESS_EOI_BROADCAST"),
    /** The patch of 11 December 2025: final names; both bits exclude each other and both need split irqchip. */
    V4(null, null),
    /** Kernel commit 6517dfbcc918: both bits exclude each other, ENABLE needs split irqchip, DISABLE does not. */
    MERGED(null, null);

    private final @Nullable String ownEnable;
    private final @Nullable String ownDisable;

    UapiRevision(@Nullable String ownEnable, @Nullable String ownDisable) {
        this.ownEnable = ownEnable;
        this.ownDisable = ownDisable;
    }

    /** The flags that KVM_CAP_X2APIC_API takes. */
    public long knownFlags() {
        return this == BEFORE
                ? X2ApicApiFlag.KVM_X2APIC_API_USE_32BIT_IDS.mask()
                        | X2ApicApiFlag.KVM_X2APIC_API_DISABLE_BROADCAST_QUIRK.mask()
                : X2ApicApiFlag.all();
    }

    /** The word used in scenario files and reports. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The names of flags that only this revision has. */
    public List<String> ownNames() {
        return Stream.of(ownEnable, ownDisable).filter(Objects::nonNull).toList();
    }

    /** The flag called {@code name}: a merged name in every revision, an older name in its own revision only. */
    public Optional<X2ApicApiFlag> flag(String name) {
        if (name.equals(ownEnable)) {
            return Optional.of(X2ApicApiFlag.KVM_X2APIC_ENABLE_SUPPRESS_EOI_BROADCAST);
        }
        if (name.equals(ownDisable)) {
            return Optional.of(X2ApicApiFlag.KVM_X2APIC_DISABLE_SUPPRESS_EOI_BROADCAST);
        }
        return Arrays.stream(X2ApicApiFlag.values())
                .filter(flag -> flag.name().equals(name))
                .findFirst();
    }
}
