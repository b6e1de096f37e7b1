// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

/** Observations by name. */
final class Observations {
    private Observations() {}

    /** Compares what {@code args} asks for; {@link Mismatch} if it is something else. */
    static void check(Bench bench, Args args) {
        String name = args.text("what");
        boolean known = InterruptObservations.check(name, bench, args)
                || LapicObservations.check(name, bench, args)
                || IoApicObservations.check(name, bench, args)
                || HostObservations.check(name, bench, args)
                || NestedObservations.check(name, bench, args)
                || TableObservations.check(name, bench, args);
        if (!known) {
            throw new Unsupported("observation " + name);
        }
        args.requireAllUsed();
    }

    static Cpu cpu(Bench bench, Args args) {
        return bench.cpu(args.integer("vcpu", bench.setup().nestedCpu()));
    }
}
