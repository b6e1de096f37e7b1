// SPDX-License-Identifier: Apache-2.0
package irqstorm.advise;

import irqstorm.kvm.X2ApicApiFlag;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a VMM can ask KVM_CAP_X2APIC_API to do about Suppress EOI Broadcast. */
public enum SuppressFlag {
    /** Neither flag: KVM's quirk stays. */
    NONE(null),
    /** Advertise it and honour SPIV bit 12. */
    ENABLE(X2ApicApiFlag.KVM_X2APIC_ENABLE_SUPPRESS_EOI_BROADCAST),
    /** Neither advertise nor honour it. */
    DISABLE(X2ApicApiFlag.KVM_X2APIC_DISABLE_SUPPRESS_EOI_BROADCAST);

    private static final long ALL =
            Arrays.stream(values()).mapToLong(SuppressFlag::mask).reduce(0, (a, b) -> a | b);

    private final @Nullable X2ApicApiFlag flag;

    SuppressFlag(@Nullable X2ApicApiFlag flag) {
        this.flag = flag;
    }

    /** The kernel's name of the flag, or {@code none}. */
    public String label() {
        return flag == null ? "none" : flag.name();
    }

    /** {@code none}, {@code ENABLE} or {@code DISABLE}. */
    public String shortLabel() {
        return flag == null ? label() : name();
    }

    /** The flag that is called {@code text}, in short or as the kernel does. */
    public static Optional<SuppressFlag> find(String text) {
        return Arrays.stream(values())
                .filter(flag -> flag.label().equals(text) || flag.shortLabel().equals(text))
                .findFirst();
    }

    /** The flag's value in args[0]. */
    private long mask() {
        return flag == null ? 0 : flag.mask();
    }

    /** {@code args0} with this flag and neither of the others. */
    long in(long args0) {
        return args0 & ~ALL | mask();
    }

    /** Which of them {@code args0} has. */
    static SuppressFlag of(long args0) {
        return Arrays.stream(values())
                .filter(flag -> flag.in(args0) == args0)
                .findFirst()
                .orElse(NONE);
    }
}
