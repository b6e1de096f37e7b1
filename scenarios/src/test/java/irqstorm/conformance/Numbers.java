// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Numbers of the case format: plain JSON integers, strings with hexadecimal numbers, and expressions. */
final class Numbers {
    private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(Long.SIZE);

    private static final Pattern AFTER = Pattern.compile("(.+); after (.+): (.+)");

    private Numbers() {}

    static BigInteger unsigned(long value) {
        BigInteger signed = BigInteger.valueOf(value);
        return signed.signum() < 0 ? signed.add(TWO_TO_64) : signed;
    }

    /** The number that {@code node} stands for, in {@code scope}. */
    static BigDecimal of(JsonNode node, Scope scope) {
        if (node.isNumber()) {
            return node.decimalValue();
        }
        if (node.isBoolean()) {
            return node.booleanValue() ? BigDecimal.ONE : BigDecimal.ZERO;
        }
        if (node.isString() && scope.value(node.stringValue()).isPresent()) {
            return scope.value(node.stringValue()).get();
        }
        if (node.isString() && AFTER.matcher(node.stringValue()).matches()) {
            return alternating(AFTER.matcher(node.stringValue()), scope);
        }
        if (node.isString()) {
            return new Expression(node.stringValue(), scope).value();
        }
        throw new Unsupported("a number is expected where the case has " + node);
    }

    /** {@code A; after V: B}: B once the APIC ID has become V, else A. */
    private static BigDecimal alternating(Matcher text, Scope scope) {
        text.matches();
        boolean after = new Expression("id == " + text.group(2), scope).isTrue();
        return new Expression(text.group(after ? 3 : 1), scope).value();
    }

    static long integer(JsonNode node, Scope scope) {
        return of(node, scope).toBigInteger().longValue();
    }

    /** Numbers and booleans, and the words for two states. */
    static boolean truth(JsonNode node, Scope scope) {
        return switch (node.asString("").toLowerCase(Locale.ROOT)) {
            case "high", "true", "yes", "on", "asserted", "assert" -> true;
            case "low", "false", "no", "off", "deasserted", "deassert" -> false;
            default -> integer(node, scope) != 0;
        };
    }

    static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }
}
