// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import irqstorm.apic.DeliveryMode;
import irqstorm.kvm.EoiOutcome;
import irqstorm.nested.NestedExit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What happened on the bench, in order; observations are questions about it. */
final class History {
    private final List<HandlerEntry> handlers = new ArrayList<>();
    private final List<HandlerEnd> ends = new ArrayList<>();
    private final List<Nmi> nmis = new ArrayList<>();
    private final List<Exit> exits = new ArrayList<>();
    private final List<Fire> fires = new ArrayList<>();
    private final List<Signal> signals = new ArrayList<>();
    private final List<Command> commands = new ArrayList<>();
    private final List<Integer> eoiExits = new ArrayList<>();
    private final List<Integer> endedVectors = new ArrayList<>();
    private final List<EoiOutcome> endings = new ArrayList<>();
    private final Map<Integer, Integer> counts = new TreeMap<>();
    private final List<String> routeCalls = new ArrayList<>();
    private int serial;
    private int faults;

    /** A handler was entered; {@code software} if by INT n, {@code returnTo} are the names of the place it returns to. */
    record HandlerEntry(int serial, int cpu, String world, int vector, boolean software, Set<String> returnTo) {}

    /** A handler executed IRET. */
    record HandlerEnd(int serial, int cpu, int vector) {}

    /** An NMI was taken; {@code label} is the place in the program, {@code nested} whether inside an NMI handler. */
    record Nmi(int serial, int cpu, String world, String label, boolean nested) {}

    /** L2 exited to L1; {@code vector} is −1 where there is none, {@code qualification} that of the exit. */
    record Exit(int cpu, NestedExit reason, int vector, long qualification, Set<String> rip) {}

    /** The I/O APIC sent the message of a pin. */
    record Fire(int pin, long message) {}

    /** An NMI, INIT or start-up message reached a processor. */
    record Signal(int cpu, DeliveryMode mode, int vector) {}

    /** A local APIC was told to send. */
    record Command(int cpu, long icr) {}

    void handlerEntered(int cpu, String world, int vector, boolean software, Set<String> returnTo) {
        counts.merge(vector, 1, Integer::sum);
        handlers.add(new HandlerEntry(serial++, cpu, world, vector, software, returnTo));
    }

    void handlerEnded(int cpu, int vector) {
        ends.add(new HandlerEnd(serial++, cpu, vector));
    }

    void nmiTaken(int cpu, String world, String label, boolean nested) {
        nmis.add(new Nmi(serial++, cpu, world, label, nested));
    }

    void exited(Exit exit) {
        exits.add(exit);
    }

    void fired(int pin, long message) {
        fires.add(new Fire(pin, message));
    }

    void signalled(int cpu, DeliveryMode mode, int vector) {
        signals.add(new Signal(cpu, mode, vector));
    }

    void commanded(int cpu, long icr) {
        commands.add(new Command(cpu, icr));
    }

    void eoiExit(int vector) {
        eoiExits.add(vector);
    }

    void ended(EoiOutcome outcome) {
        endings.add(outcome);
    }

    /** A local APIC's EOI ended {@code vector}, or nothing. */
    void ended(int vector) {
        endedVectors.add(vector);
    }

    List<Integer> endedVectors() {
        return endedVectors;
    }

    /** The VMM changed a route of the kernel's. */
    void routed(String call) {
        routeCalls.add(call);
    }

    List<String> routeCalls() {
        return routeCalls;
    }

    void faulted() {
        faults++;
    }

    /** How often each handler has been entered, by vector. */
    Map<Integer, Integer> counts() {
        return new TreeMap<>(counts);
    }

    List<HandlerEntry> handlers() {
        return handlers;
    }

    List<HandlerEnd> ends() {
        return ends;
    }

    List<Nmi> nmis() {
        return nmis;
    }

    List<Exit> exits() {
        return exits;
    }

    List<Fire> fires() {
        return fires;
    }

    List<Signal> signals() {
        return signals;
    }

    List<Command> commands() {
        return commands;
    }

    List<Integer> eoiExits() {
        return eoiExits;
    }

    List<EoiOutcome> endings() {
        return endings;
    }

    int faults() {
        return faults;
    }

    Optional<Exit> lastExit() {
        return exits.isEmpty() ? Optional.empty() : Optional.of(exits.get(exits.size() - 1));
    }

    /** Anything that a program waiting for "something to happen" would notice. */
    int happenings() {
        return serial + exits.size();
    }
}
