// SPDX-License-Identifier: Apache-2.0
package irqstorm.explore;

import irqstorm.check.Violation;
import irqstorm.explore.Exploration.Found;
import irqstorm.explore.Exploration.Outcome;
import irqstorm.kvm.IrqchipMode;
import irqstorm.machine.MachineConfig;
import irqstorm.machine.Move;
import irqstorm.machine.VmmProfile;
import irqstorm.profile.ProfileEntry;
import irqstorm.scenario.ProfileLibrary;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What the explorer finds in the profiles of VMMs as they are, as lines of a page. */
final class VmmFindings {
    private static final List<String> DETAILED = List.of(
            "qemu-ioapic-0x20",
            "crosvm",
            "crosvm-userspace",
            "openvmm",
            "cloud-hypervisor",
            "libkrun-kvm-split",
            "dragonball",
            "alioth");

    private VmmFindings() {}

    /** One row for each profile and irqchip, and then the violations of those profiles that were asked about. */
    static List<String> lines() {
        List<String> table = new ArrayList<>();
        List<String> details = new ArrayList<>();
        table.add("| profile | irqchip | "
                + Arrays.stream(VmmCase.values()).map(VmmCase::title).collect(Collectors.joining(" | ")) + " |");
        table.add("|---|---" + "|---".repeat(VmmCase.values().length) + "|");
        for (ProfileEntry entry : ProfileLibrary.all()) {
            for (IrqchipMode irqchip : List.of(IrqchipMode.SPLIT, IrqchipMode.NONE)) {
                if (entry.profile().isFoundUnder(irqchip)) {
                    table.add(row(entry, irqchip, details));
                }
            }
        }
        table.add("");
        table.addAll(details);
        return table;
    }

    private static String row(ProfileEntry entry, IrqchipMode irqchip, List<String> details) {
        StringBuilder row = new StringBuilder("| " + entry.name() + " | " + irqchip.label() + " |");
        for (VmmCase one : VmmCase.values()) {
            long args0 = irqchip == IrqchipMode.SPLIT ? entry.todaysArgs0() : 0;
            Exploration exploration = one.explore(entry.profile(), irqchip, args0);
            List<String> cell = new ArrayList<>();
            for (Found found : exploration.violations()) {
                cell.add(found.violation() + " " + found.path().size());
                if (DETAILED.contains(entry.name()) && one != VmmCase.EARLY) {
                    details.add(detail(entry, irqchip, one, args0, found));
                }
            }
            row.append(' ').append(cell(exploration, cell)).append(" |");
        }
        return row.toString();
    }

    /** What was found; an ellipsis stands for what the bounds left out. */
    private static String cell(Exploration exploration, List<String> violations) {
        boolean whole = exploration.outcome() == Outcome.EXHAUSTED || exploration.states() < VmmCase.BOUNDS.maxStates();
        List<String> words = new ArrayList<>(violations);
        if (!whole) {
            words.add("…");
        } else if (violations.isEmpty()) {
            words.add("holds");
        }
        return String.join(", ", words);
    }

    private static String detail(ProfileEntry entry, IrqchipMode irqchip, VmmCase one, long args0, Found found) {
        MachineConfig config = one.on(entry.profile(), irqchip, args0);
        return "- **" + entry.name() + "**, " + irqchip.label() + ", " + one.title() + ": " + found.violation()
                + ". By " + fields(entry, irqchip, one, args0, found.violation()) + ". " + events(config, found.path())
                + ".";
    }

    private static String events(MachineConfig config, List<Move> path) {
        List<String> events = new ArrayList<>();
        int same = 1;
        for (int i = 0; i < path.size(); i++) {
            String label = path.get(i).label(config);
            if (i + 1 < path.size() && path.get(i + 1).label(config).equals(label)) {
                same++;
            } else {
                events.add("`" + label + "`" + (same > 1 ? " ×" + same : ""));
                same = 1;
            }
        }
        return String.join(", ", events);
    }

    /**
     * The fields of which each alone, with QEMU's value instead, makes the violation go away; if there is none, the pairs of fields that
     * do so together.
     */
    private static String fields(
            ProfileEntry entry, IrqchipMode irqchip, VmmCase one, long args0, Violation violation) {
        VmmProfile other = ProfileLibrary.find(irqchip == IrqchipMode.SPLIT ? "qemu-ioapic-0x20" : "qemu-tcg")
                .orElseThrow()
                .profile();
        List<String> fields = new ArrayList<>();
        for (Swap swap : swaps(entry.profile(), other)) {
            if (!shows(one, swap.profile(), irqchip, args0, violation)) {
                fields.add(name(entry, swap));
            }
        }
        if (!fields.isEmpty()) {
            return String.join(" or ", fields);
        }
        if (shows(one, other, irqchip, args0, violation)) {
            return "what QEMU's profile has too";
        }
        List<Swap> firsts = swaps(entry.profile(), other);
        for (int i = 0; i < firsts.size(); i++) {
            List<Swap> seconds = swaps(firsts.get(i).profile(), other);
            for (Swap second : seconds.subList(i + 1, seconds.size())) {
                if (!shows(one, second.profile(), irqchip, args0, violation)) {
                    fields.add(name(entry, firsts.get(i)) + " with " + name(entry, second));
                }
            }
        }
        return fields.isEmpty() ? "more than two fields" : String.join(" or ", fields);
    }

    private static String name(ProfileEntry entry, Swap swap) {
        return "`" + swap.field() + "` (" + entry.confidenceOf(swap.field()).label() + ")";
    }

    private static boolean shows(
            VmmCase one, VmmProfile profile, IrqchipMode irqchip, long args0, Violation violation) {
        return one.explore(profile, irqchip, args0).violations().stream()
                .anyMatch(found -> found.violation() == violation);
    }

    /** A profile with one field of another one. */
    private record Swap(String field, VmmProfile profile) {}

    private static List<Swap> swaps(VmmProfile own, VmmProfile other) {
        List<Swap> swaps = new ArrayList<>();
        for (RecordComponent axis : own.ioApic().getClass().getRecordComponents()) {
            String field = axis.getName().equals("eventSources") ? "resample" : axis.getName();
            if (!List.of("name", "pins").contains(field)) {
                swaps.add(new Swap(field, own.withIoApic(with(own.ioApic(), other.ioApic(), axis))));
            }
        }
        if (own.split() != null && other.split() != null) {
            for (RecordComponent axis : own.split().getClass().getRecordComponents()) {
                swaps.add(new Swap(
                        "split." + axis.getName(),
                        new VmmProfile(
                                own.ioApic(), own.inKernel(), with(own.split(), other.split(), axis), own.lapic())));
            }
        }
        if (own.lapic() != null && other.lapic() != null) {
            for (RecordComponent axis : own.lapic().getClass().getRecordComponents()) {
                swaps.add(new Swap(
                        "lapic." + axis.getName(),
                        new VmmProfile(
                                own.ioApic(), own.inKernel(), own.split(), with(own.lapic(), other.lapic(), axis))));
            }
        }
        return swaps;
    }

    @SuppressWarnings("unchecked")
    private static <T extends Record> T with(T own, T other, RecordComponent changed) {
        RecordComponent[] axes = own.getClass().getRecordComponents();
        Class<?>[] types = Arrays.stream(axes).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = new Object[axes.length];
        try {
            for (int i = 0; i < axes.length; i++) {
                values[i] = axes[i].getAccessor().invoke(axes[i].getName().equals(changed.getName()) ? other : own);
            }
            return (T) own.getClass().getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
