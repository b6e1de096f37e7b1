// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import irqstorm.apic.ApicBase;
import irqstorm.apic.LapicRegister;
import irqstorm.apic.RedirectionEntry;
import irqstorm.apic.VectorSet;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import tools.jackson.databind.JsonNode;

/** What expressions of a case can ask the bench: {@code isr_count(0x40)}, {@code remote_irr(14)}, {@code TMCCT}, {@code rdtsc}. */
final class Names {
    private final Bench bench;
    private final Scope scope;

    private Names(Bench bench, Scope scope) {
        this.bench = bench;
        this.scope = scope;
    }

    static void define(Bench bench, Scope scope) {
        Names names = new Names(bench, scope);
        names.machine();
        names.counts();
        if (bench.cpus().length > 0) {
            names.registers();
            names.initial();
        }
    }

    private void machine() {
        scope.set("vcpus", bench.cpus().length);
        JsonNode hertz = bench.setup().preconditions().path("apic_bus_hz");
        if (hertz.isNumber()) {
            scope.set("apic_bus_hz", hertz.asLong());
        }
        value("rdtsc", () -> bench.clock().nowNanos());
        function("class", vector -> vector >>> 4);
        function("id_map", cpu -> bench.cpu((int) cpu).apic().id());
        function(
                "remote_irr",
                pin -> RedirectionEntry.hasRemoteIrr(bench.ioApic().entry((int) pin)) ? 1 : 0);
        function("line", pin -> bench.ioApic().isLineHigh((int) pin) ? 1 : 0);
        scope.define(
                "elapsed",
                arguments -> BigDecimal.valueOf(bench.memory().elapsedNanos()).movePointLeft(9));
    }

    private void counts() {
        counted(
                "isr_count",
                arguments -> bench.history().handlers().stream()
                        .filter(entry -> arguments.isEmpty()
                                || entry.vector() == arguments.get(0).longValue())
                        .count());
        counted(
                "nmi_count",
                arguments -> bench.history().nmis().stream()
                        .filter(nmi -> arguments.isEmpty()
                                || nmi.cpu() == arguments.get(0).longValue())
                        .count());
        counted(
                "fire_count",
                arguments -> bench.history().fires().stream()
                        .filter(fire -> arguments.isEmpty()
                                || fire.pin() == arguments.get(0).longValue())
                        .count());
    }

    private void registers() {
        for (LapicRegister register : LapicRegister.values()) {
            value(register.name(), () -> bench.lapics().lapicRegister(bench.nestedCpu(), register.name()));
        }
        for (String name : RegisterNames.spellings()) {
            value(name, () -> bench.lapics().lapicRegister(bench.nestedCpu(), name));
        }
        bit("irr_bit", cpu -> cpu.apic().requested());
        bit("isr_bit", cpu -> cpu.apic().inService());
        bit("tmr_bit", cpu -> cpu.apic().triggerModes());
        bit("virr_bit", cpu -> cpu.vmx().delivery().page().requested());
        bit("visr_bit", cpu -> cpu.vmx().delivery().page().inService());
        value("hlt executed", () -> bench.nestedCpu().haltsExecuted());
        value("tmcct", () -> bench.lapics().lapicRegister(bench.nestedCpu(), "TMCCT"));
    }

    /** What things were when the case began. */
    private void initial() {
        Cpu cpu = bench.nestedCpu();
        scope.set("id", cpu.apic().id());
        scope.set("own_id", cpu.apic().id());
        scope.set(
                "orig",
                cpu.access().readMsr(ApicBase.MSR, bench.clock().nowNanos()).orElse(0));
        scope.set("cr8_0", cpu.apic().cr8());
        scope.set("original LVR", cpu.apic().lvr());
    }

    private void value(String name, LongSupplier value) {
        scope.define(name, arguments -> new BigDecimal(Numbers.unsigned(value.getAsLong())));
    }

    private interface OfLong {
        long of(long argument);
    }

    private void function(String name, OfLong function) {
        scope.define(name, arguments -> {
            if (arguments.size() != 1) {
                throw new Unsupported(name + " needs one argument");
            }
            return BigDecimal.valueOf(function.of(arguments.get(0).longValue()));
        });
    }

    private void counted(String name, ToLongFunction<List<BigDecimal>> count) {
        scope.define(name, arguments -> BigDecimal.valueOf(count.applyAsLong(arguments)));
    }

    private interface OfCpu {
        VectorSet of(Cpu cpu);
    }

    private void bit(String name, OfCpu set) {
        function(name, vector -> set.of(bench.nestedCpu()).contains((int) vector) ? 1 : 0);
    }
}
