// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.apic.ApicMode;
import irqstorm.apic.IoApicWindow;
import irqstorm.apic.LapicRegister;
import irqstorm.apic.LocalApic;
import irqstorm.apic.RedirectionEntry;
import irqstorm.apic.TriggerMode;
import irqstorm.apic.VectorSet;
import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.guest.Condition;
import irqstorm.guest.Guest;
import irqstorm.guest.GuestContext;
import irqstorm.guest.GuestStep;
import irqstorm.guest.ProgramRole;
import irqstorm.random.DelayTable;
import irqstorm.trace.EventLog;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The guest's programs as this machine runs them: its steps, how long they take, and what it knows of pins, vectors and devices. */
final class GuestCode {
    static final long EOI_REGISTER_ADDRESS = IoApicWindow.BASE_ADDRESS + IoApicWindow.EOI_REGISTER;

    /** The operand of a SERVICE step that means every device wired to the vector. */
    static final int ALL_DEVICES = -1;

    private static final long LOW_HALF = 0xFFFF_FFFFL;
    private static final ProgramRole[] ROLES = ProgramRole.values();

    private final MachineConfig config;
    private final Board board;
    private final Devices devices;
    private final EventLog log;
    /** All programs, one after the other by role, with room for so many steps each. */
    private final @Nullable GuestStep[] steps;

    private final int room;

    /** For each vCPU, how long each of the steps takes. */
    private final @Nullable DelayStream[][] streams;

    private final int[][] devicesOfVector = new int[VectorSet.VECTORS][];
    private final int[] pinOfVector = new int[VectorSet.VECTORS];
    private final boolean[] levelVector = new boolean[VectorSet.VECTORS];

    GuestCode(MachineConfig config, Board board, Devices devices, EventLog log, Delays delays) {
        this.config = config;
        this.board = board;
        this.devices = devices;
        this.log = log;
        this.room = 1 + longest(config.guest());
        this.steps = new @Nullable GuestStep[ROLES.length * room];
        for (ProgramRole role : ROLES) {
            List<GuestStep> program = config.guest().program(role).steps();
            for (int i = 0; i < program.size(); i++) {
                steps[role.ordinal() * room + i] = program.get(i);
            }
        }
        this.streams = new @Nullable DelayStream[config.vcpus()][steps.length];
        for (int vcpu = 0; vcpu < config.vcpus(); vcpu++) {
            for (int place = 0; place < steps.length; place++) {
                streams[vcpu][place] = register(place, vcpu, delays);
            }
        }
        int[][] wired = devices.byVector(config.everyPin());
        for (int vector = 0; vector < VectorSet.VECTORS; vector++) {
            pinOfVector[vector] = -1;
            devicesOfVector[vector] = wired[vector];
        }
        for (Pin pin : config.everyPin()) {
            pinOfVector[pin.vector()] = pin.gsi();
            levelVector[pin.vector()] |= pin.trigger() == TriggerMode.LEVEL;
        }
    }

    private static int longest(Guest guest) {
        return Arrays.stream(ROLES)
                .mapToInt(role -> guest.program(role).steps().size())
                .max()
                .orElse(0);
    }

    private @Nullable DelayStream register(int place, int vcpu, Delays delays) {
        GuestStep step = steps[place];
        DelayTable duration = step == null ? null : step.duration();
        String role = ROLES[place / room].label();
        return duration == null
                ? null
                : delays.register("guest/" + role + "/" + place % room + "/vcpu" + vcpu, duration);
    }

    /** The place among all steps of the one that {@code context} is at. */
    int place(GuestContext context) {
        return context.roleNumber() * room + context.step();
    }

    /** The step at {@code place}, or null at the end of a program. */
    @Nullable
    GuestStep step(int place) {
        return steps[place];
    }

    /** How long the RUN step at {@code place} takes this time, nanoseconds. */
    long drawDuration(int vcpu, int place) {
        return Objects.requireNonNull(streams[vcpu][place]).draw();
    }

    /** The condition set that says whether {@code vector} is level-triggered. */
    int levelCondition(int vector) {
        return vector != VectorSet.NONE && levelVector[vector] ? Condition.LEVEL.mask() : 0;
    }

    /** The pin of {@code vector}, or −1. */
    int pinOf(int vector) {
        return vector == VectorSet.NONE ? -1 : pinOfVector[vector];
    }

    /** The device that a SERVICE step accesses after {@code done} accesses, or −1 when it is through. */
    int device(GuestStep step, int vector, int done) {
        if (step.operand() != ALL_DEVICES) {
            int device = (int) step.operand();
            return done < devices.accesses(device) ? device : -1;
        }
        int[] wired = vector == VectorSet.NONE ? new int[0] : devicesOfVector[vector];
        return done < wired.length ? wired[done] : -1;
    }

    /** The guest's access reaches the device. */
    void accessDevice(int device) {
        devices.access(device);
    }

    /** The guest writes the low half of the entry of {@code pin} as {@code rewrite} says. */
    void rewrite(int pin, Hazard.EntryRewrite rewrite) {
        long low = board.ioApic().entry(pin) & LOW_HALF;
        switch (rewrite) {
            case AS_READ -> {}
            case MASK_AND_BACK -> writeLow(pin, low | RedirectionEntry.MASKED);
            case EDGE_AND_BACK -> writeLow(pin, (low | RedirectionEntry.MASKED) & ~RedirectionEntry.LEVEL);
        }
        writeLow(pin, low);
    }

    /** The guest gives {@code pin} another vector. */
    void changeVector(int pin, int vector) {
        writeLow(pin, board.ioApic().entry(pin) & LOW_HALF & ~0xFFL | vector);
    }

    /** The guest's write of the low half of a redirection entry reaches the I/O APIC: only the mask bit changes. */
    void writeMask(int pin, boolean masked) {
        long low = board.ioApic().entry(pin) & LOW_HALF;
        writeLow(pin, masked ? low | RedirectionEntry.MASKED : low & ~RedirectionEntry.MASKED);
    }

    private void writeLow(int pin, long value) {
        board.window().write(IoApicWindow.IOREGSEL, Integer.BYTES, IoApicWindow.FIRST_ENTRY + 2L * pin);
        board.window().write(IoApicWindow.IOWIN, Integer.BYTES, value);
    }

    /** The guest programs the pins as configured. */
    void programPins() {
        for (Pin pin : config.pins()) {
            long entry = RedirectionEntry.of(
                    pin.vector(), pin.delivery(), pin.logical(), pin.trigger(), pin.masked(), pin.destination());
            board.window().writeEntry(pin.gsi(), pin.activeLow() ? entry | RedirectionEntry.ACTIVE_LOW : entry);
        }
    }

    /** Runs the boot program on {@code vcpu}; the result is what the guest believes afterwards, as a set of conditions. */
    int boot(int vcpu) {
        int beliefs = 0;
        for (GuestStep step : config.guest().program(ProgramRole.BOOT).steps()) {
            if (step.applies(beliefs)) {
                beliefs = registerStep(step, vcpu, beliefs);
            }
        }
        return beliefs;
    }

    /** A step that reads or writes a register of the local APIC; the result is what the guest believes after it. */
    int registerStep(GuestStep step, int vcpu, int beliefs) {
        LocalApic apic = board.apic(vcpu);
        switch (step.kind()) {
            case READ_LVR -> {
                long lvr = read(apic, LapicRegister.LVR);
                log.record(Actor.L1, EventKind.LVR_READ, vcpu, lvr, 0);
                return with(
                        beliefs, Condition.SUPPRESSION_ADVERTISED, (lvr & LocalApic.LVR_SUPPRESS_EOI_BROADCAST) != 0);
            }
            case WRITE_SPIV -> {
                write(apic, LapicRegister.SPIV, step.operand());
                log.record(Actor.L1, EventKind.SPIV_WRITTEN, vcpu, step.operand(), apic.spiv());
                return beliefs;
            }
            case READ_SPIV -> {
                long spiv = read(apic, LapicRegister.SPIV);
                return with(beliefs, Condition.DIRECTED_EOI, (spiv & LocalApic.SPIV_SUPPRESS_EOI_BROADCAST) != 0);
            }
            case WRITE_TPR -> {
                write(apic, LapicRegister.TPR, step.operand());
                return beliefs;
            }
            default ->
                throw new IllegalStateException(
                        "step " + step.kind().label() + " is no access to a register of the local APIC");
        }
    }

    private static int with(int beliefs, Condition condition, boolean holds) {
        return holds ? beliefs | condition.mask() : beliefs & ~condition.mask();
    }

    private static long read(LocalApic apic, LapicRegister register) {
        return apic.mode() == ApicMode.X2APIC ? apic.readMsr(register.msr()).orElse(0) : apic.read(register.offset());
    }

    private static void write(LocalApic apic, LapicRegister register, long value) {
        if (apic.mode() == ApicMode.X2APIC) {
            apic.writeMsr(register.msr(), value);
        } else {
            apic.write(register.offset(), value);
        }
    }
}
