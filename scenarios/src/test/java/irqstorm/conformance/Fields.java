// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import irqstorm.apic.DeliveryMode;
import irqstorm.apic.InterruptMessage;
import irqstorm.apic.RedirectionEntry;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The fields of redirection entries and messages by the names that cases use. */
final class Fields {
    private static final Pattern TREAT_AS = Pattern.compile(".*treat as (\\w+).*");

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
        return switch (name) {
            case "vector" -> Json.number(RedirectionEntry.vector(entry));
            case "delivery" -> Json.text(delivery(RedirectionEntry.deliveryMode(entry)));
            case "dest_mode" -> Json.text((entry & RedirectionEntry.LOGICAL) != 0 ? "logical" : "physical");
            case "delivery_status" -> Json.number((entry & RedirectionEntry.DELIVERY_STATUS) != 0 ? 1 : 0);
            case "polarity" -> Json.number((entry & RedirectionEntry.ACTIVE_LOW) != 0 ? 1 : 0);
            case "remote_irr" -> Json.number(RedirectionEntry.hasRemoteIrr(entry) ? 1 : 0);
            case "trigger" -> Json.text(RedirectionEntry.isLevel(entry) ? "level" : "edge");
            case "mask" -> Json.number(RedirectionEntry.isMasked(entry) ? 1 : 0);
            case "dest" ->
                Json.number(InterruptMessage.destination(RedirectionEntry.message(entry)) & 0xFF);
            default -> throw new Unsupported("redirection entry field " + name);
        };
    }

    /** {@code entry} with the field {@code name} changed. */
    static long with(long entry, String name, JsonNode value, Scope scope) {
        return switch (name) {
            case "vector" -> entry & ~0xFFL | Numbers.integer(value, scope) & 0xFF;
            case "delivery" -> entry & ~0x700L | (long) delivery(value.asString(""), scope).code() << 8;
            case "dest_mode" -> bit(entry, RedirectionEntry.LOGICAL, value.asString("").equals("logical"));
            case "polarity" -> bit(entry, RedirectionEntry.ACTIVE_LOW, value.asString("").equals("active_low"));
            case "trigger" -> bit(entry, RedirectionEntry.LEVEL, value.asString("").equals("level"));
            case "mask" -> bit(entry, RedirectionEntry.MASKED, Numbers.integer(value, scope) != 0);
            case "remote_irr" -> bit(entry, RedirectionEntry.REMOTE_IRR, Numbers.integer(value, scope) != 0);
            case "dest" -> entry & ~(0xFFL << 56) | (Numbers.integer(value, scope) & 0xFF) << 56;
            default -> throw new Unsupported("redirection entry field " + name);
        };
    }

    private static long bit(long entry, long bit, boolean on) {
        return on ? entry | bit : entry & ~bit;
    }
}
