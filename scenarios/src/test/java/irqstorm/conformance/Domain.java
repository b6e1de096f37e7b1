// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The values that a loop variable or a table's range stands for: a list, {@code a..b} with an optional step and condition, or a
 * condition on a priority class, {@code c < nr>>4}.
 */
final class Domain {
    private static final Pattern RANGE =
            Pattern.compile("([^.]+)\\.\\.([^ ,]+(?:-\\d+)?)(?: step ([^ ,]+))?(?:[, ]+(.*))?");
    private static final Pattern CLASS = Pattern.compile("c (<|>=|<=|>|==) (.+)");
    private static final Pattern BIT_CLEAR = Pattern.compile("with bit (\\w+) clear");
    private static final Pattern WITHOUT_BITS = Pattern.compile("without bits (\\w+),(\\w+)");
    private static final Pattern UNEQUAL = Pattern.compile("(\\w+) ?!= ?(\\w+)");
    private static final int CLASSES = 16;

    private Domain() {}

    static boolean isRange(JsonNode node) {
        return node.isString()
                && (RANGE.matcher(node.stringValue()).matches()
                        || CLASS.matcher(node.stringValue()).matches());
    }

    /** The values of {@code name}; an outer variable it depends on is in {@code scope}. */
    static List<Long> values(String name, JsonNode node, Scope scope) {
        List<Long> values = new ArrayList<>();
        if (node.isArray()) {
            node.values().forEach(item -> values.add(Numbers.integer(item, scope)));
            return values;
        }
        String text = node.isString() ? node.stringValue() : node.toString();
        Matcher byClass = CLASS.matcher(text);
        if (byClass.matches()) {
            for (long c = 0; c < CLASSES; c++) {
                scope.set("c", c);
                if (new Expression(text, scope).isTrue()) {
                    values.add(c);
                }
            }
            return values;
        }
        Matcher range = RANGE.matcher(text);
        if (!range.matches()) {
            values.add(Numbers.integer(node, scope));
            return values;
        }
        long step = range.group(3) == null ? 1 : number(range.group(3), scope);
        LongPredicate condition = range.group(4) == null ? value -> true : condition(name, range.group(4), scope);
        for (long value = number(range.group(1), scope); value <= number(range.group(2), scope); value += step) {
            if (condition.test(value)) {
                values.add(value);
            }
        }
        return values;
    }

    private static LongPredicate condition(String name, String text, Scope scope) {
        Matcher clear = BIT_CLEAR.matcher(text);
        if (clear.matches()) {
            long bit = number(clear.group(1), scope);
            return value -> (value >>> bit & 1) == 0;
        }
        Matcher without = WITHOUT_BITS.matcher(text);
        if (without.matches()) {
            long bits = 1L << number(without.group(1), scope) | 1L << number(without.group(2), scope);
            return value -> (value & bits) == 0;
        }
        Matcher unequal = UNEQUAL.matcher(text);
        if (unequal.matches()) {
            long other = number(unequal.group(1).equals(name) ? unequal.group(2) : unequal.group(1), scope);
            return value -> value != other;
        }
        if (text.equals("except own")) {
            long own = number("own_id", scope);
            return value -> value != own;
        }
        throw new Unsupported("the condition \"" + text + "\" is not understood");
    }

    private static long number(String text, Scope scope) {
        return new Expression(text, scope).value().longValueExact();
    }
}
