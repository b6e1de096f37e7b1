// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import irqstorm.kvm.UapiRevision;
import irqstorm.kvm.X2ApicApiFlag;
import irqstorm.machine.MachineConfig.X2ApicApiCall;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the call of KVM_ENABLE_CAP(KVM_CAP_X2APIC_API): flags by name, in the names of the kernel's revision or of the merged one, and
 * when the call is made.
 */
final class FlagReader {
    private static final int MAX_FLAGS = 8;
    private static final long ALL_BITS = 0xFFFF_FFFFL;

    private FlagReader() {}

    static X2ApicApiCall read(JsonCursor cursor, UapiRevision uapi) {
        Map<String, Boolean> moments = new LinkedHashMap<>();
        moments.put("after-irqchip", false);
        moments.put("before-irqchip", true);
        return cursor.readObject(fields -> {
            long flags = args0(fields.required("flags"), uapi);
            return new X2ApicApiCall(flags, fields.optional("when", false, word -> word.asEnum(moments)));
        });
    }

    /** The value of a list of flags. */
    static long args0(JsonCursor cursor, UapiRevision uapi) {
        return cursor.readList(0, MAX_FLAGS, flag -> mask(flag, uapi)).stream().reduce(0L, (a, b) -> a | b);
    }

    /** A flag's value; a number stands for itself, so that unknown bits can be tried. */
    private static long mask(JsonCursor cursor, UapiRevision uapi) {
        String text = cursor.kind() == JsonKind.STRING ? cursor.asString() : "";
        if (cursor.kind() == JsonKind.NUMBER || text.toLowerCase(Locale.ROOT).startsWith("0x")) {
            return cursor.asHexOrLong(0, ALL_BITS);
        }
        return cursor.asEnum(names(uapi), " or a value such as \"0x4\"" + elsewhere(text, uapi));
    }

    private static Map<String, Long> names(UapiRevision uapi) {
        Map<String, Long> names = new LinkedHashMap<>();
        for (X2ApicApiFlag flag : X2ApicApiFlag.values()) {
            names.put(flag.name(), flag.mask());
        }
        uapi.ownNames()
                .forEach(name -> names.put(name, uapi.flag(name).orElseThrow().mask()));
        return names;
    }

    /** Where a name would be right that {@code uapi} does not have. */
    private static String elsewhere(String name, UapiRevision uapi) {
        for (UapiRevision revision : UapiRevision.values()) {
            if (revision != uapi && revision.ownNames().contains(name)) {
                return "; the name found belongs to \"uapi\": \"" + revision.label() + "\"";
            }
        }
        return "";
    }
}
