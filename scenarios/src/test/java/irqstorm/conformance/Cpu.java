// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import irqstorm.apic.ApicBase;
import irqstorm.apic.DeliveryMode;
import irqstorm.apic.LapicAccess;
import irqstorm.apic.LapicTimer;
import irqstorm.apic.LocalApic;
import irqstorm.cpu.ActivityState;
import irqstorm.cpu.Processor;
import irqstorm.nested.NestedExit;
import irqstorm.nested.SvmControls;
import irqstorm.nested.SvmGuest;
import irqstorm.nested.VmxControl;
import irqstorm.nested.VmxControls;
import irqstorm.nested.VmxGuest;
import irqstorm.state.StateStore;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * One vCPU that executes operations: before each it asks the model for the event that comes first, and it runs handlers, exits and
 * entries as the model says.
 */
final class Cpu {
    private final Bench bench;
    private final int index;
    private final Processor processor;
    private final LapicTimer timer;
    private final ApicBase base;
    private final LapicAccess access;
    private final VmxGuest vmx;
    private final SvmGuest svm;
    private final boolean hasSvm;
    private final Context l1;
    private final Context l2;
    private VmxControls vmxControls = VmxControls.NONE;
    private SvmControls svmControls;
    private final CpuEvents events;
    private boolean inL2;
    private boolean l2HasRun;
    private boolean exitFoundL2Halted;
    private int haltsExecuted;
    private int haltExits;

    Cpu(Bench bench, StateStore store, int index, LocalApic apic, Setup setup, long busCycleNanos) {
        this.bench = bench;
        this.index = index;
        this.processor = new Processor(store, apic);
        this.timer = new LapicTimer(store, apic, busCycleNanos);
        boolean hasX2Apic = !setup.flags().contains("no_cpuid_x2apic");
        this.base = new ApicBase(store, apic, index == 0, hasX2Apic, Bench.PHYSICAL_ADDRESS_BITS);
        this.access = new LapicAccess(apic, timer, base);
        this.vmx = new VmxGuest(store);
        this.svm = new SvmGuest(store);
        this.hasSvm = setup.isSvm();
        this.l1 = new Context("L1", processor.interruptibility());
        this.l2 = new Context("L2", hasSvm ? svm.interruptibility() : vmx.interruptibility());
        this.svmControls = Nested.svm(Json.object());
        this.events = new CpuEvents(bench, this);
    }

    int index() {
        return index;
    }

    Processor processor() {
        return processor;
    }

    LocalApic apic() {
        return processor.apic();
    }

    LapicTimer timer() {
        return timer;
    }

    ApicBase base() {
        return base;
    }

    LapicAccess access() {
        return access;
    }

    VmxGuest vmx() {
        return vmx;
    }

    SvmGuest svm() {
        return svm;
    }

    boolean hasSvm() {
        return hasSvm;
    }

    VmxControls vmxControls() {
        return vmxControls;
    }

    void setControls(VmxControls controls) {
        vmxControls = controls;
    }

    SvmControls svmControls() {
        return svmControls;
    }

    void setControls(SvmControls controls) {
        svmControls = controls;
    }

    /** An SMI, NMI, INIT or start-up message reaches the processor. */
    void signal(DeliveryMode mode, int vector) {
        processor.pending().accept(mode, vector, current().interruptibility().nmiBlocked());
    }

    CpuEvents events() {
        return events;
    }

    /** Takes the event that comes before the next instruction; whether there was one. */
    boolean boundary() {
        return events.boundary();
    }

    Context l1() {
        return l1;
    }

    Context l2() {
        return l2;
    }

    boolean inL2() {
        return inL2;
    }

    Context current() {
        return inL2 ? l2 : l1;
    }

    /** Whether L2 has executed anything, or come to its end, since it was entered last. */
    boolean l2HasRun() {
        return l2HasRun;
    }

    void l2Ran() {
        l2HasRun = true;
    }

    ActivityState activity() {
        if (!inL2) {
            return processor.activity();
        }
        return hasSvm ? svm.activity() : vmx.activity();
    }

    void setActivity(ActivityState state) {
        if (!inL2) {
            processor.setActivity(state);
        } else if (hasSvm) {
            svm.setActivity(state);
        } else {
            vmx.setActivity(state);
        }
    }

    /** HLT: it exits, or halts. */
    void halt() {
        haltsExecuted++;
        boolean exits = inL2 && (hasSvm ? svmControls.interceptHlt() : vmxControls.has(VmxControl.HLT_EXITING));
        if (exits) {
            exit(hasSvm ? NestedExit.SVM_HLT : NestedExit.HLT, -1, 0);
        } else {
            haltExits++;
            setActivity(ActivityState.HALTED);
        }
    }

    int haltsExecuted() {
        return haltsExecuted;
    }

    /** How often HLT left guest mode for L0, which counts it and blocks the vCPU. */
    int haltExits() {
        return haltExits;
    }

    // --- one instruction
    // ------------------------------------------------------------------------------------------------

    /** What one attempt to execute came to. */
    enum Progress {
        DONE,
        BLOCKED,
        NOTHING
    }

    /** Executes the next operation of the running level, without looking for events. */
    Progress execute() {
        Context context = current();
        if (activity() != ActivityState.ACTIVE || context.isIdle()) {
            return Progress.NOTHING;
        }
        Frame frame = context.top();
        if (frame.isDone()) {
            return end(context, frame);
        }
        JsonNode operation = frame.current();
        Args arguments = new Args(operation, bench.scope());
        if (operation.path("op").asString("").equals("label")) {
            context.setLabel(arguments.text("name"));
            frame.next();
            return Progress.DONE;
        }
        frame.next();
        bench.scope().set("id", apic().id());
        bench.scope().set("smp_id", index);
        if (!Operations.execute(bench, this, context, arguments)) {
            frame.insert(List.of(operation));
            return Progress.BLOCKED;
        }
        arguments.requireAllUsed();
        bench.clock().instructionTakesTime();
        if (frame.kind() != Frame.Kind.STEP) {
            bench.programs().labelReached(operation);
        }
        context.instructionRetired();
        if (context == l2 && !inL2 && frame.kind().isHandler() && isHypercall(operation)) {
            // A hypercall in a handler tells L1 something, and L1 goes on with L2.
            enter();
        }
        if (context == l2) {
            l2HasRun = true;
        }
        return Progress.DONE;
    }

    private static boolean isHypercall(JsonNode operation) {
        String name = operation.path("op").asString("");
        return name.equals("vmcall") || name.equals("vmmcall");
    }

    private Progress end(Context context, Frame frame) {
        if (frame.kind() == Frame.Kind.LOOP) {
            frame.startOver();
            return Progress.DONE;
        }
        context.pop();
        if (frame.kind().isHandler()) {
            context.interruptibility().setInterruptFlag(frame.savedInterruptFlag());
            if (context == l2 && hasSvm) {
                svm.unblockNmis();
            } else {
                context.interruptibility().setNmiBlocked(false);
            }
            context.instructionRetired();
            bench.history().handlerEnded(index, frame.vector());
        }
        return Progress.DONE;
    }

    // --- L1 and L2
    // ------------------------------------------------------------------------------------------------------

    /** L2 exits to L1. */
    void exit(NestedExit reason, int vector, long qualification) {
        bench.history().exited(new History.Exit(index, reason, vector, qualification, l2.place()));
        exitFoundL2Halted = activity() == ActivityState.HALTED;
        inL2 = false;
        if (hasSvm) {
            processor.setGlobalInterruptFlag(true);
        } else {
            l1.interruptibility().setInterruptFlag(false);
        }
    }

    /** L1 enters L2; whether the entry succeeded. */
    boolean enter() {
        if (!hasSvm && exitFoundL2Halted) {
            // What a hypervisor does with an L2 that it found halted, unless it wants it to go on waiting.
            vmx.setActivity(ActivityState.ACTIVE);
        }
        exitFoundL2Halted = false;
        if (hasSvm && !svmControls.isValid()) {
            bench.history().exited(new History.Exit(index, NestedExit.SVM_ERR, -1, 0, Set.of()));
            return false;
        }
        if (!hasSvm && vmxControls.invalid(vmx.delivery().page().taskPriority()).isPresent()) {
            return false;
        }
        inL2 = true;
        l2HasRun = false;
        if (hasSvm) {
            // VMRUN is executed with GIF clear, and with RFLAGS.IF set where interrupts are to exit.
            processor.setGlobalInterruptFlag(true);
            svm.enter(svmControls.interceptIntr() || l1.interruptibility().interruptFlag());
        } else {
            vmx.delivery().updatePriority();
        }
        l2.entered();
        return true;
    }

    /** L1 has written L2's activity state itself. */
    void activityWritten() {
        exitFoundL2Halted = false;
    }
}
