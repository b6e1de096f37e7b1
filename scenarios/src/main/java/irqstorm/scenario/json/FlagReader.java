// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import irqstorm.kvm.UapiRevision;
import irqstorm.kvm.X2ApicApiFlag;
import irqstorm.machine.MachineConfig.X2ApicApiCall;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads the call of KVM_ENABLE_CAP(KVM_CAP_X2APIC_API): flags by name, in the names of the kernel's revision or of the merged one, and
 * when the call is made.
 */
final class FlagReader {
    private static final int MAX_FLAGS = 8;

    private FlagReader() {}

    static X2ApicApiCall read(JsonCursor cursor, UapiRevision uapi) {
        Map<String, Boolean> moments = new LinkedHashMap<>();
        moments.put("after-irqchip", false);
        moments.put("before-irqchip", true);
        return cursor.readObject(fields -> {
            long flags = fields.required("flags").readList(0, MAX_FLAGS, flag -> mask(flag, uapi)).stream()
                    .reduce(0L, (a, b) -> a | b);
            return new X2ApicApiCall(flags, fields.optional("when", false, word -> word.asEnum(moments)));
        });
    }

    /** A flag's value; a number stands for itself, so that unknown bits can be tried. */
    private static long mask(JsonCursor cursor, UapiRevision uapi) {
        String text = cursor.kind() == JsonKind.STRING ? cursor.asString() : "";
        if (cursor.kind() != JsonKind.STRING || text.startsWith("0x")) {
            return cursor.asHexOrLong(0, 0xFFFF_FFFFL);
        }
        return uapi.flag(text).map(X2ApicApiFlag::mask).orElseGet(() -> {
            Map<String, Long> words = new LinkedHashMap<>();
            uapi.ownNames().forEach(name -> words.put(name, 0L));
            Arrays.stream(X2ApicApiFlag.values()).forEach(flag -> words.put(flag.name(), flag.mask()));
            return cursor.asEnum(words);
        });
    }
}
