// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

import irqstorm.state.StateStore;
import java.util.OptionalLong;

/**
 * One local APIC: registers, acceptance, priority and the end of an interrupt (SDM volume 3, chapter 12; kernel {@code
 * arch/x86/kvm/lapic.c}).
 *
 * <p>It does not know who is behind it. Writes whose effect leaves the chip (EOI, ICR) are reported by {@link RegisterWrite}; the
 * owner carries them out. The timer is {@link LapicTimer}, behind {@link LapicAccess}; the local interrupt pins are not modelled: their
 * registers keep what is written.
 */
public final class LocalApic {
    /** SPIV bit 8: the APIC is software-enabled. */
    public static final int SPIV_ENABLED = 1 << 8;
    /** SPIV bit 12: suppress EOI broadcasts. Sticks only while LVR bit 24 is set. */
    public static final int SPIV_SUPPRESS_EOI_BROADCAST = 1 << 12;
    /** LVR bit 24: suppressing EOI broadcasts is supported. */
    public static final int LVR_SUPPRESS_EOI_BROADCAST = 1 << 24;
    /** ESR bit 5: a message with an illegal vector was sent. */
    public static final int ESR_SEND_ILLEGAL_VECTOR = 1 << 5;
    /** ESR bit 6: a message with an illegal vector was received. */
    public static final int ESR_RECEIVED_ILLEGAL_VECTOR = 1 << 6;
    /** The lowest vector that a local APIC may deliver (SDM volume 3, section 12.5.2). */
    public static final int FIRST_LEGAL_VECTOR = 16;

    private static final int SPIV_WRITABLE = 0x3FF;
    private static final int SPIV_RESET = 0xFF;
    private static final int LVT_ENTRIES = 6;
    private static final int LVT_MASKED = 1 << 16;
    private static final long LVT_TIMER_WRITABLE = 0x7_00FFL;
    private static final long TIMER_DIVIDE_WRITABLE = 0xB;
    private static final long ICR2_DESTINATION = 0xFF00_0000L;
    private static final int DFR_RESET = 0xFFFF_FFFF;
    private static final int DFR_RESERVED = 0x0FFF_FFFF;
    private static final long WORD = 0xFFFF_FFFFL;

    private static final LapicRegister[] REGISTERS = LapicRegister.values();
    private static final int MODE = REGISTERS.length;
    private static final int ERRORS = MODE + 1;
    private static final int WORDS = ERRORS + 1;

    private final LapicTraits traits;
    private final int initialId;
    private final StateStore store;
    private final int base;
    private final VectorSet requested;
    private final VectorSet inService;
    private final VectorSet triggerModes;

    /** An APIC with the given ID in its reset state, in xAPIC mode, that does not support suppressing EOI broadcasts. */
    public LocalApic(StateStore store, LapicTraits traits, int id) {
        this.traits = traits;
        this.initialId = id;
        this.store = store;
        this.base = store.reserve(WORDS);
        this.requested = new VectorSet(store);
        this.inService = new VectorSet(store);
        this.triggerModes = new VectorSet(store);
        store.set(base + MODE, ApicMode.XAPIC.ordinal());
        set(LapicRegister.ID, (long) id << 24);
        reset(false);
    }

    /**
     * Puts every register but the ID into its reset state and computes LVR anew.
     *
     * @param supportsSuppression LVR bit 24 from now on
     */
    public void reset(boolean supportsSuppression) {
        for (LapicRegister register : REGISTERS) {
            if (register != LapicRegister.ID) {
                set(register, register.isLocalVector() ? LVT_MASKED : 0);
            }
        }
        set(LapicRegister.SPIV, SPIV_RESET);
        set(LapicRegister.DFR, DFR_RESET);
        store.set(base + ERRORS, 0);
        requested.clear();
        inService.clear();
        triggerModes.clear();
        refreshVersion(supportsSuppression);
        refreshLogicalId();
    }

    /** Computes LVR anew, with {@code supportsSuppression} as bit 24; SPIV is left as it is. */
    public void refreshVersion(boolean supportsSuppression) {
        set(
                LapicRegister.LVR,
                traits.version() | (LVT_ENTRIES - 1) << 16 | (supportsSuppression ? LVR_SUPPRESS_EOI_BROADCAST : 0));
    }

    /** {@link #restore} of SPIV. */
    public void restoreSpiv(int spiv) {
        restore(LapicRegister.SPIV, spiv);
    }

    /** Puts a register to a saved value without any check, as KVM_SET_LAPIC does (kernel {@code kvm_apic_set_state}). */
    public void restore(LapicRegister register, long value) {
        set(register, value);
    }

    /**
     * Switches between xAPIC, x2APIC and disabled. The ID that software may have written in xAPIC mode is lost when x2APIC mode is
     * entered and when a disabled APIC is enabled (kernel {@code __kvm_apic_set_base}); x2APIC mode derives LDR from the ID.
     */
    public void setMode(ApicMode mode) {
        int id = mode == ApicMode.X2APIC || mode() == ApicMode.DISABLED ? initialId : id();
        store.set(base + MODE, mode.ordinal());
        set(LapicRegister.ID, mode == ApicMode.X2APIC ? id : (long) id << 24);
        refreshLogicalId();
    }

    /** How the APIC is accessed. */
    public ApicMode mode() {
        return switch ((int) store.get(base + MODE)) {
            case 0 -> ApicMode.DISABLED;
            case 1 -> ApicMode.XAPIC;
            default -> ApicMode.X2APIC;
        };
    }

    /** The APIC ID. */
    public int id() {
        long id = get(LapicRegister.ID);
        return (int) (mode() == ApicMode.X2APIC ? id : id >>> 24);
    }

    /** Whether the APIC takes interrupts: neither globally nor software disabled. */
    public boolean isEnabled() {
        return store.get(base + MODE) != ApicMode.DISABLED.ordinal() && (spiv() & SPIV_ENABLED) != 0;
    }

    /** The spurious-interrupt vector register. */
    public int spiv() {
        return (int) get(LapicRegister.SPIV);
    }

    /** The version register. */
    public int lvr() {
        return (int) get(LapicRegister.LVR);
    }

    /** Whether SPIV bit 12 is set; whether it is honoured is not this chip's business under KVM. */
    public boolean suppressBit() {
        return (spiv() & SPIV_SUPPRESS_EOI_BROADCAST) != 0;
    }

    /**
     * Takes a Fixed or Lowest Priority message into IRR and notes its trigger mode in TMR (SDM volume 3, section 12.8.4; kernel
     * {@code __apic_accept_irq}). A vector that is in IRR already is accepted again, without effect.
     *
     * @return whether it was accepted; a disabled APIC accepts nothing
     */
    public boolean accept(int vector, TriggerMode trigger) {
        if (!isEnabled()) {
            return false;
        }
        if (vector < FIRST_LEGAL_VECTOR) {
            noteError(ESR_RECEIVED_ILLEGAL_VECTOR);
            if (traits.refusesIllegalVectors()) {
                return false;
            }
        }
        if (traits.refusesRepeatedVectors() && requested.contains(vector)) {
            return false;
        }
        requested.add(vector);
        triggerModes.put(vector, trigger == TriggerMode.LEVEL);
        return true;
    }

    /** Notes that this APIC sent a message with an illegal vector. */
    public void noteIllegalSend() {
        noteError(ESR_SEND_ILLEGAL_VECTOR);
    }

    /** An error that is new requests the interrupt of the LVT error entry, unless that is masked (SDM, section 12.5.3). */
    private void noteError(int bit) {
        if (!traits.recordsErrors() || (store.get(base + ERRORS) & bit) != 0) {
            return;
        }
        store.set(base + ERRORS, store.get(base + ERRORS) | bit);
        int entry = (int) get(LapicRegister.LVT_ERROR);
        if ((entry & LVT_MASKED) == 0 && (entry & 0xFF) >= FIRST_LEGAL_VECTOR) {
            accept(entry & 0xFF, TriggerMode.EDGE);
        }
    }

    /** The processor priority: the higher of TPR and the class of the highest vector in service (SDM, section 12.8.3.1). */
    public int processorPriority() {
        int task = (int) get(LapicRegister.TPR);
        int serviced = Math.max(inService.highest(), 0);
        return (task & 0xF0) >= (serviced & 0xF0) ? task : serviced & 0xF0;
    }

    /** The vector that would be dispatched if the processor took an interrupt now, or {@link VectorSet#NONE}. */
    public int deliverable() {
        int vector = requested.highest();
        return vector != VectorSet.NONE && isEnabled() && (vector & 0xF0) > processorPriority()
                ? vector
                : VectorSet.NONE;
    }

    /** Moves {@code vector}, which is in IRR, into ISR: the processor takes it. */
    public void acknowledge(int vector) {
        requested.remove(vector);
        inService.add(vector);
    }

    /** Takes {@code vector} out of IRR without putting it into service. */
    public void withdraw(int vector) {
        requested.remove(vector);
    }

    /** Ends the highest-priority interrupt in service and returns its vector, or {@link VectorSet#NONE} if there was none. */
    public int endOfInterrupt() {
        int vector = inService.highest();
        if (vector != VectorSet.NONE) {
            inService.remove(vector);
        }
        return vector;
    }

    /** The vectors in IRR. */
    public VectorSet requested() {
        return requested;
    }

    /** The vectors in ISR. */
    public VectorSet inService() {
        return inService;
    }

    /** The vectors whose last acceptance was level-triggered (TMR). */
    public VectorSet triggerModes() {
        return triggerModes;
    }

    /** CR8 as it reads: TPR bits 7:4. */
    public int cr8() {
        return (int) get(LapicRegister.TPR) >>> 4;
    }

    /** Writes CR8, 0 to 15: TPR bits 7:4 take it and bits 3:0 become 0. */
    public void writeCr8(int value) {
        set(LapicRegister.TPR, (value & 0xF) << 4);
    }

    /** The 64 bits of the interrupt command register. */
    public long command() {
        return get(LapicRegister.ICR) | get(LapicRegister.ICR2) << 32;
    }

    /** The vector of the self IPI that was written last. */
    public int selfIpiVector() {
        return (int) get(LapicRegister.SELF_IPI);
    }

    /** Reads the 32-bit register at {@code offset} of the xAPIC page; what does not exist reads 0. */
    public long read(int offset) {
        LapicRegister register = LapicRegister.at(offset);
        return register == null || register == LapicRegister.SELF_IPI ? 0 : value(register, offset);
    }

    /** Writes the 32-bit register at {@code offset} of the xAPIC page. */
    public RegisterWrite write(int offset, long value) {
        LapicRegister register = LapicRegister.at(offset);
        if (register == null || register == LapicRegister.SELF_IPI) {
            return RegisterWrite.IGNORED;
        }
        return store(register, value & WORD);
    }

    /** Reads MSR {@code msr} in x2APIC mode; empty where the read faults. */
    public OptionalLong readMsr(int msr) {
        return X2ApicMsrs.read(this, msr);
    }

    /** Writes MSR {@code msr} in x2APIC mode. */
    public RegisterWrite writeMsr(int msr, long value) {
        return X2ApicMsrs.write(this, traits.checksEoiValue(), msr, value);
    }

    /** Writes a register by either way of access, of which the checks are done. */
    RegisterWrite store(LapicRegister register, long value) {
        switch (register) {
            case LVR, PPR, ISR, TMR, IRR, TIMER_CURRENT -> {
                return RegisterWrite.IGNORED;
            }
            case EOI -> {
                return RegisterWrite.END_OF_INTERRUPT;
            }
            case ICR -> {
                set(register, value & ~InterruptCommand.BUSY);
                return RegisterWrite.COMMAND;
            }
            case SELF_IPI -> {
                set(register, value);
                return RegisterWrite.SELF_IPI;
            }
            case ICR2 -> set(register, traits.keepsWholeIcr2() ? value : value & ICR2_DESTINATION);
            case LVT_TIMER -> set(register, maskedUnlessEnabled(value & LVT_TIMER_WRITABLE));
            case TIMER_DIVIDE -> set(register, value & TIMER_DIVIDE_WRITABLE);
            case SPIV -> writeSpiv((int) value);
            case ESR -> {
                set(register, store.get(base + ERRORS));
                store.set(base + ERRORS, 0);
            }
            case TPR -> set(register, value & 0xFF);
            case ID, LDR -> set(register, value & 0xFF00_0000L);
            case DFR -> set(register, value | DFR_RESERVED);
            default -> set(register, register.isLocalVector() ? maskedUnlessEnabled(value) : value);
        }
        return RegisterWrite.DONE;
    }

    private long maskedUnlessEnabled(long localVector) {
        return softwareEnabled() ? localVector : localVector | LVT_MASKED;
    }

    private boolean softwareEnabled() {
        return (spiv() & SPIV_ENABLED) != 0;
    }

    /** Bit 12 is reserved, and dropped without a fault, while LVR bit 24 is clear (kernel {@code kvm_lapic_reg_write}). */
    private void writeSpiv(int value) {
        boolean hasSuppressBit = traits.storesSuppressBit() || (lvr() & LVR_SUPPRESS_EOI_BROADCAST) != 0;
        int writable = SPIV_WRITABLE | (hasSuppressBit ? SPIV_SUPPRESS_EOI_BROADCAST : 0);
        set(LapicRegister.SPIV, value & writable);
        if (!softwareEnabled()) {
            for (LapicRegister register : REGISTERS) {
                if (register.isLocalVector()) {
                    set(register, get(register) | LVT_MASKED);
                }
            }
        }
    }

    private long value(LapicRegister register, int offset) {
        int index = (offset - register.offset()) >>> 4;
        return switch (register) {
            case PPR -> processorPriority();
            case ISR -> inService.register(index);
            case TMR -> triggerModes.register(index);
            case IRR -> requested.register(index);
            case EOI -> 0;
            default -> get(register);
        };
    }

    /** In x2APIC mode LDR is derived from the ID: cluster in bits 31:16, one bit of sixteen below (SDM, section 12.12.10.2). */
    private void refreshLogicalId() {
        if (mode() == ApicMode.X2APIC) {
            int id = id();
            set(LapicRegister.LDR, (long) (id >>> 4) << 16 | 1L << (id & 0xF));
        }
    }

    /**
     * Whether {@code destination} of a message from outside means this APIC, physically or logically. 0xFF means everybody in x2APIC
     * mode too: an I/O APIC has eight bits only (kernel {@code kvm_apic_mda}, unless KVM_X2APIC_API_DISABLE_BROADCAST_QUIRK is set).
     */
    public boolean isDestination(int destination, boolean logical) {
        return destination == Destinations.BROADCAST_XAPIC || isDestinationOfCommand(destination, logical);
    }

    /** Whether {@code destination} of another local APIC's command means this APIC: 0xFF is an ID like any other in x2APIC mode. */
    boolean isDestinationOfCommand(int destination, boolean logical) {
        if (mode() == ApicMode.X2APIC) {
            return Destinations.matchX2Apic(destination, logical, id(), (int) get(LapicRegister.LDR));
        }
        if (!logical) {
            return Destinations.matchXApic(destination, id());
        }
        return Destinations.matchXApicLogical(destination, (int) get(LapicRegister.LDR), (int) get(LapicRegister.DFR));
    }

    private long get(LapicRegister register) {
        return store.get(base + register.ordinal());
    }

    private void set(LapicRegister register, long value) {
        store.set(base + register.ordinal(), value & WORD);
    }
}
