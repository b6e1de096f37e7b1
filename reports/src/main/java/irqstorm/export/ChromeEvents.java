// SPDX-License-Identifier: Apache-2.0
package irqstorm.export;

import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/** Writes the Trace Event Format, an event a line, with times in microseconds and three decimals. */
final class ChromeEvents {
    /** An arrow begins. */
    static final String FLOW_START = "s";
    /** An arrow ends. */
    static final String FLOW_END = "f";

    private static final int NANO_DECIMALS = 3;

    /** Tracks have numbers that differ between groups as well, since thread IDs do. */
    private static final int TRACKS = 1_000_000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    private static final String CATEGORY = "interrupt";

    private final JsonGenerator json;

    /** The name of the slice that is open on each track. */
    private final Map<Integer, String> open = new HashMap<>();

    ChromeEvents(OutputStream target) {
        this.json = FACTORY.createGenerator(new ObjectWriteContext.Base(), target);
        json.writeStartObject();
        json.writeStringProperty("displayTimeUnit", "ns");
        json.writeArrayPropertyStart("traceEvents");
    }

    /** Names the group of tracks {@code process}. */
    void process(int process, String name) {
        open("M", process, 0, "process_name");
        argument(name);
    }

    /** Names a track. */
    void thread(int process, int track, String name) {
        open("M", process, track, "thread_name");
        argument(name);
    }

    private void argument(String name) {
        json.writeObjectPropertyStart("args");
        json.writeStringProperty("name", name);
        json.writeEndObject();
        close();
    }

    /** Begins a slice. */
    void begin(int process, int track, long timeNanos, String name) {
        open.put(trackNumber(process, track), name);
        open("B", process, track, name);
        time(timeNanos);
        close();
    }

    /** Ends the slice that is open on the track; some readers pair the two by their names. */
    void end(int process, int track, long timeNanos) {
        String name = open.remove(trackNumber(process, track));
        open("E", process, track, name == null ? "" : name);
        time(timeNanos);
        close();
    }

    /** Something that takes no time. */
    void instant(int process, int track, long timeNanos, String name) {
        open("i", process, track, name);
        time(timeNanos);
        json.writeStringProperty("s", "t");
        close();
    }

    /** An end of an arrow, at the slice that is open on the track; both ends have the same {@code id}. */
    void flow(String phase, int process, int track, long timeNanos, long id) {
        open(phase, process, track, "interrupt");
        time(timeNanos);
        json.writeNumberProperty("id", id);
        if (phase.equals(FLOW_END)) {
            json.writeStringProperty("bp", "e");
        }
        close();
    }

    /** The value of a counter from now on. */
    void counter(int process, long timeNanos, String name, long value) {
        open("C", process, 0, name);
        time(timeNanos);
        json.writeObjectPropertyStart("args");
        json.writeNumberProperty("value", value);
        json.writeEndObject();
        close();
    }

    private void open(String phase, int process, int track, String name) {
        json.writeStartObject();
        json.writeStringProperty("ph", phase);
        json.writeStringProperty("name", name);
        json.writeStringProperty("cat", CATEGORY);
        json.writeNumberProperty("pid", process);
        json.writeNumberProperty("tid", trackNumber(process, track));
    }

    private static int trackNumber(int process, int track) {
        return track == 0 ? 0 : process * TRACKS + track;
    }

    private void time(long timeNanos) {
        json.writeNumberProperty("ts", BigDecimal.valueOf(timeNanos, NANO_DECIMALS));
    }

    private void close() {
        json.writeEndObject();
        json.writeRaw('\n');
    }

    /** Ends the document. */
    void finish() {
        json.writeEndArray();
        json.writeEndObject();
        json.writeRaw('\n');
        json.close();
    }
}
