// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import irqstorm.apic.ApicMode;
import irqstorm.apic.DeliveryMode;
import irqstorm.apic.InterruptCommand;
import irqstorm.apic.InterruptMessage;
import irqstorm.apic.LapicRegister;
import irqstorm.apic.VectorSet;
import irqstorm.cpu.ActivityState;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/** The local APIC's registers, sets and messages. */
final class LapicObservations {
    private LapicObservations() {}

    static boolean check(String name, Bench bench, Args args) {
        switch (name) {
            case "lapic_reg", "lapic_reg_cmp" -> {
                Cpu cpu = Observations.cpu(bench, args);
                bench.scope().set("TMICT", bench.lapics().lapicRegister(cpu, "TMICT"));
                Comparison.numbers(args.text("reg"), bench.lapics().lapicRegister(cpu, args.text("reg")), args);
            }
            case "lapic_reg_bit" -> {
                long value = bench.lapics().lapicRegister(Observations.cpu(bench, args), args.text("reg"));
                Comparison.numbers(
                        args.text("reg") + " bit " + args.number("bit"), value >>> args.number("bit") & 1, args);
            }
            case "lapic_bit" ->
                Comparison.numbers(
                        args.text("reg") + "[" + args.text("vector") + "]",
                        set(Observations.cpu(bench, args), args.text("reg")).contains(args.integer("vector")) ? 1 : 0,
                        args);
            case "reg_and" ->
                Comparison.numbers(
                        args.text("reg"),
                        bench.lapics().lapicRegister(Observations.cpu(bench, args), args.text("reg"))
                                & args.number("mask"),
                        args);
            case "lapic_reg_roundtrip" -> roundTrip(bench, args);
            case "irr_vectors", "isr_vectors", "tmr_vectors" -> vectors(name, bench, args);
            case "ppr", "tpr", "esr" -> {
                Cpu cpu = Observations.cpu(bench, args);
                Comparison.numbers(name, bench.lapics().lapicRegister(cpu, name.toUpperCase(Locale.ROOT)), args);
            }
            case "cr8" -> Comparison.numbers(name, NestedOperations.cr8(Observations.cpu(bench, args)), args);
            case "highest_isr" ->
                Comparison.numbers(
                        name, Observations.cpu(bench, args).apic().inService().highest(), args);
            case "timer_fire_count" -> Comparison.numbers(name, bench.clock().expiries(), args);
            case "highest_irr" ->
                Comparison.numbers(
                        name, Observations.cpu(bench, args).apic().requested().highest(), args);
            case "next_vector" ->
                Comparison.numbers(name, Observations.cpu(bench, args).apic().deliverable(), args);
            case "apic_id" ->
                Comparison.numbers(name, Observations.cpu(bench, args).apic().id(), args);
            case "apic_id_in" -> {
                long id = Observations.cpu(bench, args).apic().id();
                boolean in = args.list("values").stream().anyMatch(value -> Numbers.integer(value, args.scope()) == id);
                if (!in) {
                    throw new Mismatch("the APIC ID is " + id + ", expected one of " + args.raw("values"));
                }
            }
            case "lvtt" -> timerEntry(bench, args);
            case "msr" -> {
                OptionalLong value = Observations.cpu(bench, args)
                        .access()
                        .readMsr(MsrOperations.msr(args), bench.clock().nowNanos());
                Comparison.numbers(args.text("msr"), value.orElseThrow(() -> new Mismatch("the MSR faults")), args);
            }
            case "ipi_message" -> message(bench, args);
            case "ipi_count" ->
                Comparison.numbers(name, bench.history().commands().size(), args);
            case "init_pending" -> {
                Cpu cpu = Observations.cpu(bench, args);
                boolean pending = cpu.processor().pending().init() || cpu.activity() == ActivityState.WAIT_FOR_SIPI;
                Comparison.truth(name, pending, args);
            }
            case "sipi_vector" -> startUps(bench, args);
            case "pending" -> pending(bench, args);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static VectorSet set(Cpu cpu, String name) {
        return switch (name) {
            case "IRR", "irr_vectors" -> cpu.apic().requested();
            case "ISR", "isr_vectors" -> cpu.apic().inService();
            case "TMR", "tmr_vectors" -> cpu.apic().triggerModes();
            default -> throw new Unsupported("the vectors of " + name);
        };
    }

    private static void vectors(String name, Bench bench, Args args) {
        VectorSet set = set(Observations.cpu(bench, args), name);
        StringBuilder actual = new StringBuilder();
        StringBuilder expected = new StringBuilder();
        for (int vector = 0; vector < VectorSet.VECTORS; vector++) {
            actual.append(set.contains(vector) ? Numbers.hex(vector) + " " : "");
        }
        args.list("value").stream()
                .map(value -> Numbers.integer(value, args.scope()))
                .sorted()
                .forEach(vector -> expected.append(Numbers.hex(vector)).append(' '));
        Comparison.text(name, "[" + actual + "]", "[" + expected + "]");
    }

    /** The register reads back what was written to it last. */
    private static void roundTrip(Bench bench, Args args) {
        if (RegisterNames.register(args.text("reg")) != LapicRegister.ICR) {
            throw new Unsupported("a round trip of " + args.text("reg"));
        }
        Cpu cpu = Observations.cpu(bench, args);
        List<History.Command> commands = bench.history().commands();
        long written = commands.get(commands.size() - 1).icr();
        long read = cpu.apic().mode() == ApicMode.X2APIC
                ? bench.lapics().guestRead(cpu, LapicRegister.ICR.offset()).orElse(-1)
                : bench.lapics().lapicRegister(cpu, "ICR") | bench.lapics().lapicRegister(cpu, "ICR2") << 32;
        if (read != (written & ~InterruptCommand.BUSY)) {
            throw new Mismatch("ICR reads " + Numbers.hex(read) + " after " + Numbers.hex(written));
        }
    }

    private static void timerEntry(Bench bench, Args args) {
        long entry = bench.lapics().lapicRegister(Observations.cpu(bench, args), "LVTT");
        if (args.has("mode")) {
            String mode = switch ((int) (entry >>> 17) & 3) {
                case 0 -> "oneshot";
                case 1 -> "periodic";
                case 2 -> "tscdeadline";
                default -> "reserved";
            };
            Comparison.text("the timer's mode", mode, args.text("mode"));
        }
        if (args.has("masked") && ((entry >>> 16 & 1) != 0) != args.flag("masked", false)) {
            throw new Mismatch(
                    "the timer's entry is " + Numbers.hex(entry) + ", expected masked " + args.raw("masked"));
        }
        if (args.has("vector") && (entry & 0xFF) != args.number("vector")) {
            throw new Mismatch(
                    "the timer's entry is " + Numbers.hex(entry) + ", expected vector " + args.raw("vector"));
        }
    }

    private static void message(Bench bench, Args args) {
        List<History.Command> commands = bench.history().commands();
        if (commands.isEmpty()) {
            throw new Mismatch("no message was sent");
        }
        History.Command last = commands.get(commands.size() - 1);
        Cpu cpu = bench.cpu(last.cpu());
        long message = InterruptCommand.message(last.icr(), cpu.apic().mode());
        Map<String, JsonNode> actual = Map.of(
                "src", Json.number(cpu.apic().id()),
                "dest", Json.number(InterruptMessage.destination(message)),
                "shorthand",
                        Json.text(InterruptCommand.shorthand(last.icr()).name().toLowerCase(Locale.ROOT)),
                "mode", Json.text(InterruptMessage.isLogical(message) ? "logical" : "physical"),
                "vector", Json.number(InterruptMessage.vector(message)),
                "delivery", Json.text(Fields.delivery(InterruptMessage.deliveryMode(message))),
                "trigger", Json.text(InterruptMessage.isLevel(message) ? "level" : "edge"),
                "level", Json.text(InterruptCommand.isAssertion(last.icr()) ? "assert" : "deassert"));
        args.raw("value").properties().forEach(field -> {
            if (!actual.containsKey(field.getKey())) {
                throw new Unsupported("field " + field.getKey() + " of a message");
            }
            Comparison.same(
                    "the message's " + field.getKey(), actual.get(field.getKey()), field.getValue(), args.scope());
        });
    }

    private static void startUps(Bench bench, Args args) {
        int vcpu = args.integer("vcpu", 0);
        List<History.Signal> startUps = bench.history().signals().stream()
                .filter(signal -> signal.cpu() == vcpu && signal.mode() == DeliveryMode.STARTUP)
                .toList();
        if (args.has("times") && startUps.size() != args.number("times")) {
            throw new Mismatch(
                    startUps.size() + " start-up messages reach vCPU " + vcpu + ", expected " + args.raw("times"));
        }
        Comparison.numbers(
                "the start-up vector",
                startUps.isEmpty()
                        ? VectorSet.NONE
                        : startUps.get(startUps.size() - 1).vector(),
                args);
    }

    private static void pending(Bench bench, Args args) {
        var pending = Observations.cpu(bench, args).processor().pending();
        if (args.has("init") && args.flag("init", false) != pending.init()) {
            throw new Mismatch("INIT pending is " + pending.init());
        }
        if (args.has("sipi") && args.number("sipi") != pending.startUpVector()) {
            throw new Mismatch("the start-up vector is " + pending.startUpVector());
        }
        if (args.has("nmis") && args.number("nmis") != pending.nmis()) {
            throw new Mismatch(pending.nmis() + " NMIs are pending");
        }
    }
}
