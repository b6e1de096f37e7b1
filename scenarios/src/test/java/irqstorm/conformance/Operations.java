// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

/** Operations by name, whoever does them. */
final class Operations {
    private Operations() {}

    /**
     * Does one operation on {@code cpu}, in {@code context}.
     *
     * @return whether it is done; otherwise it is to be tried again after something else has happened
     */
    static boolean execute(Bench bench, Cpu cpu, Context context, Args args) {
        String name = args.text("op");
        Boolean done = CpuOperations.execute(name, bench, cpu, context, args);
        if (done == null) {
            done = LapicOperations.execute(name, bench, cpu, args);
        }
        if (done == null) {
            done = TimerOperations.execute(name, bench, cpu, args);
        }
        if (done == null) {
            done = MsrOperations.execute(name, bench, cpu, args);
        }
        if (done == null) {
            done = IoApicOperations.execute(name, bench, args);
        }
        if (done == null) {
            done = HostOperations.execute(name, bench, cpu, args);
        }
        if (done == null) {
            done = NestedOperations.execute(name, bench, cpu, args);
        }
        if (done == null) {
            done = TableOperations.execute(name, bench, cpu, args);
        }
        if (done == null) {
            throw new Unsupported("operation " + name);
        }
        return done;
    }
}
