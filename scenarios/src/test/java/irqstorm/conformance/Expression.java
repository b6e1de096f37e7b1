// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An expression in a case: numbers, names, calls {@code f(x)} and {@code f[x]}, and C's operators on unsigned integers; only {@code /}
 * keeps fractions.
 */
final class Expression {
    private static final List<List<String>> LEVELS = List.of(
            List.of("||"),
            List.of("&&"),
            List.of("|"),
            List.of("^"),
            List.of("&"),
            List.of("==", "!="),
            List.of("<=", ">=", "<", ">"),
            List.of("<<", ">>"),
            List.of("+", "-"),
            List.of("*", "/"));

    private static final Map<String, String> LONGER = Map.of("|", "||", "&", "&&", "<", "<<", ">", ">>");

    private final String text;
    private final Scope scope;
    private int at;

    Expression(String text, Scope scope) {
        this.text = text;
        this.scope = scope;
    }

    /** The value; {@link Unsupported} if the text is no expression or a name has no meaning. */
    BigDecimal value() {
        at = 0;
        BigDecimal value = binary(0);
        skipSpace();
        if (at != text.length()) {
            throw notUnderstood();
        }
        return value;
    }

    boolean isTrue() {
        return value().signum() != 0;
    }

    private Unsupported notUnderstood() {
        return new Unsupported("\"" + text + "\" is no expression that the harness understands");
    }

    private BigDecimal binary(int level) {
        if (level == LEVELS.size()) {
            return unary();
        }
        BigDecimal left = binary(level + 1);
        for (String operator = operator(level); operator != null; operator = operator(level)) {
            left = apply(operator, left, binary(level + 1));
        }
        return left;
    }

    private String operator(int level) {
        skipSpace();
        for (String operator : LEVELS.get(level)) {
            String longer = LONGER.get(operator);
            if (text.startsWith(operator, at) && (longer == null || !text.startsWith(longer, at))) {
                at += operator.length();
                return operator;
            }
        }
        return null;
    }

    private static BigDecimal apply(String operator, BigDecimal a, BigDecimal b) {
        BigInteger x = a.toBigInteger();
        BigInteger y = b.toBigInteger();
        return switch (operator) {
            case "||" -> truth(a.signum() != 0 || b.signum() != 0);
            case "&&" -> truth(a.signum() != 0 && b.signum() != 0);
            case "|" -> new BigDecimal(x.or(y));
            case "^" -> new BigDecimal(x.xor(y));
            case "&" -> new BigDecimal(x.and(y));
            case "==" -> truth(a.compareTo(b) == 0);
            case "!=" -> truth(a.compareTo(b) != 0);
            case "<=" -> truth(a.compareTo(b) <= 0);
            case ">=" -> truth(a.compareTo(b) >= 0);
            case "<" -> truth(a.compareTo(b) < 0);
            case ">" -> truth(a.compareTo(b) > 0);
            case "<<" -> new BigDecimal(x.shiftLeft(y.intValueExact()));
            case ">>" -> new BigDecimal(x.shiftRight(y.intValueExact()));
            case "+" -> a.add(b);
            case "-" -> a.subtract(b);
            case "*" -> a.multiply(b);
            default -> a.divide(b, MathContext.DECIMAL64);
        };
    }

    private static BigDecimal truth(boolean value) {
        return value ? BigDecimal.ONE : BigDecimal.ZERO;
    }

    private BigDecimal unary() {
        skipSpace();
        if (take("~")) {
            return new BigDecimal(unary().toBigInteger().not());
        }
        if (take("-")) {
            return unary().negate();
        }
        if (take("(")) {
            BigDecimal inner = binary(0);
            require(")");
            return inner;
        }
        String word = word();
        if (word.isEmpty()) {
            throw notUnderstood();
        }
        return Character.isDigit(word.charAt(0)) ? number(word) : named(word);
    }

    private BigDecimal number(String word) {
        try {
            return word.startsWith("0x") || word.startsWith("0X")
                    ? new BigDecimal(new BigInteger(word.substring(2), 16))
                    : new BigDecimal(word);
        } catch (NumberFormatException e) {
            throw notUnderstood();
        }
    }

    private BigDecimal named(String word) {
        if (take("(")) {
            return scope.call(word, arguments(")"));
        }
        if (take("[")) {
            return scope.call(word, arguments("]"));
        }
        return scope.value(word)
                .orElseThrow(() -> new Unsupported(
                        word.equals(text)
                                ? "\"" + text + "\" is not understood"
                                : "\"" + word + "\" in \"" + text + "\" is not understood"));
    }

    private List<BigDecimal> arguments(String end) {
        List<BigDecimal> arguments = new ArrayList<>();
        if (take(end)) {
            return arguments;
        }
        do {
            arguments.add(binary(0));
        } while (take(","));
        require(end);
        return arguments;
    }

    private boolean take(String token) {
        skipSpace();
        if (text.startsWith(token, at)) {
            at += token.length();
            return true;
        }
        return false;
    }

    private void require(String token) {
        if (!take(token)) {
            throw notUnderstood();
        }
    }

    private String word() {
        int start = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        return text.substring(start, at);
    }

    private void skipSpace() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }
}
