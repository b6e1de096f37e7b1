// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import irqstorm.stats.experiment.Basis;
import irqstorm.stats.experiment.ConfigurationMeasure;
import irqstorm.stats.experiment.Difference;
import irqstorm.stats.experiment.Estimate;
import irqstorm.stats.experiment.MeasureReport;
import irqstorm.stats.experiment.Quantity;
import irqstorm.stats.inference.MeanInterval;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What was estimated for the configurations whose replications differ.
 *
 * @param quantities the quantities of which there is an estimate
 * @param rows the configurations
 */
public record ReplicationTable(List<Quantity> quantities, List<Row> rows) {
    /** Keeps its own copies. */
    public ReplicationTable {
        quantities = List.copyOf(quantities);
        rows = List.copyOf(rows);
    }

    /**
     * A configuration.
     *
     * @param name its name
     * @param cells the estimate of each quantity
     */
    public record Row(String name, List<String> cells) {
        /** Keeps its own copy. */
        public Row {
            cells = List.copyOf(cells);
        }
    }

    /** The mean of each quantity with its interval. */
    public static ReplicationTable means(MeasureReport report) {
        List<ConfigurationMeasure> replicated = report.configurations().stream()
                .filter(configuration -> configuration.basis() == Basis.REPLICATED)
                .toList();
        List<Quantity> quantities = Arrays.stream(Quantity.values())
                .filter(quantity -> replicated.stream()
                        .flatMap(configuration -> configuration.estimates().stream())
                        .anyMatch(estimate -> estimate.quantity() == quantity))
                .toList();
        return new ReplicationTable(
                quantities,
                replicated.stream()
                        .map(configuration -> new Row(
                                Overview.name(configuration.run()),
                                quantities.stream()
                                        .map(quantity -> cell(configuration, quantity))
                                        .toList()))
                        .toList());
    }

    /** How the others differ from the first one, with the interval of the difference and Holm's p-value. */
    public static ReplicationTable differences(MeasureReport report) {
        List<Quantity> quantities = report.differences().stream()
                .map(Difference::quantity)
                .distinct()
                .toList();
        Map<String, List<Difference>> rows = report.differences().stream()
                .collect(Collectors.groupingBy(Difference::configuration, LinkedHashMap::new, Collectors.toList()));
        return new ReplicationTable(
                quantities,
                rows.entrySet().stream()
                        .map(row -> new Row(
                                row.getKey(),
                                quantities.stream()
                                        .map(quantity -> difference(row.getValue(), quantity))
                                        .toList()))
                        .toList());
    }

    private static String difference(List<Difference> differences, Quantity quantity) {
        return differences.stream()
                .filter(difference -> difference.quantity() == quantity)
                .findFirst()
                .map(ReplicationTable::words)
                .orElse(Figures.NONE);
    }

    private static String words(Difference difference) {
        Quantity.Unit unit = difference.quantity().unit();
        MeanInterval interval = difference.paired().difference();
        String mean = QuantityFigures.difference(interval.mean(), unit);
        if (!interval.hasInterval()) {
            return mean;
        }
        String p = QuantityFigures.pValue(difference.adjusted());
        return mean + " ± " + QuantityFigures.halfWidth(interval, unit) + ", p " + (p.startsWith("<") ? p : "= " + p);
    }

    private static String cell(ConfigurationMeasure configuration, Quantity quantity) {
        return configuration.estimates().stream()
                .filter(estimate -> estimate.quantity() == quantity)
                .findFirst()
                .map(estimate -> words(estimate, configuration.replications()))
                .orElse(Figures.NONE);
    }

    private static String words(Estimate estimate, int replications) {
        Quantity.Unit unit = estimate.quantity().unit();
        String mean = QuantityFigures.value(estimate.interval().mean(), unit);
        String interval =
                estimate.interval().hasInterval() ? " ± " + QuantityFigures.halfWidth(estimate.interval(), unit) : "";
        return mean
                + interval
                + (estimate.interval().n() == replications
                        ? ""
                        : " (n = " + Figures.count(estimate.interval().n()) + ")");
    }
}
