// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import irqstorm.apic.LapicRegister;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names that cases use for local APIC registers. */
final class RegisterNames {
    private static final Pattern ARRAY = Pattern.compile("(ISR|TMR|IRR)\\[?(\\d)?\\]?");

    private static final Map<String, LapicRegister> NAMES = Map.ofEntries(
            Map.entry("LVTT", LapicRegister.LVT_TIMER),
            Map.entry("LVT0", LapicRegister.LVT_LINT0),
            Map.entry("LVT1", LapicRegister.LVT_LINT1),
            Map.entry("LVTPC", LapicRegister.LVT_PERFORMANCE),
            Map.entry("LVTTHMR", LapicRegister.LVT_THERMAL),
            Map.entry("LVTERR", LapicRegister.LVT_ERROR),
            Map.entry("LVTCMCI", LapicRegister.LVT_CMCI),
            Map.entry("TMICT", LapicRegister.TIMER_INITIAL),
            Map.entry("TMCCT", LapicRegister.TIMER_CURRENT),
            Map.entry("TDCR", LapicRegister.TIMER_DIVIDE),
            Map.entry("LVT_PERF", LapicRegister.LVT_PERFORMANCE),
            Map.entry("LVT_PMC", LapicRegister.LVT_PERFORMANCE),
            Map.entry("LVT_CMCI", LapicRegister.LVT_CMCI),
            Map.entry("CMCI", LapicRegister.LVT_CMCI),
            Map.entry("ICR_LOW", LapicRegister.ICR),
            Map.entry("ICR_LO", LapicRegister.ICR),
            Map.entry("ICR1", LapicRegister.ICR),
            Map.entry("ICR_HIGH", LapicRegister.ICR2),
            Map.entry("ICR_HI", LapicRegister.ICR2),
            Map.entry("VERSION", LapicRegister.LVR),
            Map.entry("SVR", LapicRegister.SPIV),
            Map.entry("TASKPRI", LapicRegister.TPR),
            Map.entry("PROCPRI", LapicRegister.PPR));

    private RegisterNames() {}

    /** The names that are not those of the model's registers. */
    static Set<String> spellings() {
        return new TreeSet<>(NAMES.keySet());
    }

    static LapicRegister register(String spelling) {
        String name = spelling.startsWith("APIC_") ? spelling.substring("APIC_".length()) : spelling;
        LapicRegister known = NAMES.get(name);
        if (known != null) {
            return known;
        }
        try {
            return LapicRegister.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new Unsupported("local APIC register \"" + name + "\"");
        }
    }

    /** The offset in the xAPIC page; {@code IRR3} is the fourth of eight. */
    static int offset(String name) {
        Matcher array = ARRAY.matcher(name);
        if (array.matches()) {
            int index = array.group(2) == null ? 0 : Integer.parseInt(array.group(2));
            return LapicRegister.valueOf(array.group(1)).offset() + (index << 4);
        }
        if (Character.isDigit(name.charAt(0))) {
            return Integer.decode(name);
        }
        return register(name).offset();
    }
}
