// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import irqstorm.cpu.ActivityState;
import irqstorm.cpu.Processor;
import irqstorm.nested.NestedExit;
import irqstorm.nested.SvmGuest;
import irqstorm.nested.VmxGuest;
import java.util.Set;

/** What a vCPU does instead of its next instruction: it takes the event that the model says comes first, or one that is injected. */
final class CpuEvents {
    private final Bench bench;
    private final Cpu cpu;

    CpuEvents(Bench bench, Cpu cpu) {
        this.bench = bench;
        this.cpu = cpu;
    }

    /** Whether L2 would exit at its entry, before any instruction. */
    boolean wouldExitAtOnce() {
        if (cpu.hasSvm()) {
            return switch (cpu.svm().next(cpu.processor(), cpu.svmControls())) {
                case SMI_EXIT, NMI_EXIT, INTERRUPT_EXIT, VIRTUAL_INTERRUPT_EXIT -> true;
                case NONE, SMI, NMI, VIRTUAL_NMI, INTERRUPT, VIRTUAL_INTERRUPT -> false;
            };
        }
        return switch (cpu.vmx().next(cpu.processor(), cpu.vmxControls())) {
            case INIT_EXIT, SIPI_EXIT, NMI_WINDOW_EXIT, NMI_EXIT, INTERRUPT_WINDOW_EXIT, INTERRUPT_EXIT -> true;
            case NONE, NMI, NOTIFICATION, INTERRUPT, VIRTUAL_INTERRUPT -> false;
        };
    }

    /** Takes the event that comes before the next instruction; whether there was one. */
    boolean boundary() {
        bench.lapics().handleRequests(cpu);
        if (cpu.activity() != ActivityState.WAIT_FOR_SIPI) {
            cpu.processor().dropStrayStartUp();
        }
        return cpu.inL2() ? (cpu.hasSvm() ? svmBoundary() : vmxBoundary()) : rootBoundary();
    }

    private boolean rootBoundary() {
        Processor.Event event = cpu.processor().next();
        if (event == Processor.Event.NONE) {
            return false;
        }
        boolean interruptFlag = cpu.l1().interruptibility().interruptFlag();
        String label = cpu.l1().label();
        int vector = cpu.processor().take(event);
        if (event == Processor.Event.INTERRUPT) {
            callInterrupt(cpu.l1(), vector, interruptFlag);
        } else if (event == Processor.Event.NMI) {
            callNmi(cpu.l1(), interruptFlag, label);
        }
        return true;
    }

    private boolean vmxBoundary() {
        VmxGuest.Event event = cpu.vmx().next(cpu.processor(), cpu.vmxControls());
        if (event == VmxGuest.Event.NONE) {
            return false;
        }
        boolean interruptFlag = cpu.l2().interruptibility().interruptFlag();
        String label = cpu.l2().label();
        int vector = cpu.vmx().take(event, cpu.processor(), cpu.vmxControls());
        switch (event) {
            case INIT_EXIT -> cpu.exit(NestedExit.INIT_SIGNAL, -1, 0);
            case SIPI_EXIT -> cpu.exit(NestedExit.SIPI, vector, vector);
            case NMI_WINDOW_EXIT -> cpu.exit(NestedExit.NMI_WINDOW, -1, 0);
            case NMI_EXIT -> cpu.exit(NestedExit.EXCEPTION_NMI, 2, 0);
            case NMI -> callNmi(cpu.l2(), interruptFlag, label);
            case INTERRUPT_WINDOW_EXIT -> cpu.exit(NestedExit.INTERRUPT_WINDOW, -1, 0);
            case INTERRUPT_EXIT -> cpu.exit(NestedExit.EXTERNAL_INTERRUPT, vector, 0);
            case INTERRUPT, VIRTUAL_INTERRUPT -> callInterrupt(cpu.l2(), vector, interruptFlag);
            case NOTIFICATION, NONE -> {}
        }
        return true;
    }

    private boolean svmBoundary() {
        SvmGuest.Event event = cpu.svm().next(cpu.processor(), cpu.svmControls());
        if (event == SvmGuest.Event.NONE) {
            return false;
        }
        boolean interruptFlag = cpu.l2().interruptibility().interruptFlag();
        String label = cpu.l2().label();
        int vector = cpu.svm().take(event, cpu.processor());
        switch (event) {
            case SMI_EXIT -> cpu.exit(NestedExit.SVM_SMI, -1, 0);
            case NMI_EXIT -> cpu.exit(NestedExit.SVM_NMI, -1, 0);
            case INTERRUPT_EXIT -> cpu.exit(NestedExit.SVM_INTR, -1, 0);
            case VIRTUAL_INTERRUPT_EXIT -> cpu.exit(NestedExit.SVM_VINTR, -1, 0);
            case NMI, VIRTUAL_NMI -> callNmi(cpu.l2(), interruptFlag, label);
            case INTERRUPT, VIRTUAL_INTERRUPT -> callInterrupt(cpu.l2(), vector, interruptFlag);
            case SMI, NONE -> {}
        }
        return true;
    }

    private void callInterrupt(Context context, int vector, boolean interruptFlag) {
        Set<String> place = context.place();
        context.call(new Frame(
                Frame.Kind.INTERRUPT, vector, interruptFlag, bench.programs().handler(context, vector)));
        bench.programs().handlerEntered(cpu, context, vector, false, place);
    }

    private void callNmi(Context context, boolean interruptFlag, String label) {
        boolean nested = context.isIn(Frame.Kind.NMI);
        context.call(
                new Frame(Frame.Kind.NMI, 2, interruptFlag, bench.programs().nmiHandler(context)));
        bench.history().nmiTaken(cpu.index(), context.world(), label, nested);
        bench.programs().countEntry(cpu, 2);
    }

    /** Executes INT n. */
    void softwareInterrupt(int vector) {
        Context context = cpu.current();
        boolean interruptFlag = context.interruptibility().interruptFlag();
        context.interruptibility().clearShadows();
        context.interruptibility().setInterruptFlag(false);
        context.call(new Frame(
                Frame.Kind.SOFTWARE, vector, interruptFlag, bench.programs().handler(context, vector)));
        bench.programs().handlerEntered(cpu, context, vector, true, context.place());
    }

    /** Runs the handler of an interrupt that an exit acknowledged, as L1's dispatcher does. */
    void dispatch(int vector) {
        boolean interruptFlag = cpu.l1().interruptibility().interruptFlag();
        callInterrupt(cpu.l1(), vector, interruptFlag);
    }

    /** An interrupt is injected at the entry. */
    void injectInterrupt(int vector) {
        boolean interruptFlag = cpu.l2().interruptibility().interruptFlag();
        beginInjected();
        callInterrupt(cpu.l2(), vector, interruptFlag);
    }

    /** An NMI is injected at the entry. */
    void injectNmi() {
        boolean interruptFlag = cpu.l2().interruptibility().interruptFlag();
        beginInjected();
        cpu.l2().interruptibility().setNmiBlocked(true);
        callNmi(cpu.l2(), interruptFlag, "");
    }

    /** An exception is injected at the entry, or L2 is entered at the handler of one. */
    void injectException() {
        boolean interruptFlag = cpu.l2().interruptibility().interruptFlag();
        boolean nmiBlocked = cpu.l2().interruptibility().nmiBlocked();
        beginInjected();
        cpu.l2().interruptibility().setNmiBlocked(nmiBlocked);
        cpu.l2()
                .call(new Frame(
                        Frame.Kind.EXCEPTION, 1, interruptFlag, bench.programs().exceptionHandler()));
    }

    private void beginInjected() {
        if (cpu.hasSvm()) {
            cpu.svm().beginHandler();
        } else {
            cpu.vmx().beginHandler();
        }
    }
}
