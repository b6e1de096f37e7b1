// SPDX-License-Identifier: Apache-2.0
package irqstorm.export;

import irqstorm.event.Actor;
import irqstorm.proof.Counterexample;
import irqstorm.proof.Counterexample.Step;
import irqstorm.report.EventText;
import irqstorm.trace.TraceEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A counterexample as a Mermaid sequence diagram: each choice as a note, and an arrow for each event from whoever did its cause. */
public final class CounterexampleDiagram {
    private final EventText words;
    private final Map<Long, Actor> actors = new HashMap<>();
    private final List<String> lines = new ArrayList<>();

    private CounterexampleDiagram(Counterexample example) {
        this.words = new EventText(example.devices(), example.vcpus());
    }

    /** The lines of the diagram. */
    public static List<String> lines(Counterexample example) {
        CounterexampleDiagram diagram = new CounterexampleDiagram(example);
        diagram.lines.addAll(Mermaid.head());
        diagram.step("start", example.boot());
        for (Step step : example.steps()) {
            String remark = step.remark().isEmpty() ? "" : ": " + step.remark();
            diagram.step(step.number() + ". " + step.move() + remark, step.events());
        }
        return diagram.lines;
    }

    private void step(String title, List<TraceEvent> events) {
        lines.add(Mermaid.note(title));
        for (TraceEvent event : events) {
            Actor from = actors.getOrDefault(event.cause(), event.actor());
            lines.add("    " + from.name() + "->>" + event.actor().name() + ": "
                    + Mermaid.escaped(words.of(event.kind(), event.a(), event.b(), event.c())));
            actors.put(event.sequence(), event.actor());
        }
    }
}
