// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

import irqstorm.state.StateStore;

/**
 * IA32_APIC_BASE of one processor: where the xAPIC page is, and the local APIC's mode (SDM volume 3, sections 12.4.4 and 12.12.5;
 * kernel {@code kvm_apic_set_base}).
 *
 * <p>Disabling the local APIC keeps its registers, as in KVM; the SDM lets a re-enabled one start from its reset state.
 */
public final class ApicBase {
    /** The MSR's number. */
    public static final int MSR = 0x1B;
    /** Bit 8: this is the bootstrap processor. */
    public static final long BSP = 1L << 8;
    /** Bit 10: x2APIC mode. */
    public static final long EXTD = 1L << 10;
    /** Bit 11: globally enabled. */
    public static final long EN = 1L << 11;
    /** Where the page is after reset. */
    public static final long DEFAULT_ADDRESS = 0xFEE0_0000L;

    private static final long LOW_RESERVED = 0x2FF;
    private static final long PAGE = 0xFFF;

    private final LocalApic apic;
    private final boolean hasX2Apic;
    private final long reserved;
    private final StateStore store;
    private final int word;

    /**
     * The register after reset, for an APIC in xAPIC mode.
     *
     * @param bootstrap whether this is the bootstrap processor
     * @param hasX2Apic whether CPUID has x2APIC
     * @param physicalAddressBits MAXPHYADDR, 32 to 52
     */
    public ApicBase(StateStore store, LocalApic apic, boolean bootstrap, boolean hasX2Apic, int physicalAddressBits) {
        this.apic = apic;
        this.hasX2Apic = hasX2Apic;
        this.reserved = LOW_RESERVED | -1L << physicalAddressBits;
        this.store = store;
        this.word = store.reserve(1);
        store.set(word, DEFAULT_ADDRESS | EN | (bootstrap ? BSP : 0));
    }

    /** What RDMSR reads. */
    public long read() {
        return store.get(word);
    }

    /** The address of the xAPIC page. */
    public long address() {
        return store.get(word) & ~PAGE;
    }

    /** WRMSR; whether it was carried out, and did not fault. */
    public boolean write(long value) {
        ApicMode mode = modeOf(value);
        if ((value & reserved) != 0
                || mode == null
                || mode == ApicMode.X2APIC && !hasX2Apic
                || !isAllowed(apic.mode(), mode)) {
            return false;
        }
        store.set(word, value);
        if (mode != apic.mode()) {
            apic.setMode(mode);
        }
        return true;
    }

    private static @org.jspecify.annotations.Nullable ApicMode modeOf(long value) {
        boolean extended = (value & EXTD) != 0;
        if ((value & EN) == 0) {
            return extended ? null : ApicMode.DISABLED;
        }
        return extended ? ApicMode.X2APIC : ApicMode.XAPIC;
    }

    private static boolean isAllowed(ApicMode from, ApicMode to) {
        return !(from == ApicMode.X2APIC && to == ApicMode.XAPIC || from == ApicMode.DISABLED && to == ApicMode.X2APIC);
    }
}
