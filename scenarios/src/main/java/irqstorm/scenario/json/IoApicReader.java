// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import irqstorm.apic.IoApicProfile;
import irqstorm.apic.IoApicProfile.Broadcast;
import irqstorm.apic.IoApicProfile.Edge;
import irqstorm.apic.IoApicProfile.EoiMatch;
import irqstorm.apic.IoApicProfile.EoiRegister;
import irqstorm.apic.IoApicProfile.EventSources;
import irqstorm.apic.IoApicProfile.Level;
import irqstorm.apic.IoApicProfile.LevelTriggered;
import irqstorm.apic.IoApicProfile.LineModel;
import irqstorm.apic.IoApicProfile.MaskedEdge;
import irqstorm.apic.IoApicProfile.MaskedLevel;
import irqstorm.apic.IoApicProfile.OnEoiAsserted;
import irqstorm.apic.IoApicProfile.Polarity;
import irqstorm.apic.IoApicProfile.PowerOnEntry;
import irqstorm.apic.IoApicProfile.RemoteIrrGates;
import irqstorm.apic.IoApicProfile.RemoteIrrSet;
import irqstorm.apic.IoApicProfile.RteWrite;
import irqstorm.apic.IoApicProfile.Save;
import irqstorm.apic.IoApicProfile.Service;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Reads the part of a profile that is the I/O APIC itself. */
final class IoApicReader {
    private static final int MAX_LIMIT = 1_000_000_000;
    private static final int MAX_NAME = 1000;

    private IoApicReader() {}

    static IoApicProfile read(JsonFields fields) {
        return new IoApicProfile(
                fields.required("name").asName(MAX_NAME),
                (int) fields.required("version").asHexOrLong(0, 0xFF),
                fields.required("pins").asInt(1, IoApicProfile.MAX_PINS),
                fields.required("powerOnEntry").asEnum(PowerOnEntry.class),
                fields.required("eoiRegister").asEnum(EoiRegister.class),
                fields.required("eoiMatch").readObject(IoApicReader::eoiMatch),
                fields.required("broadcast").asEnum(Broadcast.class),
                onEoiAsserted(fields.required("onEoiAsserted")),
                fields.required("resample").readObject(IoApicReader::eventSources),
                fields.required("remoteIrrSet").asEnum(RemoteIrrSet.class),
                fields.required("remoteIrrGates").asEnum(RemoteIrrGates.class),
                fields.required("rteWrite").readObject(IoApicReader::rteWrite),
                fields.required("service").asEnum(Service.class),
                fields.required("levelTriggered").asEnum(LevelTriggered.class),
                fields.required("maskedLevel").asEnum(MaskedLevel.class),
                fields.required("maskedEdge").asEnum(MaskedEdge.class),
                fields.required("level").asEnum(Level.class),
                fields.required("edge").asEnum(Edge.class),
                fields.required("polarity").asEnum(Polarity.class),
                fields.required("line").asEnum(LineModel.class),
                fields.required("save").readObject(IoApicReader::save));
    }

    private static EoiMatch eoiMatch(JsonFields fields) {
        return new EoiMatch(
                fields.required("level").asBoolean(),
                fields.required("remoteIrr").asBoolean(),
                fields.required("tmr").asBoolean(),
                fields.required("scope").asEnum(EoiMatch.Scope.class));
    }

    /** A word for the reactions without parameters, an object with one key for the others. */
    private static OnEoiAsserted onEoiAsserted(JsonCursor cursor) {
        if (cursor.kind() == JsonKind.OBJECT) {
            Map<String, Function<JsonCursor, OnEoiAsserted>> readers = new LinkedHashMap<>();
            readers.put("throttled", throttled -> throttled.readObject(IoApicReader::throttled));
            readers.put(
                    "resample",
                    resample -> resample.readObject(fields -> new OnEoiAsserted.Resample(
                            fields.required("latency").asDurationNanos())));
            return cursor.readObject(fields -> fields.exactlyOne(readers));
        }
        Map<String, OnEoiAsserted> words = new LinkedHashMap<>();
        words.put("none", new OnEoiAsserted.None());
        words.put("immediate", new OnEoiAsserted.Immediate());
        words.put("immediate-any-trigger", new OnEoiAsserted.ImmediateAnyTrigger());
        words.put("next-service", new OnEoiAsserted.NextService());
        return cursor.asEnum(words, ", or an object with the key \"throttled\" or \"resample\"");
    }

    private static OnEoiAsserted throttled(JsonFields fields) {
        return new OnEoiAsserted.Throttled(
                fields.required("limit").asInt(1, MAX_LIMIT),
                fields.required("delay").asDurationNanos(),
                fields.required("resetOnRteWrite").asBoolean(),
                fields.required("outlivesVm").asBoolean());
    }

    private static EventSources eventSources(JsonFields fields) {
        return new EventSources(
                fields.required("on").asEnum(EventSources.Told.class),
                fields.required("edgeSwitch").asBoolean(),
                fields.required("bypassesChip").asBoolean());
    }

    private static RteWrite rteWrite(JsonFields fields) {
        return new RteWrite(
                fields.required("remoteIrr").asEnum(RteWrite.RemoteIrrOnWrite.class),
                fields.required("edgeSwitchClears").asBoolean(),
                fields.required("reEvaluate").asEnum(RteWrite.ReEvaluate.class),
                fields.required("oldRouteFirst").asBoolean());
    }

    private static Save save(JsonFields fields) {
        return new Save(
                fields.required("remoteIrr").asBoolean(),
                fields.required("line").asBoolean(),
                fields.required("service").asBoolean());
    }
}
