// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.measure;

import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.event.ExitReason;
import irqstorm.trace.TraceSink;
import java.util.Arrays;

/** Adds up who has each vCPU's thread, until the end of the scenario's duration. */
final class CpuMeter implements TraceSink {
    private enum Context {
        L0,
        VMM,
        L1,
        L2,
        HALTED
    }

    private static final int LEVEL_2 = 2;

    private final long durationNanos;
    private final boolean nested;
    private final Context[] context;
    private final long[] since;
    private final long[] nanos = new long[Context.values().length];

    CpuMeter(int vcpus, boolean nested, long durationNanos) {
        this.durationNanos = durationNanos;
        this.nested = nested;
        context = new Context[vcpus];
        Arrays.fill(context, Context.L0);
        since = new long[vcpus];
    }

    @Override
    public void record(long sequence, long timeNanos, Actor actor, EventKind kind, long a, long b, long c, long cause) {
        switch (kind) {
            case VM_ENTRY -> change((int) a, b == LEVEL_2 ? Context.L2 : Context.L1, timeNanos);
            case VM_EXIT -> change((int) a, b == ExitReason.HLT.ordinal() ? Context.HALTED : Context.L0, timeNanos);
            case NESTED_EXIT, NESTED_ENTRY -> change((int) a, Context.L0, timeNanos);
            case USERSPACE_EXIT -> change((int) a, Context.VMM, timeNanos);
            default -> {}
        }
    }

    private void change(int vcpu, Context next, long timeNanos) {
        long now = Math.min(timeNanos, durationNanos);
        nanos[context[vcpu].ordinal()] += now - since[vcpu];
        since[vcpu] = now;
        context[vcpu] = next;
    }

    /** The shares in a run that ended at {@code endNanos}. */
    CpuShares result(long endNanos) {
        for (int vcpu = 0; vcpu < context.length; vcpu++) {
            change(vcpu, context[vcpu], endNanos);
        }
        double all = Math.max(1, (double) Math.min(endNanos, durationNanos) * context.length);
        return new CpuShares(
                nanos[Context.L1.ordinal()] / all,
                nested ? nanos[Context.L2.ordinal()] / all : null,
                nanos[Context.L0.ordinal()] / all,
                nanos[Context.VMM.ordinal()] / all,
                nanos[Context.HALTED.ordinal()] / all);
    }
}
