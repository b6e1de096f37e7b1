// SPDX-License-Identifier: Apache-2.0
package irqstorm.cpu;

import irqstorm.state.StateStore;

/** What keeps a context from taking an event now: RFLAGS.IF, the shadows of STI and MOV SS, and an NMI handler that has not ended. */
public final class Interruptibility {
    private static final long IF = 1;
    private static final long STI_SHADOW = 1 << 1;
    private static final long MOV_SS_SHADOW = 1 << 2;
    private static final long NMI_BLOCKED = 1 << 3;
    /** A shadow covers the instruction after the one that cast it. */
    private static final int NEXT_SHIFT = 4;

    private static final long SHADOWS = STI_SHADOW | MOV_SS_SHADOW;
    private static final long NEXT_SHADOWS = SHADOWS << NEXT_SHIFT;

    private final StateStore store;
    private final int word;

    /** Interrupts off, nothing else blocked. */
    public Interruptibility(StateStore store) {
        this.store = store;
        this.word = store.reserve(1);
    }

    /** RFLAGS.IF. */
    public boolean interruptFlag() {
        return is(IF);
    }

    /** Sets RFLAGS.IF without a shadow, as IRET and POPF do. */
    public void setInterruptFlag(boolean on) {
        put(IF, on);
    }

    /** STI: sets RFLAGS.IF and, if it was clear, casts a shadow over the next instruction. */
    public void sti() {
        if (!interruptFlag()) {
            put(STI_SHADOW << NEXT_SHIFT, true);
        }
        put(IF, true);
    }

    /** A load of SS casts a shadow over the next instruction. */
    public void movSs() {
        put(MOV_SS_SHADOW << NEXT_SHIFT, true);
    }

    /** An instruction has been executed: the shadow over it is gone, and the one that it cast begins. */
    public void instructionRetired() {
        long state = store.get(word);
        store.set(word, state & ~(SHADOWS | NEXT_SHADOWS) | (state & NEXT_SHADOWS) >>> NEXT_SHIFT);
    }

    /** Puts the STI shadow over the next instruction, as a VM entry can. */
    public void setStiShadow(boolean on) {
        put(STI_SHADOW, on);
    }

    /** Puts the MOV SS shadow over the next instruction, as a VM entry can. */
    public void setMovSsShadow(boolean on) {
        put(MOV_SS_SHADOW, on);
    }

    /** Ends any shadow, as the delivery of an event does. */
    public void clearShadows() {
        put(SHADOWS | NEXT_SHADOWS, false);
    }

    /** Whether the next instruction is under a shadow. */
    public boolean inShadow() {
        return is(SHADOWS);
    }

    /** Whether NMIs are blocked, by an NMI that was taken and whose handler has not executed IRET. */
    public boolean nmiBlocked() {
        return is(NMI_BLOCKED);
    }

    /** Blocks or unblocks NMIs. */
    public void setNmiBlocked(boolean blocked) {
        put(NMI_BLOCKED, blocked);
    }

    /** Whether an interrupt can be taken. */
    public boolean allowsInterrupt() {
        return interruptFlag() && !inShadow();
    }

    /** Whether an NMI can be taken. Whether STI blocks NMIs is up to the processor; a VMX injection after STI is not possible. */
    public boolean allowsNmi() {
        return !nmiBlocked() && !inShadow();
    }

    private boolean is(long bits) {
        return (store.get(word) & bits) != 0;
    }

    private void put(long bits, boolean on) {
        store.set(word, on ? store.get(word) | bits : store.get(word) & ~bits);
    }
}
