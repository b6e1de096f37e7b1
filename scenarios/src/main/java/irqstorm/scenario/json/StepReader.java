// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import irqstorm.distribution.Distribution;
import irqstorm.guest.Condition;
import irqstorm.guest.EoiMechanism;
import irqstorm.guest.GuestStep;
import irqstorm.guest.ProgramRole;
import irqstorm.guest.StepKind;
import irqstorm.random.DelayTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads one step of a guest program. */
final class StepReader {
    private static final int ALL_DEVICES = -1;
    private static final String FOREVER = "forever";
    private static final List<String> OPERANDS = List.of("when", "unless", "for", "via", "value", "device");

    private final Function<Distribution, DelayTable> compiler;
    private final List<String> deviceNames;

    /**
     * A reader for a machine with these devices.
     *
     * @param compiler turns distributions into tables
     */
    StepReader(Function<Distribution, DelayTable> compiler, List<String> deviceNames) {
        this.compiler = compiler;
        this.deviceNames = deviceNames;
    }

    GuestStep read(JsonCursor cursor, ProgramRole role) {
        return cursor.readOr(
                GuestStep.of(StepKind.CLI, 0),
                element -> element.readObject(fields -> {
                    StepKind kind = kind(fields, role);
                    int when = conditions(fields, "when");
                    int unless = conditions(fields, "unless");
                    if (kind != StepKind.RUN) {
                        return new GuestStep(kind, operand(kind, fields), null, when, unless);
                    }
                    JsonCursor time = fields.required("for");
                    if (time.kind() == JsonKind.STRING && FOREVER.equals(time.asString())) {
                        return new GuestStep(StepKind.RUN_FOREVER, 0, null, when, unless);
                    }
                    return new GuestStep(StepKind.RUN, 0, compiler.apply(DistributionReader.read(time)), when, unless);
                }));
    }

    /**
     * What a step does.
     *
     * @throws IllegalArgumentException if that cannot be told: then nothing is asked of its other keys
     */
    private static StepKind kind(JsonFields fields, ProgramRole role) {
        int before = fields.problemCount();
        StepKind kind = fields.required("step").asEnum(words(role), ", the steps of program \"" + role.label() + "\"");
        if (fields.problemCount() > before) {
            OPERANDS.forEach(fields::ignore);
            throw new IllegalArgumentException("an unknown step");
        }
        return kind;
    }

    /** The words for the steps of a program; running for ever is a way to run. */
    static Map<String, StepKind> words(ProgramRole role) {
        Map<String, StepKind> words = new LinkedHashMap<>();
        for (StepKind kind : StepKind.values()) {
            if (kind != StepKind.RUN_FOREVER && isAllowed(kind, role)) {
                words.put(kind.label(), kind);
            }
        }
        return words;
    }

    private static boolean isAllowed(StepKind kind, ProgramRole role) {
        return switch (kind) {
            case READ_LVR, WRITE_SPIV, READ_SPIV, WRITE_TPR -> true;
            case RESUME_L2 -> role.handlesExit();
            case HALT -> role == ProgramRole.BACKGROUND;
            default -> role != ProgramRole.BOOT;
        };
    }

    private long operand(StepKind kind, JsonFields fields) {
        return switch (kind) {
            case LAPIC_EOI -> fields.required("via").asEnum(mechanisms()).ordinal();
            case WRITE_SPIV -> fields.required("value").asHexOrLong(0, 0xFFFF_FFFFL);
            case WRITE_TPR -> fields.required("value").asHexOrLong(0, 0xFF);
            case SERVICE -> fields.optional("device").map(this::device).orElse(ALL_DEVICES);
            default -> 0;
        };
    }

    private int device(JsonCursor cursor) {
        Map<String, Integer> words = new LinkedHashMap<>();
        for (int i = 0; i < deviceNames.size(); i++) {
            words.put(deviceNames.get(i), i);
        }
        if (words.isEmpty()) {
            cursor.problem("no device: the machine has none");
            return ALL_DEVICES;
        }
        return cursor.asEnum(words);
    }

    private static Map<String, EoiMechanism> mechanisms() {
        Map<String, EoiMechanism> words = new LinkedHashMap<>();
        for (EoiMechanism mechanism : EoiMechanism.values()) {
            words.put(mechanism.label(), mechanism);
        }
        return words;
    }

    private static int conditions(JsonFields fields, String key) {
        return fields.optional(key)
                .map(cursor ->
                        cursor
                                .readList(1, Condition.values().length, element -> element.asEnum(Condition.class))
                                .stream()
                                .mapToInt(Condition::mask)
                                .reduce(0, (a, b) -> a | b))
                .orElse(0);
    }
}
