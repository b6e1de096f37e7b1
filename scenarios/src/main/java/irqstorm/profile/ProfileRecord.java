// SPDX-License-Identifier: Apache-2.0
package irqstorm.profile;

import irqstorm.kvm.IrqchipMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * All that reports say of a profile, in words and numbers.
 *
 * @param name its name
 * @param irqchips the irqchip modes in which it is found, by their labels
 * @param todaysFlags the flags that the VMM passes to KVM_CAP_X2APIC_API as it is; empty where it is not found under split irqchip
 * @param usedBy who else runs with it
 * @param fields its fields in the order of a profile file
 * @param fingerprint a digest of {@code behaviour}: profiles with the same one behave alike
 * @param behaviour what each micro-scenario does, by its title
 * @param provenance where it was read
 */
public record ProfileRecord(
        String name,
        List<String> irqchips,
        List<String> todaysFlags,
        List<ProfileUser> usedBy,
        List<ReadField> fields,
        String fingerprint,
        Map<String, String> behaviour,
        Provenance provenance) {
    /** Where two profiles have different values; "-" is the value of one that has no such field. */
    public record Difference(String path, String left, String right) {
        static final String ABSENT = "-";
    }

    /** What there is to say of {@code entry}. */
    public static ProfileRecord of(ProfileEntry entry) {
        List<ReadField> fields = new ArrayList<>();
        ProfileFields.of(entry.profile())
                .forEach((path, value) -> fields.add(new ReadField(path, value, entry.confidenceOf(path))));
        BehaviourFingerprint fingerprint =
                BehaviourFingerprint.of(entry.profile().ioApic());
        Map<String, String> behaviour = new LinkedHashMap<>();
        Arrays.stream(MicroScenario.values())
                .forEach(scenario -> behaviour.put(scenario.title(), fingerprint.outcome(scenario)));
        return new ProfileRecord(
                entry.name(),
                entry.profile().hosts().stream().map(IrqchipMode::label).toList(),
                entry.todaysFlags().stream().map(Enum::name).toList(),
                entry.usedBy(),
                List.copyOf(fields),
                fingerprint.digest(),
                behaviour,
                entry.provenance());
    }

    /** The value of the field at {@code path}, or "-" if there is none. */
    public String value(String path) {
        return fields.stream()
                .filter(field -> field.path().equals(path))
                .map(ReadField::value)
                .findFirst()
                .orElse(Difference.ABSENT);
    }

    /** How many fields were read how surely; none for a confidence that no field has. */
    public Map<Confidence, Long> confidences() {
        return fields.stream()
                .collect(Collectors.groupingBy(
                        ReadField::confidence, () -> new EnumMap<>(Confidence.class), Collectors.counting()));
    }

    /** The fields in which this profile and {@code other} differ. */
    public List<Difference> fieldDifferences(ProfileRecord other) {
        List<String> paths =
                new ArrayList<>(fields.stream().map(ReadField::path).toList());
        other.fields.stream()
                .map(ReadField::path)
                .filter(path -> !paths.contains(path))
                .forEach(paths::add);
        return paths.stream()
                .map(path -> new Difference(path, value(path), other.value(path)))
                .filter(difference -> !difference.left().equals(difference.right()))
                .toList();
    }

    /** The micro-scenarios, by their titles, in which this profile and {@code other} do something else. */
    public List<Difference> behaviourDifferences(ProfileRecord other) {
        return behaviour.keySet().stream()
                .map(title -> new Difference(
                        title,
                        behaviour.getOrDefault(title, Difference.ABSENT),
                        other.behaviour.getOrDefault(title, Difference.ABSENT)))
                .filter(difference -> !difference.left().equals(difference.right()))
                .toList();
    }
}
