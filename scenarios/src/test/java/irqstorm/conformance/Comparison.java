// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import irqstorm.apic.VectorSet;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Compares what is with what a case expects; {@code cmp} defaults to equality. */
final class Comparison {
    private static final Pattern OPEN_INTERVAL = Pattern.compile("\\((.+), (.+)\\)");
    private static final Pattern WITHIN = Pattern.compile("within ([0-9.]+)% of");

    private Comparison() {}

    /** Numbers; null in the case stands for "none". */
    static void numbers(String subject, BigDecimal actual, Args args) {
        String operator = args.text("cmp", "==");
        JsonNode expected = args.raw("value");
        if (!holds(actual, operator, expected, args.scope())) {
            throw new Mismatch(subject + " is " + show(actual) + ", expected "
                    + (operator.equals("==") ? "" : operator + " ") + expected);
        }
    }

    static void numbers(String subject, long actual, Args args) {
        numbers(
                subject,
                actual == VectorSet.NONE ? BigDecimal.ONE.negate() : new BigDecimal(Numbers.unsigned(actual)),
                args);
    }

    private static boolean holds(BigDecimal actual, String operator, JsonNode expected, Scope scope) {
        if (expected.isNull()) {
            return actual.signum() < 0;
        }
        if (operator.equals("in")) {
            Matcher interval = OPEN_INTERVAL.matcher(expected.asString(""));
            if (!interval.matches()) {
                throw new Unsupported("interval " + expected);
            }
            return actual.compareTo(new Expression(interval.group(1), scope).value()) > 0
                    && actual.compareTo(new Expression(interval.group(2), scope).value()) < 0;
        }
        BigDecimal value = Numbers.of(expected, scope);
        Matcher within = WITHIN.matcher(operator);
        if (within.matches()) {
            BigDecimal tolerance =
                    value.multiply(new BigDecimal(within.group(1))).movePointLeft(2);
            return actual.subtract(value).abs().compareTo(tolerance) <= 0;
        }
        int order = actual.compareTo(value);
        return switch (operator) {
            case "==" -> order == 0;
            case "!=" -> order != 0;
            case ">=" -> order >= 0;
            case ">" -> order > 0;
            case "<=" -> order <= 0;
            case "<" -> order < 0;
            default -> throw new Unsupported("comparison \"" + operator + "\"");
        };
    }

    /** Anything else, by its text; numbers in strings by their value. */
    static void same(String subject, JsonNode actual, JsonNode expected, Scope scope) {
        boolean equal;
        if (actual.isNumber() && !expected.isNull()) {
            equal = Numbers.of(actual, scope).compareTo(Numbers.of(expected, scope)) == 0;
        } else if (actual.isBoolean() && !expected.isNull()) {
            equal = expected.isBoolean() && actual.booleanValue() == expected.booleanValue()
                    || expected.isNumber() && (expected.intValue() != 0) == actual.booleanValue();
        } else {
            equal = actual.equals(expected);
        }
        if (!equal) {
            throw new Mismatch(subject + " is " + actual + ", expected " + expected);
        }
    }

    static void truth(String subject, boolean actual, Args args) {
        JsonNode expected = args.raw("value");
        if (expected.isNull() || (Numbers.integer(expected, args.scope()) != 0) != actual) {
            throw new Mismatch(subject + " is " + actual + ", expected " + expected);
        }
    }

    static void text(String subject, String actual, String expected) {
        if (!actual.equals(expected)) {
            throw new Mismatch(subject + " is " + actual + ", expected " + expected);
        }
    }

    private static String show(BigDecimal number) {
        if (number.signum() < 0) {
            return "none";
        }
        return number.scale() <= 0 && number.compareTo(BigDecimal.TEN) >= 0
                ? "0x" + number.toBigInteger().toString(16)
                : number.toString();
    }
}
