// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import irqstorm.distribution.Distribution;
import irqstorm.guest.Guest;
import irqstorm.guest.Guest.Nested;
import irqstorm.guest.GuestProgram;
import irqstorm.guest.GuestStart;
import irqstorm.guest.ProgramRole;
import irqstorm.guest.StepKind;
import irqstorm.random.DelayTable;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads what a guest does: how it starts, whether it is nested, and its programs. */
final class GuestReader {
    private final ProgramReader programReader;

    /**
     * A reader for a machine with these devices.
     *
     * @param compiler turns distributions into tables
     */
    GuestReader(Function<Distribution, DelayTable> compiler, List<String> deviceNames) {
        this.programReader = new ProgramReader(new StepReader(compiler, deviceNames));
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
        return cursor.asEnum(Map.of("fresh", new GuestStart.Fresh()), ", or an object with the key \"resumed\"");
    }

    private Map<ProgramRole, GuestProgram> programs(JsonCursor cursor, Nested nested) {
        Map<ProgramRole, GuestProgram> programs = new EnumMap<>(ProgramRole.class);
        return cursor.readObject(fields -> {
            for (ProgramRole role : ProgramRole.values()) {
                fields.optional(role.label()).ifPresent(program -> {
                    if (role.isNestedOnly() && !nested.present()) {
                        program.problem("no such program, because the guest is not \"nested\"");
                    }
                    programs.put(role, programReader.read(program, role));
                });
            }
            fields.required(ProgramRole.BACKGROUND.label());
            if (nested.present()) {
                requireHypervisorPrograms(fields, programs);
            }
            return programs;
        });
    }

    private static void requireHypervisorPrograms(JsonFields fields, Map<ProgramRole, GuestProgram> programs) {
        for (ProgramRole role : ProgramRole.values()) {
            if (role.handlesExit()) {
                fields.required(role.label(), "a nested guest needs it");
            }
        }
        boolean letsIn = programs.values().stream()
                .flatMap(program -> program.steps().stream())
                .anyMatch(step -> step.kind() == StepKind.STI);
        if (letsIn) {
            fields.required(ProgramRole.L1_ON_INTERRUPT.label(), "a program lets interrupts in with \"sti\"");
        }
    }
}
