// SPDX-License-Identifier: Apache-2.0
package irqstorm.export;

import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.event.ExitReason;
import irqstorm.event.UserspaceExitReason;
import irqstorm.run.RunRecord;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The KVM tracepoints that a host would have logged. Events that no tracepoint tells (an EOI that causes no exit, what happens in QEMU) are
 * not there, nor are tracepoints that the model has nothing to say about.
 *
 * <p>An exit is written with the event after it, since an EOI_INDUCED exit names the vector that is ended.
 */
final class KernelTrace implements EventExport {
    private static final ExitReason[] EXIT_REASONS = ExitReason.values();
    private static final UserspaceExitReason[] USERSPACE_EXIT_REASONS = UserspaceExitReason.values();
    private static final int L2 = 2;

    private final LineWriter out;
    private final KernelEnvelope envelope;
    private final int vcpus;
    private final KernelInterrupts interrupts;
    private final StringBuilder line = new StringBuilder();

    private @Nullable ExitReason exit;
    private long exitSequence;
    private long exitNanos;
    private int exitVcpu;
    private long exitLevel;

    KernelTrace(KernelEnvelope envelope, Subject subject, OutputStream target) {
        this.envelope = envelope;
        this.out = new LineWriter(target);
        this.vcpus = subject.vcpus();
        this.interrupts = new KernelInterrupts(subject, this);
        if (envelope == KernelEnvelope.TRACE_CMD) {
            out.line("cpus=" + (vcpus + 1));
        }
    }

    @Override
    public void record(long sequence, long timeNanos, Actor actor, EventKind kind, long a, long b, long c, long cause) {
        ExitReason before = cause == exitSequence ? exit : null;
        writeExit(kind == EventKind.LAPIC_EOI ? b : 0);
        switch (kind) {
            case VM_EXIT -> {
                exit = EXIT_REASONS[(int) b];
                exitSequence = sequence;
                exitNanos = timeNanos;
                exitVcpu = (int) a;
                exitLevel = c;
            }
            case VM_ENTRY -> write(timeNanos, (int) a, "kvm_entry", KvmLines.entry(a));
            case NESTED_EXIT ->
                write(
                        timeNanos,
                        (int) a,
                        "kvm_nested_vmexit_inject",
                        KvmLines.nestedVmexitInject(EXIT_REASONS[(int) b], c));
            case NESTED_ENTRY -> write(timeNanos, (int) a, "kvm_nested_vmenter", KvmLines.nestedVmenter(b));
            case USERSPACE_EXIT ->
                write(
                        timeNanos,
                        (int) a,
                        "kvm_userspace_exit",
                        KvmLines.userspaceExit(USERSPACE_EXIT_REASONS[(int) b]));
            case MMIO_WRITE -> write(timeNanos, (int) a, "kvm_mmio", KvmLines.mmioWrite(b, c));
            case LAPIC_EOI -> {
                if (before != null && interrupts.lapicsInKernel()) {
                    endOfInterrupt(timeNanos, before, (int) a, b);
                }
            }
            default -> interrupts.record(timeNanos, kind, a, b, c);
        }
    }

    private void endOfInterrupt(long timeNanos, ExitReason reason, int vcpu, long vector) {
        if (reason != ExitReason.EOI_INDUCED) {
            write(timeNanos, vcpu, "kvm_apic", "apic_write APIC_EOI = 0x0");
        }
        write(timeNanos, vcpu, "kvm_eoi", KvmLines.eoi(vcpu, vector));
    }

    private void writeExit(long vector) {
        ExitReason reason = exit;
        if (reason == null) {
            return;
        }
        exit = null;
        write(exitNanos, exitVcpu, "kvm_exit", KvmLines.exit(reason, vector));
        if (exitLevel == L2) {
            write(exitNanos, exitVcpu, "kvm_nested_vmexit", KvmLines.nestedVmexit(exitVcpu, reason, vector));
        }
    }

    /** Writes one line, logged on the thread of {@code vcpu} or {@link KernelEnvelope#MAIN_THREAD}. */
    void write(long timeNanos, int vcpu, String event, String fields) {
        line.setLength(0);
        envelope.before(line, vcpu, vcpu == KernelEnvelope.MAIN_THREAD ? vcpus : vcpu, timeNanos, event);
        out.line(line.append(fields));
    }

    @Override
    public void finish(RunRecord run) {
        writeExit(0);
        out.flush();
    }
}
