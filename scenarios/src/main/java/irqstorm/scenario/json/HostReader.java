// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import irqstorm.apic.IoApicProfile;
import irqstorm.kvm.IrqchipMode;
import irqstorm.kvm.X2ApicApiFlag;
import irqstorm.machine.VmmProfile;
import irqstorm.vmm.LapicModel;
import irqstorm.vmm.SplitRoutes;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads the part of a profile that says under which irqchip modes it is found, and what surrounds it there. */
final class HostReader {
    private final boolean inKernel;
    private final Optional<SplitRoutes> split;
    private final Optional<LapicModel> lapic;
    private List<X2ApicApiFlag> todaysFlags = List.of();

    HostReader(JsonFields fields) {
        Set<IrqchipMode> hosts = each(
                fields.required("hosts").elements(1, IrqchipMode.values().length),
                host -> host.asEnum(IrqchipMode.class),
                "irqchip mode");
        this.inKernel = hosts.contains(IrqchipMode.KERNEL);
        this.split = part(fields, "split", hosts.contains(IrqchipMode.SPLIT)).map(part -> part.readObject(this::split));
        this.lapic =
                part(fields, "lapic", hosts.contains(IrqchipMode.NONE)).map(part -> part.readObject(HostReader::lapic));
    }

    /** The values of a list, each of which may stand there once. */
    private static <E> Set<E> each(List<JsonCursor> list, Function<JsonCursor, E> reader, String what) {
        Set<E> values = new LinkedHashSet<>();
        for (JsonCursor element : list) {
            if (!values.add(reader.apply(element))) {
                element.problem("each " + what + " once");
            }
        }
        return values;
    }

    /** A part of the profile that is there exactly if the irqchip mode is among the hosts. */
    private static Optional<JsonCursor> part(JsonFields fields, String key, boolean expected) {
        String mode = key.equals("split") ? "split" : "none";
        if (expected) {
            return Optional.of(fields.required(key, "\"" + mode + "\" is among the hosts"));
        }
        fields.optional(key)
                .ifPresent(part -> part.problem("no such key, since \"" + mode + "\" is not among the hosts"));
        return Optional.empty();
    }

    private SplitRoutes split(JsonFields fields) {
        SplitRoutes routes = new SplitRoutes(
                fields.required("eoiExits").asEnum(SplitRoutes.EoiExits.class),
                fields.required("maskedRoute").asEnum(SplitRoutes.MaskedRoute.class),
                fields.required("vectorZero").asEnum(SplitRoutes.VectorZero.class));
        Map<String, X2ApicApiFlag> names = new LinkedHashMap<>();
        for (X2ApicApiFlag flag : X2ApicApiFlag.values()) {
            names.put(flag.name(), flag);
        }
        todaysFlags = List.copyOf(
                each(fields.required("todaysFlags").elements(0, names.size()), flag -> flag.asEnum(names), "flag"));
        return routes;
    }

    private static LapicModel lapic(JsonFields fields) {
        return new LapicModel(
                fields.required("place").asEnum(LapicModel.Place.class),
                (int) fields.required("version").asHexOrLong(0, 0xFF),
                fields.required("suppression").asEnum(LapicModel.Suppression.class),
                fields.required("broadcasts").asEnum(LapicModel.Broadcasts.class),
                fields.required("illegalVectors").asEnum(LapicModel.IllegalVectors.class),
                fields.required("repeatedVector").asEnum(LapicModel.RepeatedVector.class));
    }

    VmmProfile profile(IoApicProfile ioApic) {
        return new VmmProfile(ioApic, inKernel, split.orElse(null), lapic.orElse(null));
    }

    /** The flags that the VMM passes today; empty where it has no split irqchip. */
    List<X2ApicApiFlag> todaysFlags() {
        return todaysFlags;
    }
}
