// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.json;

import irqstorm.stats.experiment.Basis;
import irqstorm.stats.experiment.ConfigurationMeasure;
import irqstorm.stats.experiment.Difference;
import irqstorm.stats.experiment.Estimate;
import irqstorm.stats.experiment.MeasureReport;
import irqstorm.stats.experiment.Quantity;
import irqstorm.stats.inference.KaplanMeier;
import irqstorm.stats.inference.MeanInterval;
import irqstorm.stats.inference.Proportion;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** A measurement as a JSON object: what was asked, what each configuration showed, how they differ. */
final class MeasureJson {
    private MeasureJson() {}

    static void write(MeasureReport report, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("scenario", report.scenario());
        json.writeStringProperty("title", report.title());
        json.writeNumberProperty("seed", report.seed());
        json.writeNumberProperty("windowNanos", report.plan().windowNanos());
        json.writeNumberProperty("confidence", MeanInterval.CONFIDENCE);
        NumberJson.nullable("until", report.plan().until(), json);
        json.writeArrayPropertyStart("configurations");
        report.configurations().forEach(configuration -> configuration(configuration, json));
        json.writeEndArray();
        json.writeStringProperty("baseline", report.baseline());
        json.writeArrayPropertyStart("differences");
        report.differences().forEach(difference -> difference(difference, json));
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void configuration(ConfigurationMeasure configuration, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("configuration", configuration.run().configuration());
        json.writeStringProperty("verdict", configuration.run().verdict().name());
        json.writeStringProperty("fingerprint", configuration.run().fingerprint());
        json.writeStringProperty("basis", configuration.basis().name().toLowerCase(Locale.ROOT));
        json.writeNumberProperty(
                "replications", configuration.basis() == Basis.REFUSED ? 0 : configuration.replications());
        json.writeBooleanProperty("precise", configuration.precise());
        if (configuration.basis() != Basis.REFUSED) {
            json.writeName("run");
            RunMeasureJson.write(configuration.measure(), json);
        }
        json.writeArrayPropertyStart("estimates");
        configuration.estimates().forEach(estimate -> estimate(estimate, json));
        json.writeEndArray();
        storms(configuration.storms(), json);
        timeToStorm(configuration.timeToStorm(), json);
        ConfigurationMeasure.SteadyState steady = configuration.steady();
        if (steady != null) {
            json.writeObjectPropertyStart("steadyState");
            json.writeNumberProperty("reached", steady.reached());
            json.writeNumberProperty("longestWarmUpNanos", steady.longestWarmUpNanos());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void estimate(Estimate estimate, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("quantity", estimate.quantity().key());
        json.writeStringProperty("unit", unit(estimate.quantity().unit()));
        interval(estimate.interval(), json);
        json.writeEndObject();
    }

    private static String unit(Quantity.Unit unit) {
        return switch (unit) {
            case PER_SECOND -> "1/s";
            case NUMBER, SHARE -> "1";
            case NANOS -> "ns";
        };
    }

    private static void interval(MeanInterval interval, JsonGenerator json) {
        json.writeNumberProperty("n", interval.n());
        NumberJson.nullable("mean", interval.mean(), json);
        NumberJson.nullable("halfWidth", interval.halfWidth(), json);
    }

    private static void storms(@Nullable Proportion storms, JsonGenerator json) {
        if (storms == null) {
            json.writeNullProperty("storms");
            return;
        }
        json.writeObjectPropertyStart("storms");
        json.writeNumberProperty("replications", storms.n());
        json.writeNumberProperty("withStorm", storms.successes());
        json.writeNumberProperty("lower", storms.lower());
        json.writeNumberProperty("upper", storms.upper());
        NumberJson.nullable("ruleOfThree", storms.successes() == 0 ? storms.ruleOfThree() : null, json);
        json.writeEndObject();
    }

    private static void timeToStorm(@Nullable KaplanMeier times, JsonGenerator json) {
        if (times == null) {
            json.writeNullProperty("timeToStorm");
            return;
        }
        json.writeArrayPropertyStart("timeToStorm");
        for (KaplanMeier.Step step : times.steps()) {
            json.writeStartObject();
            json.writeNumberProperty("timeNanos", step.timeNanos());
            json.writeNumberProperty("atRisk", step.atRisk());
            json.writeNumberProperty("events", step.events());
            json.writeNumberProperty("survival", step.survival());
            json.writeNumberProperty("standardError", step.standardError());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void difference(Difference difference, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("configuration", difference.configuration());
        json.writeStringProperty("quantity", difference.quantity().key());
        json.writeStringProperty("unit", unit(difference.quantity().unit()));
        interval(difference.paired().difference(), json);
        NumberJson.nullable("p", difference.paired().pValue(), json);
        NumberJson.nullable("pHolm", difference.adjusted(), json);
        json.writeEndObject();
    }
}
