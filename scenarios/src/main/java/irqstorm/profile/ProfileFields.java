// SPDX-License-Identifier: Apache-2.0
package irqstorm.profile;

import irqstorm.apic.IoApicProfile;
import irqstorm.apic.IoApicProfile.OnEoiAsserted;
import irqstorm.machine.VmmProfile;
import irqstorm.units.DurationText;
import irqstorm.vmm.LapicModel;
import irqstorm.vmm.SplitRoutes;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The fields of a profile as words, by their dotted paths, in the order of a profile file. */
final class ProfileFields {
    private final Map<String, String> fields = new LinkedHashMap<>();

    private ProfileFields() {}

    /** The fields of {@code profile}. */
    static Map<String, String> of(VmmProfile profile) {
        ProfileFields fields = new ProfileFields();
        fields.addIoApic(profile.ioApic());
        SplitRoutes split = profile.split();
        if (split != null) {
            fields.add("split.eoiExits", split.eoiExits());
            fields.add("split.maskedRoute", split.maskedRoute());
            fields.add("split.vectorZero", split.vectorZero());
        }
        LapicModel lapic = profile.lapic();
        if (lapic != null) {
            fields.add("lapic.place", lapic.place());
            fields.add("lapic.version", String.format("0x%02x", lapic.version()));
            fields.add("lapic.suppression", lapic.suppression());
            fields.add("lapic.broadcasts", lapic.broadcasts());
            fields.add("lapic.illegalVectors", lapic.illegalVectors());
            fields.add("lapic.repeatedVector", lapic.repeatedVector());
        }
        return fields.fields;
    }

    private void addIoApic(IoApicProfile chip) {
        add("version", String.format("0x%02x", chip.version()));
        add("pins", chip.pins());
        add("powerOnEntry", chip.powerOnEntry());
        add("eoiRegister", chip.eoiRegister());
        add("eoiMatch.level", chip.eoiMatch().level());
        add("eoiMatch.remoteIrr", chip.eoiMatch().remoteIrr());
        add("eoiMatch.tmr", chip.eoiMatch().tmr());
        add("eoiMatch.scope", chip.eoiMatch().scope());
        add("broadcast", chip.broadcast());
        addReaction(chip.onEoiAsserted());
        add("resample.on", chip.eventSources().told());
        add("resample.edgeSwitch", chip.eventSources().edgeSwitch());
        add("resample.bypassesChip", chip.eventSources().bypassesChip());
        add("remoteIrrSet", chip.remoteIrrSet());
        add("remoteIrrGates", chip.remoteIrrGates());
        add("rteWrite.remoteIrr", chip.rteWrite().remoteIrr());
        add("rteWrite.edgeSwitchClears", chip.rteWrite().edgeSwitchClears());
        add("rteWrite.reEvaluate", chip.rteWrite().reEvaluate());
        add("rteWrite.oldRouteFirst", chip.rteWrite().oldRouteFirst());
        add("service", chip.service());
        add("levelTriggered", chip.levelTriggered());
        add("maskedLevel", chip.maskedLevel());
        add("maskedEdge", chip.maskedEdge());
        add("level", chip.level());
        add("edge", chip.edge());
        add("polarity", chip.polarity());
        add("line", chip.line());
        add("save.remoteIrr", chip.save().remoteIrr());
        add("save.line", chip.save().line());
        add("save.service", chip.save().service());
    }

    private void addReaction(OnEoiAsserted reaction) {
        if (reaction instanceof OnEoiAsserted.Throttled throttled) {
            String path = "onEoiAsserted.throttled.";
            add(path + "limit", throttled.limit());
            add(path + "delay", DurationText.format(throttled.delayNanos()));
            add(path + "resetOnRteWrite", throttled.resetOnRteWrite());
            add(path + "outlivesVm", throttled.outlivesVm());
        } else if (reaction instanceof OnEoiAsserted.Resample resample) {
            add("onEoiAsserted.resample.latency", DurationText.format(resample.latencyNanos()));
        } else if (reaction instanceof OnEoiAsserted.ImmediateAnyTrigger) {
            add("onEoiAsserted", "immediate-any-trigger");
        } else if (reaction instanceof OnEoiAsserted.Immediate) {
            add("onEoiAsserted", "immediate");
        } else {
            add("onEoiAsserted", reaction instanceof OnEoiAsserted.None ? "none" : "next-service");
        }
    }

    private void add(String path, Object value) {
        String word = value instanceof Enum<?> constant
                ? constant.name().toLowerCase(Locale.ROOT).replace('_', '-')
                : String.valueOf(value);
        fields.put(path, word);
    }
}
