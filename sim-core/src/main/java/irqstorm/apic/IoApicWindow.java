// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

import irqstorm.state.StateStore;

/**
 * The register interface of an I/O APIC: IOREGSEL and IOWIN, the indirect registers behind them, and the EOI register at offset 0x40
 * where there is one (82093AA datasheet, section 3).
 */
public final class IoApicWindow {
    /** Where PCs map it. */
    public static final long BASE_ADDRESS = 0xFEC0_0000L;
    /** Offset of the register select. */
    public static final int IOREGSEL = 0x00;
    /** Offset of the data window. */
    public static final int IOWIN = 0x10;
    /** Offset of the EOI register of version 0x20. */
    public static final int EOI_REGISTER = 0x40;

    /** Indirect register: ID, bits 27:24. */
    public static final int ID = 0x00;
    /** Indirect register: version in bits 7:0, number of entries less one in bits 23:16. */
    public static final int VERSION = 0x01;
    /** Indirect register: arbitration ID, bits 27:24; follows the ID. */
    public static final int ARBITRATION = 0x02;
    /** Indirect register: low half of redirection entry 0. */
    public static final int FIRST_ENTRY = 0x10;

    private static final long ID_MASK = 0x0F00_0000L;
    private static final int SELECT = 0;
    private static final int ID_WORD = 1;
    private static final int WORDS = 2;

    private final IoApic ioApic;
    private final StateStore store;
    private final int base;

    /** What a write to the register page did. */
    public enum Access {
        /** The register took it. */
        DONE,
        /** Nothing is there, or it is read-only. */
        IGNORED
    }

    /** The registers of {@code ioApic}. */
    public IoApicWindow(StateStore store, IoApic ioApic) {
        this.ioApic = ioApic;
        this.store = store;
        this.base = store.reserve(WORDS);
    }

    /** Reads the 32-bit register at {@code offset} of the page; what does not exist reads 0. */
    public long read(int offset) {
        return switch (offset) {
            case IOREGSEL -> store.get(base + SELECT);
            case IOWIN -> readRegister((int) store.get(base + SELECT));
            default -> 0;
        };
    }

    /** Writes {@code size} bytes at {@code offset} of the page. */
    public Access write(int offset, int size, long value) {
        return switch (offset) {
            case IOREGSEL -> {
                store.set(base + SELECT, value & 0xFF);
                yield Access.DONE;
            }
            case IOWIN -> writeRegister((int) store.get(base + SELECT), value);
            case EOI_REGISTER -> {
                if (!ioApic.takesDirectedEoi(size)) {
                    yield Access.IGNORED;
                }
                ioApic.directedEoi((int) value & 0xFF);
                yield Access.DONE;
            }
            default -> Access.IGNORED;
        };
    }

    /** Reads the indirect register {@code index}; what does not exist reads 0. */
    public long readRegister(int index) {
        int half = index - FIRST_ENTRY;
        if (half >= 0 && half < 2 * ioApic.profile().pins()) {
            long entry = ioApic.entry(half >>> 1);
            return (half & 1) == 0 ? entry & 0xFFFF_FFFFL : entry >>> 32;
        }
        return switch (index) {
            case ID, ARBITRATION -> store.get(base + ID_WORD);
            case VERSION ->
                (long) (ioApic.profile().pins() - 1) << 16 | ioApic.profile().version();
            default -> 0;
        };
    }

    private Access writeRegister(int index, long value) {
        int half = index - FIRST_ENTRY;
        if (half >= 0 && half < 2 * ioApic.profile().pins()) {
            ioApic.writeEntry(half >>> 1, (half & 1) != 0, value & 0xFFFF_FFFFL);
            return Access.DONE;
        }
        if (index == ID) {
            store.set(base + ID_WORD, value & ID_MASK);
            return Access.DONE;
        }
        return Access.IGNORED;
    }

    /** Writes a whole redirection entry the way software does: the high half, then the low half. */
    public void writeEntry(int pin, long entry) {
        write(IOREGSEL, Integer.BYTES, FIRST_ENTRY + 2L * pin + 1);
        write(IOWIN, Integer.BYTES, entry >>> 32);
        write(IOREGSEL, Integer.BYTES, FIRST_ENTRY + 2L * pin);
        write(IOWIN, Integer.BYTES, entry & 0xFFFF_FFFFL);
    }
}
