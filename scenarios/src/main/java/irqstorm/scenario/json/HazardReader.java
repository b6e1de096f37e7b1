// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import irqstorm.kvm.IrqchipMode;
import irqstorm.kvm.UapiRevision;
import irqstorm.machine.Hazard;
import irqstorm.machine.Hazard.Deed;
import irqstorm.machine.Hazard.EntryRewrite;
import irqstorm.machine.Hazard.SlotValue;
import irqstorm.machine.Hazard.When;
import irqstorm.machine.Hazards;
import irqstorm.machine.Pin;
import irqstorm.machine.VmmProfile;
import irqstorm.units.DurationText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads what a machine has to live through. */
final class HazardReader {
    private static final String ANY_INVALID = "any-invalid";
    private static final String THROTTLED = "throttled";
    private static final double LEAST_PROBABILITY = 1e-9;

    private final ProfileReader profiles;
    private final IrqchipMode irqchip;
    private final int pinCount;
    private final Optional<List<Pin>> pins;

    /**
     * A reader for a machine of this kind.
     *
     * @param pins the pins that the guest programs, if they could be read
     */
    HazardReader(ProfileReader profiles, IrqchipMode irqchip, int pinCount, Optional<List<Pin>> pins) {
        this.profiles = profiles;
        this.irqchip = irqchip;
        this.pinCount = pinCount;
        this.pins = pins;
    }

    /** Reads the list of hazards. */
    List<Hazard> read(JsonCursor cursor) {
        return cursor.readList(
                0,
                Hazards.MAX_STEPS,
                element -> element.readObject(fields ->
                        hazard(fields, () -> fields.required("at").asDurationNanos(0, DurationText.MAX_NANOS))));
    }

    /** Reads the list of what may happen at any time, or not at all. */
    List<Hazard> readUntimed(JsonCursor cursor) {
        return cursor.readList(0, Hazards.MAX_STEPS, element -> element.readObject(fields -> hazard(fields, () -> 0L)));
    }

    private Hazard hazard(JsonFields fields, Supplier<Long> time) {
        Map<String, Function<JsonFields, Deed>> readers = new LinkedHashMap<>();
        readers.put("change-flags", HazardReader::changeFlags);
        readers.put("corrupt-eoi-slot", HazardReader::corruptEoiSlot);
        readers.put("rewrite-entry", this::rewriteEntry);
        readers.put("change-vector", this::changeVector);
        readers.put("migrate", this::migrate);
        readers.put("destroy-vm", none -> new Deed.DestroyVm());
        int before = fields.problemCount();
        Function<JsonFields, Deed> reader = fields.required("hazard").asEnum(readers);
        if (fields.problemCount() > before) {
            List.of("at", "while", "flags", "value", "probability", "gsi", "how", "vector", "to")
                    .forEach(fields::ignore);
            throw new IllegalArgumentException("an unknown hazard");
        }
        long at = time.get();
        When when = fields.optional("while", new When.AtOnce(), this::when);
        return new Hazard(at, when, reader.apply(fields));
    }

    private When when(JsonCursor cursor) {
        if (cursor.kind() == JsonKind.OBJECT) {
            return cursor.readObject(fields -> new When.InService(gsi(fields.required("inService"))));
        }
        if (cursor.kind() != JsonKind.STRING || !THROTTLED.equals(cursor.asString())) {
            cursor.problem("\"" + THROTTLED + "\", or an object with the key \"inService\"");
        }
        return new When.Throttled();
    }

    private static Deed changeFlags(JsonFields fields) {
        return new Deed.ChangeFlags(FlagReader.args0(fields.required("flags"), UapiRevision.MERGED));
    }

    private static Deed corruptEoiSlot(JsonFields fields) {
        SlotValue value = fields.required("value").readOr(new SlotValue.AnyInvalid(), HazardReader::slotValue);
        return fields.optional("probability")
                .map(cursor -> (Deed) new Deed.CorruptEoiSlots(value, perBillion(cursor)))
                .orElseGet(() -> new Deed.CorruptEoiSlot(value));
    }

    private static SlotValue slotValue(JsonCursor cursor) {
        return cursor.kind() == JsonKind.STRING
                ? cursor.asEnum(Map.of(ANY_INVALID, new SlotValue.AnyInvalid()), ", or a 32-bit integer")
                : new SlotValue.Fixed(cursor.asInt(Integer.MIN_VALUE, Integer.MAX_VALUE));
    }

    private static int perBillion(JsonCursor cursor) {
        double probability = cursor.asNumber();
        if (probability < LEAST_PROBABILITY || probability > 1) {
            cursor.problem("a probability from 1e-9 to 1");
            return Deed.CorruptEoiSlots.CERTAIN;
        }
        return (int) Math.round(probability * Deed.CorruptEoiSlots.CERTAIN);
    }

    private Deed rewriteEntry(JsonFields fields) {
        return new Deed.RewriteEntry(
                gsi(fields.required("gsi")), fields.required("how").asEnum(EntryRewrite.class));
    }

    private Deed changeVector(JsonFields fields) {
        return new Deed.ChangeVector(gsi(fields.required("gsi")), PinReader.vector(fields.required("vector")));
    }

    private Deed migrate(JsonFields fields) {
        return new Deed.Migrate(fields.required("to").readObject(to -> {
            UapiRevision uapi = to.optional("uapi", UapiRevision.MERGED, word -> word.asEnum(UapiRevision.class));
            long args0 = to.optional("flags", 0L, flags -> FlagReader.args0(flags, uapi));
            boolean goesOn = to.optional("goesOnIfRefused", false, JsonCursor::asBoolean);
            return new Hazard.Destination(
                    uapi, args0, goesOn, to.optional("ioApic").map(this::ioApic).orElse(null));
        }));
    }

    private @Nullable VmmProfile ioApic(JsonCursor cursor) {
        VmmProfile profile = profiles.choice(cursor);
        if (irqchip != IrqchipMode.SPLIT) {
            cursor.problem("no other I/O APIC, since the irqchip is not split");
        } else if (!profile.isFoundUnder(irqchip)) {
            cursor.problem("a profile that is found under irqchip " + irqchip.label());
        } else if (profile.ioApic().pins() != pinCount) {
            cursor.problem("a profile with " + pinCount + " pins, as the machine has");
        } else {
            return profile;
        }
        return null;
    }

    private int gsi(JsonCursor cursor) {
        int before = cursor.problemCount();
        int gsi = cursor.asInt(0, pinCount - 1);
        if (cursor.problemCount() == before && pins.isPresent()) {
            List<Integer> programmed = pins.get().stream().map(Pin::gsi).toList();
            if (!programmed.contains(gsi)) {
                cursor.problem(DeviceWiring.programmed(pins.get()));
            }
        }
        return gsi;
    }
}
