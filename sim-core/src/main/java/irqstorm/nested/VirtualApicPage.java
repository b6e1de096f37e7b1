// SPDX-License-Identifier: Apache-2.0
package irqstorm.nested;

import irqstorm.apic.LapicRegister;
import irqstorm.apic.VectorSet;
import irqstorm.state.StateStore;

/** L2's registers in memory, laid out as the xAPIC page is (SDM volume 3, section 30.1.1). */
public final class VirtualApicPage {
    private static final int REGISTERS = 0x40;
    private static final long WORD = 0xFFFF_FFFFL;

    private final StateStore store;
    private final int base;
    private final VectorSet requested;
    private final VectorSet inService;

    /** A page of zeros. */
    public VirtualApicPage(StateStore store) {
        this.store = store;
        this.base = store.reserve(REGISTERS);
        this.requested = new VectorSet(store);
        this.inService = new VectorSet(store);
    }

    /** The 32 bits at {@code offset}, a multiple of 16 below 0x400. */
    public long read(int offset) {
        if (isIn(LapicRegister.IRR, offset)) {
            return requested.register(offset - LapicRegister.IRR.offset() >>> 4);
        }
        if (isIn(LapicRegister.ISR, offset)) {
            return inService.register(offset - LapicRegister.ISR.offset() >>> 4);
        }
        return store.get(base + (offset >>> 4));
    }

    /** Puts 32 bits at {@code offset}, a multiple of 16 below 0x400. */
    public void write(int offset, long value) {
        if (isIn(LapicRegister.IRR, offset)) {
            requested.setRegister(offset - LapicRegister.IRR.offset() >>> 4, value);
        } else if (isIn(LapicRegister.ISR, offset)) {
            inService.setRegister(offset - LapicRegister.ISR.offset() >>> 4, value);
        } else {
            store.set(base + (offset >>> 4), value & WORD);
        }
    }

    private static boolean isIn(LapicRegister first, int offset) {
        return offset >= first.offset() && offset < first.offset() + 0x80;
    }

    /** VIRR. */
    public VectorSet requested() {
        return requested;
    }

    /** VISR. */
    public VectorSet inService() {
        return inService;
    }

    /** VTPR, 0 to 255. */
    public int taskPriority() {
        return (int) read(LapicRegister.TPR.offset()) & 0xFF;
    }

    /** VPPR, 0 to 255. */
    public int processorPriority() {
        return (int) read(LapicRegister.PPR.offset()) & 0xFF;
    }
}
