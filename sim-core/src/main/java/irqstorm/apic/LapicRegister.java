// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

/**
 * The registers of the local APIC by xAPIC offset (SDM volume 3, table 12-1). In x2APIC mode the register at offset {@code o} is MSR
 * {@code 0x800 + (o >> 4)} (section 12.12.1.2).
 */
public enum LapicRegister {
    /** Local APIC ID. */
    ID(0x20),
    /** Version (LVR); bit 24 says that suppressing EOI broadcasts is supported. */
    LVR(0x30),
    /** Task priority. */
    TPR(0x80),
    /** Processor priority, read-only. */
    PPR(0xA0),
    /** End of interrupt, write-only. */
    EOI(0xB0),
    /** Logical destination. */
    LDR(0xD0),
    /** Destination format; does not exist in x2APIC mode. */
    DFR(0xE0),
    /** Spurious-interrupt vector (SPIV): bit 8 software enable, bit 12 suppress EOI broadcast. */
    SPIV(0xF0),
    /** In-service, eight registers. */
    ISR(0x100),
    /** Trigger mode, eight registers. */
    TMR(0x180),
    /** Interrupt request, eight registers. */
    IRR(0x200),
    /** Error status. */
    ESR(0x280),
    /** Local vector table: corrected machine check. */
    LVT_CMCI(0x2F0),
    /** Interrupt command, low half; all 64 bits in x2APIC mode. */
    ICR(0x300),
    /** Interrupt command, high half; does not exist in x2APIC mode. */
    ICR2(0x310),
    /** Local vector table: timer; bits 7:0 vector, 16 mask, 18:17 mode. */
    LVT_TIMER(0x320),
    /** Local vector table: thermal sensor. */
    LVT_THERMAL(0x330),
    /** Local vector table: performance counters. */
    LVT_PERFORMANCE(0x340),
    /** Local vector table: LINT0. */
    LVT_LINT0(0x350),
    /** Local vector table: LINT1. */
    LVT_LINT1(0x360),
    /** Local vector table: error. */
    LVT_ERROR(0x370),
    /** Timer initial count. */
    TIMER_INITIAL(0x380),
    /** Timer current count, which is {@link LapicTimer}'s. */
    TIMER_CURRENT(0x390),
    /** Timer divide configuration, bits 3, 1 and 0. */
    TIMER_DIVIDE(0x3E0),
    /** Self IPI; exists in x2APIC mode only. */
    SELF_IPI(0x3F0);

    /** The MSR of the register at offset 0. */
    public static final int FIRST_MSR = 0x800;

    private static final LapicRegister[] BY_SLOT = bySlot();

    private final int offset;

    LapicRegister(int offset) {
        this.offset = offset;
    }

    private static LapicRegister[] bySlot() {
        LapicRegister[] slots = new LapicRegister[0x40];
        for (LapicRegister register : values()) {
            int last = register == ISR || register == TMR || register == IRR ? 7 : 0;
            for (int i = 0; i <= last; i++) {
                slots[(register.offset >>> 4) + i] = register;
            }
        }
        return slots;
    }

    /** The offset in the xAPIC register page; of ISR, TMR and IRR that of the first of eight. */
    public int offset() {
        return offset;
    }

    /** The MSR in x2APIC mode; of ISR, TMR and IRR that of the first of eight. */
    public int msr() {
        return FIRST_MSR + (offset >>> 4);
    }

    /** Whether this is one of the local vector table's registers. */
    public boolean isLocalVector() {
        return this == LVT_CMCI || ordinal() >= LVT_TIMER.ordinal() && ordinal() <= LVT_ERROR.ordinal();
    }

    /** The offset in the xAPIC register page that {@code msr} stands for, or −1 for an MSR that is not the local APIC's. */
    static int offsetOf(int msr) {
        return msr >>> 8 == FIRST_MSR >>> 8 ? (msr & 0xFF) << 4 : -1;
    }

    /** The register whose words include {@code offset}, or null where there is none. */
    static @org.jspecify.annotations.Nullable LapicRegister at(int offset) {
        return offset < 0 || offset >= BY_SLOT.length << 4 || (offset & 0xF) != 0 ? null : BY_SLOT[offset >>> 4];
    }
}
