// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import irqstorm.apic.InterruptMessage;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The I/O APIC's entries, registers, lines and messages. */
final class IoApicObservations {
    private IoApicObservations() {}

    static boolean check(String name, Bench bench, Args args) {
        switch (name) {
            case "ioapic_fire_count" -> {
                String key = args.either("pin", "gsi");
                boolean anyPin = !args.has(key);
                boolean anyVector = !args.has("vector");
                long fires = bench.history().fires().stream()
                        .filter(fire -> anyPin || fire.pin() == args.number(key))
                        .filter(fire -> anyVector || InterruptMessage.vector(fire.message()) == args.number("vector"))
                        .count();
                Comparison.numbers(name, fires, args);
            }
            case "rte_field" -> {
                int pin = args.integer(args.either("pin", "gsi"));
                field("pin " + pin, bench.ioApic().entry(pin), args);
            }
            case "rte", "rte_value" -> {
                int pin = args.integer(args.either("pin", "gsi"));
                Comparison.numbers("the entry of pin " + pin, bench.ioApic().entry(pin), args);
            }
            case "saved_rte_field" -> field(args.text("name"), bench.memory().entry(args.text("name")), args);
            case "rte_decode" -> {
                long entry = bench.memory().entry("written");
                args.raw("value")
                        .properties()
                        .forEach(field -> Comparison.same(
                                "field " + field.getKey(),
                                Fields.ofEntry(entry, field.getKey()),
                                field.getValue(),
                                args.scope()));
            }
            case "all_rte" -> {
                for (int pin = 0; pin < bench.ioApic().profile().pins(); pin++) {
                    Comparison.numbers("entry " + pin, bench.ioApic().entry(pin), args);
                }
            }
            case "ioapic_reg" -> {
                String key = args.either("index", "reg");
                int index = IoApicOperations.index(args, key);
                long mask = args.number("mask", 0xFFFF_FFFFL);
                Comparison.numbers("register " + args.text(key), bench.window().readRegister(index) & mask, args);
            }
            case "route_calls" -> {
                List<String> expected = args.list("value").stream()
                        .map(call -> call.asString(""))
                        .toList();
                Comparison.text(name, bench.history().routeCalls().toString(), expected.toString());
            }
            case "line_levels" -> lines(bench, args);
            case "line_level" -> {
                int pin = args.integer(args.either("pin", "gsi"));
                Comparison.numbers("the line of pin " + pin, bench.ioApic().isLineHigh(pin) ? 1 : 0, args);
            }
            case "pin_level" ->
                Comparison.numbers(
                        name,
                        bench.memory().wires(bench).line(args.integer("irq", 0)).isHigh() ? 1 : 0,
                        args);
            case "target_pin_level" ->
                Comparison.numbers(
                        name,
                        bench.memory().wires(bench).isHigh(args.text("target"), args.integer("pin")) ? 1 : 0,
                        args);
            case "message" -> message(bench, args);
            case "resample_signalled" ->
                Comparison.truth(name, bench.acknowledged().contains(args.integer(args.either("gsi", "pin"))), args);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void field(String subject, long entry, Args args) {
        String field = args.text("field");
        JsonNode is = Fields.ofEntry(entry, field);
        if (args.has("cmp")) {
            Comparison.numbers(subject + " " + field, Fields.number(field, is, args.scope()), args);
        } else if (Fields.number(field, is, args.scope()) != Fields.number(field, args.raw("value"), args.scope())) {
            throw new Mismatch(subject + " " + field + " is " + is + ", expected " + args.raw("value"));
        }
    }

    private static void lines(Bench bench, Args args) {
        List<Long> high = new ArrayList<>();
        for (int pin = 0; pin < bench.ioApic().profile().pins(); pin++) {
            if (bench.ioApic().isLineHigh(pin)) {
                high.add((long) pin);
            }
        }
        List<Long> expected = args.list("value").stream()
                .map(value -> Numbers.integer(value, args.scope()))
                .sorted()
                .toList();
        Comparison.text("the lines that are high", high.toString(), expected.toString());
    }

    private static void message(Bench bench, Args args) {
        List<History.Fire> fires = bench.history().fires();
        int occurrence = args.integer("occurrence", fires.size());
        if (occurrence < 1 || fires.size() < occurrence) {
            throw new Mismatch(fires.size() + " messages were sent");
        }
        long message = fires.get(occurrence - 1).message();
        if (args.has("vector") && InterruptMessage.vector(message) != args.number("vector")) {
            throw new Mismatch("the message's vector is " + Numbers.hex(InterruptMessage.vector(message)));
        }
        if (args.has("dest") && (InterruptMessage.destination(message) & 0xFF) != args.number("dest")) {
            throw new Mismatch("the message's destination is " + Numbers.hex(InterruptMessage.destination(message)));
        }
        if (args.has("dest_mode")) {
            Comparison.text(
                    "the destination mode",
                    InterruptMessage.isLogical(message) ? "logical" : "physical",
                    args.text("dest_mode"));
        }
        if (args.has("delivery")) {
            Comparison.text(
                    "the delivery mode",
                    Fields.delivery(InterruptMessage.deliveryMode(message)),
                    args.text("delivery"));
        }
        if (args.has("trigger")) {
            Comparison.text(
                    "the trigger mode", InterruptMessage.isLevel(message) ? "level" : "edge", args.text("trigger"));
        }
    }
}
