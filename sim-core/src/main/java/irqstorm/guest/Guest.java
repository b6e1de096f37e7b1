// SPDX-License-Identifier: Apache-2.0
package irqstorm.guest;

import java.util.EnumMap;
import java.util.Map;

/**
 * A guest as data: what it does in each situation. Every vCPU runs the same guest.
 *
 * @param nested the guest hypervisor's settings, or {@link Nested#NONE} for a guest that is not nested
 * @param start how it came to be running
 * @param programs what it does when; a role without a program does nothing
 */
public record Guest(Nested nested, GuestStart start, Map<ProgramRole, GuestProgram> programs) {
    /**
     * How L1 runs L2 (SDM volume 3, sections 25.6 and 25.7).
     *
     * @param present whether there is an L2 at all
     * @param externalInterruptExiting pin-based control bit 0: interrupts for L1 make L2 exit
     * @param acknowledgeOnExit VM-exit control bit 15: such an exit takes the interrupt from L1's local APIC
     * @param interceptsEoi whether L1 emulates L2's local APIC; otherwise L2's EOI reaches L1's
     */
    public record Nested(
            boolean present, boolean externalInterruptExiting, boolean acknowledgeOnExit, boolean interceptsEoi) {
        /** There is no L2. */
        public static final Nested NONE = new Nested(false, false, false, false);

        /** As Hyper-V runs its root partition: exits on interrupts, acknowledges on exit, emulates L2's local APIC. */
        public static final Nested HYPERV = new Nested(true, true, true, true);
    }

    /** Keeps its own copy of the programs. */
    public Guest {
        programs = Map.copyOf(programs);
    }

    /** The program of {@code role}; empty where the guest has none. */
    public GuestProgram program(ProgramRole role) {
        return programs.getOrDefault(role, GuestProgram.EMPTY);
    }

    /** The programs in the order of their roles. */
    public Map<ProgramRole, GuestProgram> inOrder() {
        Map<ProgramRole, GuestProgram> ordered = new EnumMap<>(ProgramRole.class);
        ordered.putAll(programs);
        return ordered;
    }
}
