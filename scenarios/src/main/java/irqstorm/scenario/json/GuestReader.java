// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import irqstorm.distribution.Distribution;
import irqstorm.guest.Condition;
import irqstorm.guest.EoiMechanism;
import irqstorm.guest.Guest;
import irqstorm.guest.Guest.Nested;
import irqstorm.guest.GuestProgram;
import irqstorm.guest.GuestStart;
import irqstorm.guest.GuestStep;
import irqstorm.guest.ProgramRole;
import irqstorm.guest.StepKind;
import irqstorm.random.DelayTable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads what a guest does: how it starts, whether it is nested, and its programs. */
final class GuestReader {
    private static final int ALL_DEVICES = -1;
    private static final String FOREVER = "forever";

    private final Function<Distribution, DelayTable> compiler;
    private final List<String> deviceNames;

    /**
     * A reader for a machine with these devices.
     *
     * @param compiler turns distributions into tables
     */
    GuestReader(Function<Distribution, DelayTable> compiler, List<String> deviceNames) {
        this.compiler = compiler;
        this.deviceNames = deviceNames;
    }

    Guest read(JsonCursor cursor) {
        return cursor.readObject(fields -> {
            Nested nested = fields.optional("nested", Nested.NONE, GuestReader::nested);
            GuestStart start = start(fields.required("start"));
            Map<ProgramRole, GuestProgram> programs = programs(fields.required("programs"), nested);
            return new Guest(nested, start, programs);
        });
    }

    private static Nested nested(JsonCursor cursor) {
        return cursor.readObject(fields -> new Nested(
                true,
                fields.required("externalInterruptExiting").asBoolean(),
                fields.required("acknowledgeOnExit").asBoolean(),
                fields.required("interceptsEoi").asBoolean()));
    }

    private static GuestStart start(JsonCursor cursor) {
        if (cursor.kind() == JsonKind.OBJECT) {
            return cursor.readObject(fields -> fields.required("resumed")
                    .readObject(resumed -> new GuestStart.Resumed(
                            (int) resumed.required("spiv").asHexOrLong(0, 0xFFFF_FFFFL),
                            resumed.required("usesDirectedEoi").asBoolean())));
        }
        return cursor.asEnum(Map.of("fresh", new GuestStart.Fresh()));
    }

    private Map<ProgramRole, GuestProgram> programs(JsonCursor cursor, Nested nested) {
        Map<String, ProgramRole> roles = new LinkedHashMap<>();
        for (ProgramRole role : ProgramRole.values()) {
            roles.put(role.label(), role);
        }
        Map<ProgramRole, GuestProgram> programs = new EnumMap<>(ProgramRole.class);
        cursor.readObject(fields -> {
            roles.forEach((label, role) -> fields.optional(label).ifPresent(program -> {
                if (role.isNestedOnly() && !nested.present()) {
                    program.problem("no such program in a guest that is not nested");
                }
                programs.put(role, program(program, role));
            }));
            if (!programs.containsKey(ProgramRole.BACKGROUND)) {
                fields.required(ProgramRole.BACKGROUND.label());
            }
            return programs;
        });
        requireHypervisorPrograms(cursor, programs, nested);
        return programs;
    }

    private static void requireHypervisorPrograms(
            JsonCursor cursor, Map<ProgramRole, GuestProgram> programs, Nested nested) {
        if (!nested.present()) {
            return;
        }
        for (ProgramRole role : ProgramRole.values()) {
            if (role.handlesExit() && !programs.containsKey(role)) {
                cursor.problem("the program \"" + role.label() + "\", which a nested guest needs");
            }
        }
        boolean letsIn = programs.values().stream()
                .flatMap(program -> program.steps().stream())
                .anyMatch(step -> step.kind() == StepKind.STI);
        if (letsIn && !programs.containsKey(ProgramRole.L1_ON_INTERRUPT)) {
            cursor.problem("the program \"" + ProgramRole.L1_ON_INTERRUPT.label()
                    + "\", since a program lets interrupts in with \"sti\"");
        }
    }

    private GuestProgram program(JsonCursor cursor, ProgramRole role) {
        List<JsonCursor> elements = cursor.elements(0, GuestProgram.MAX_STEPS);
        List<GuestStep> steps = new ArrayList<>();
        for (JsonCursor element : elements) {
            steps.add(step(element, role));
        }
        checkEnd(cursor, steps, role);
        return new GuestProgram(steps);
    }

    /** A program that cannot come to its end, or that never lets time pass, would hang the guest without saying so. */
    private static void checkEnd(JsonCursor cursor, List<GuestStep> steps, ProgramRole role) {
        GuestStep last = steps.isEmpty() ? null : steps.get(steps.size() - 1);
        boolean resumes = last != null && last.kind() == StepKind.RESUME_L2 && last.when() == 0 && last.unless() == 0;
        if (role.handlesExit() && !resumes) {
            cursor.problem("a program that ends with an unconditional \"resume-l2\"");
        }
        boolean takesTime = steps.stream()
                .anyMatch(step -> step.when() == 0
                        && step.unless() == 0
                        && (step.kind() == StepKind.RUN_FOREVER
                                || step.kind() == StepKind.HALT
                                || step.duration() != null && step.duration().minNanos() > 0));
        if (role == ProgramRole.BACKGROUND && !takesTime) {
            cursor.problem("a program with an unconditional \"run\" or \"halt\", because it starts over at its end");
        }
    }

    private GuestStep step(JsonCursor cursor, ProgramRole role) {
        return cursor.readOr(
                GuestStep.of(StepKind.CLI, 0),
                element -> element.readObject(fields -> {
                    JsonCursor word = fields.required("step");
                    StepKind kind = word.asEnum(words());
                    if (!isAllowed(kind, role)) {
                        word.problem("a step that program \"" + role.label() + "\" can do");
                    }
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

    /** The words for steps; running for ever is a way to run. */
    static Map<String, StepKind> words() {
        Map<String, StepKind> words = new LinkedHashMap<>();
        for (StepKind kind : StepKind.values()) {
            if (kind != StepKind.RUN_FOREVER) {
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
