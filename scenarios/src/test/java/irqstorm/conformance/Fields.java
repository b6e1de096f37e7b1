// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import irqstorm.apic.DeliveryMode;
import irqstorm.apic.InterruptMessage;
import irqstorm.apic.RedirectionEntry;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The fields of redirection entries and messages by the names that cases use. */
final class Fields {
    private static final Pattern TREAT_AS = Pattern.compile(".*treat as (\\w+).*");

    /** The names by which the fields of an entry that software can write, or try to, may be called. */
    static final List<String> NAMES = List.of(
            "value",
            "vector",
            "delivery",
            "delivery_mode",
            "dest_mode",
            "destination_mode",
            "delivery_status",
            "polarity",
            "remote_irr",
            "trigger",
            "trigger_mode",
            "mask",
            "masked",
            "dest",
            "dest_id",
            "destination");

    private Fields() {}

    /** A delivery mode by name or number; what a note in brackets says to treat it as counts. */
    static DeliveryMode delivery(String text, Scope scope) {
        Matcher treatAs = TREAT_AS.matcher(text);
        String name = treatAs.matches() ? treatAs.group(1) : text;
        return switch (name) {
            case "fixed" -> DeliveryMode.FIXED;
            case "lowest", "lowest_priority", "lowpri" -> DeliveryMode.LOWEST_PRIORITY;
            case "smi" -> DeliveryMode.SMI;
            case "nmi" -> DeliveryMode.NMI;
            case "init" -> DeliveryMode.INIT;
            case "startup", "sipi" -> DeliveryMode.STARTUP;
            case "extint" -> DeliveryMode.EXTINT;
            default -> {
                long code = new Expression(name, scope).value().longValue();
                if (code < 0 || code > 7) {
                    throw new Unsupported("delivery mode " + text);
                }
                yield DeliveryMode.of((int) code);
            }
        };
    }

    static String delivery(DeliveryMode mode) {
        return switch (mode) {
            case FIXED -> "fixed";
            case LOWEST_PRIORITY -> "lowest";
            case SMI -> "smi";
            case RESERVED_3 -> "reserved";
            case NMI -> "nmi";
            case INIT -> "init";
            case STARTUP -> "startup";
            case EXTINT -> "extint";
        };
    }

    /** The field {@code name} of a redirection entry, as a case writes it. */
    static JsonNode ofEntry(long entry, String name) {
        return switch (Layout.of(name)) {
            case VECTOR -> Json.number(RedirectionEntry.vector(entry));
            case DELIVERY -> Json.text(delivery(RedirectionEntry.deliveryMode(entry)));
            case DEST_MODE -> Json.text((entry & RedirectionEntry.LOGICAL) != 0 ? "logical" : "physical");
            case TRIGGER -> Json.text(RedirectionEntry.isLevel(entry) ? "level" : "edge");
            case DEST -> Json.number(InterruptMessage.destination(RedirectionEntry.message(entry)) & 0xFF);
            case VALUE -> Json.number(entry);
            case DELIVERY_STATUS, POLARITY, REMOTE_IRR, MASK ->
                Json.number(Layout.of(name).in(entry));
        };
    }

    /** The field {@code name} as a number, from the number, the truth value or the word that a case has. */
    static long number(String name, JsonNode value, Scope scope) {
        String text = value.asString("");
        return switch (text) {
            case "edge", "physical", "active_high", "high", "idle", "unmasked" -> 0;
            case "level", "logical", "active_low", "low", "pending", "masked" -> 1;
            default ->
                Layout.of(name) == Layout.DELIVERY && value.isString()
                        ? delivery(text, scope).code()
                        : Numbers.integer(value, scope);
        };
    }

    /** {@code entry} with the field {@code name} changed. */
    static long with(long entry, String name, JsonNode value, Scope scope) {
        return Layout.of(name).put(entry, number(name, value, scope));
    }

    /** Where a field is in a redirection entry. */
    private enum Layout {
        VECTOR(0, 8),
        DELIVERY(8, 3),
        DEST_MODE(11, 1),
        DELIVERY_STATUS(12, 1),
        POLARITY(13, 1),
        REMOTE_IRR(14, 1),
        TRIGGER(15, 1),
        MASK(16, 1),
        DEST(56, 8),
        VALUE(0, 64);

        private final int shift;
        private final long mask;

        Layout(int shift, int width) {
            this.shift = shift;
            this.mask = width == Long.SIZE ? -1 : (1L << width) - 1;
        }

        static Layout of(String name) {
            return switch (name) {
                case "vector" -> VECTOR;
                case "delivery", "delivery_mode" -> DELIVERY;
                case "dest_mode", "destination_mode" -> DEST_MODE;
                case "delivery_status" -> DELIVERY_STATUS;
                case "polarity" -> POLARITY;
                case "remote_irr" -> REMOTE_IRR;
                case "trigger", "trigger_mode" -> TRIGGER;
                case "mask", "masked" -> MASK;
                case "dest", "dest_id", "destination" -> DEST;
                case "value" -> VALUE;
                default -> throw new Unsupported("redirection entry field " + name);
            };
        }

        long in(long entry) {
            return entry >>> shift & mask;
        }

        long put(long entry, long value) {
            return entry & ~(mask << shift) | (value & mask) << shift;
        }
    }
}
