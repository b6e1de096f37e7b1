// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What names in a case's expressions mean: constants of the field, values a step saved, loop variables, and questions to the world. */
final class Scope {
    private static final Map<String, Long> CONSTANTS = Map.ofEntries(
            Map.entry("BSP", 1L << 8),
            Map.entry("EXTD", 1L << 10),
            Map.entry("EN", 1L << 11),
            Map.entry("oneshot", 0L),
            Map.entry("periodic", 1L << 17),
            Map.entry("tscdeadline", 2L << 17),
            Map.entry("masked", 1L << 16),
            Map.entry("self", 1L << 18),
            Map.entry("all", 2L << 18),
            Map.entry("all_but_self", 3L << 18),
            Map.entry("valid", 1L << 31),
            Map.entry("external", 0L),
            Map.entry("flat", 0xFFFF_FFFFL),
            Map.entry("cluster", 0x0FFF_FFFFL),
            Map.entry("maxphyaddr", (long) Bench.PHYSICAL_ADDRESS_BITS));

    /** The values that a case's own free symbols are run with: small, an IPI that asserts, one with the busy bit, all of a byte's bits. */
    static final List<Long> SAMPLES = List.of(0x0L, 0x40FFL, 0x0100_50FEL, 0xFF00_4031L);

    private final Map<String, BigDecimal> values = new HashMap<>();
    private final Map<String, Function<List<BigDecimal>, BigDecimal>> functions = new HashMap<>();

    void set(String name, long value) {
        values.put(name, new BigDecimal(Numbers.unsigned(value)));
    }

    void set(String name, BigDecimal value) {
        values.put(name, value);
    }

    void define(String name, Function<List<BigDecimal>, BigDecimal> function) {
        functions.put(name, function);
    }

    Optional<BigDecimal> value(String name) {
        BigDecimal value = values.get(name);
        if (value == null && CONSTANTS.containsKey(name)) {
            value = BigDecimal.valueOf(CONSTANTS.get(name));
        }
        if (value == null && functions.containsKey(name)) {
            value = functions.get(name).apply(List.of());
        }
        return Optional.ofNullable(value);
    }

    BigDecimal call(String name, List<BigDecimal> arguments) {
        Function<List<BigDecimal>, BigDecimal> function = functions.get(name);
        if (function == null) {
            throw new Unsupported("nothing called " + name + "(…) is known");
        }
        return function.apply(arguments);
    }
}
