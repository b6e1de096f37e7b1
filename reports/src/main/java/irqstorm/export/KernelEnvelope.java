// SPDX-License-Identifier: Apache-2.0
package irqstorm.export;

/**
 * What stands before a tracepoint's fields: the thread, the processor, the time and the event's name, as the two tools print them. Threads
 * are numbered from {@value #FIRST_PID}, the VMM's own first; each has a processor to itself.
 */
enum KernelEnvelope {
    /** {@code perf script --ns}, which pads names to the longest of the recorded ones. */
    PERF_SCRIPT {
        @Override
        void before(StringBuilder line, int vcpu, int cpu, long timeNanos, String event) {
            padLeft(line, comm(vcpu), COMM_WIDTH);
            padLeft(line.append(' '), Integer.toString(FIRST_PID + 1 + vcpu), PERF_PID_WIDTH);
            time(cpu(line.append(' '), cpu).append(' '), timeNanos);
            padLeft(line.append(": "), PERF_SYSTEM + event, PERF_NAME_WIDTH);
            line.append(": ");
        }
    },
    /** {@code trace-cmd report -t}, which pads the fields to a column. */
    TRACE_CMD {
        @Override
        void before(StringBuilder line, int vcpu, int cpu, long timeNanos, String event) {
            padLeft(line, comm(vcpu), COMM_WIDTH);
            padRight(line.append('-'), Integer.toString(FIRST_PID + 1 + vcpu), TRACE_CMD_PID_WIDTH);
            time(cpu(line.append(' '), cpu).append(' '), timeNanos);
            padRight(line.append(": "), event + ":", TRACE_CMD_NAME_WIDTH);
            line.append(' ');
        }
    };

    /** The thread of the VMM that no vCPU runs on. */
    static final int MAIN_THREAD = -1;

    private static final int FIRST_PID = 1000;
    private static final int COMM_WIDTH = 16;
    private static final int PERF_PID_WIDTH = 7;
    private static final int TRACE_CMD_PID_WIDTH = 5;
    private static final String PERF_SYSTEM = "kvm:";
    private static final int PERF_NAME_WIDTH = "kvm:kvm_nested_vmexit_inject".length();
    private static final int TRACE_CMD_NAME_WIDTH = 21;
    private static final int CPU_DIGITS = 3;
    private static final int RADIX = 10;
    private static final int SECONDS_WIDTH = 5;
    private static final int FRACTION_DIGITS = 9;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** Appends all that stands before the fields of {@code event}, on the thread of {@code vcpu} or {@link #MAIN_THREAD}. */
    abstract void before(StringBuilder line, int vcpu, int cpu, long timeNanos, String event);

    private static String comm(int vcpu) {
        return vcpu == MAIN_THREAD ? "qemu-kvm" : "CPU " + vcpu + "/KVM";
    }

    private static StringBuilder cpu(StringBuilder line, int cpu) {
        line.append('[');
        zeros(line, cpu, CPU_DIGITS);
        return line.append(']');
    }

    private static void time(StringBuilder line, long timeNanos) {
        padLeft(line, Long.toString(timeNanos / NANOS_PER_SECOND), SECONDS_WIDTH);
        zeros(line.append('.'), timeNanos % NANOS_PER_SECOND, FRACTION_DIGITS);
    }

    private static void zeros(StringBuilder line, long value, int digits) {
        long unit = 1;
        for (int digit = 1; digit < digits; digit++) {
            unit *= RADIX;
        }
        for (; unit > Math.max(1, value); unit /= RADIX) {
            line.append('0');
        }
        line.append(value);
    }

    private static void padLeft(StringBuilder line, String text, int width) {
        blanks(line, width - text.length());
        line.append(text);
    }

    private static void padRight(StringBuilder line, String text, int width) {
        line.append(text);
        blanks(line, width - text.length());
    }

    private static void blanks(StringBuilder line, int count) {
        for (int i = 0; i < count; i++) {
            line.append(' ');
        }
    }
}
