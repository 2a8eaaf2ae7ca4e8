package io.gantry.component;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// A counter of Prometheus, or a gauge of whole numbers, with labels. Thread-safe.
public final class Counts {
    private final String name;
    private final String type;
    private final List<String> labels;
    private final Map<List<String>, LongAdder> series = new ConcurrentHashMap<>();

    private Counts(String name, String type, List<String> labels) {
        this.name = name;
        this.type = type;
        this.labels = List.copyOf(labels);
    }

    public static Counts counter(String name, String... labels) {
        return new Counts(name, "counter", List.of(labels));
    }

    public static Counts gauge(String name, String... labels) {
        return new Counts(name, "gauge", List.of(labels));
    }

    /// The series of these labels' values.
    public LongAdder of(String... values) {
        return series.computeIfAbsent(List.of(values), key -> new LongAdder());
    }

    /// One gauge that is asked now, in Prometheus' text format.
    ///
    /// @param labels `name="value",…`, may be empty
    public static String gaugeNow(String name, String labels, double value) {
        return "# TYPE " + name + " gauge\n" + name + (labels.isEmpty() ? "" : "{" + labels + "}") + " " + value + "\n";
    }

    /// One line of Prometheus' text format.
    public static String line(String name, List<String> labels, List<String> values, double value) {
        return name + "{" + labels(labels, values) + "} " + value + "\n";
    }

    /// Lines of Prometheus' text format; none before the first use.
    public String text() {
        if (series.isEmpty()) {
            return "";
        }
        StringBuilder out = new StringBuilder("# TYPE " + name + " " + type + "\n");
        series.forEach((values, count) -> out.append(
                name + (values.isEmpty() ? "" : "{" + labels(labels, values) + "}") + " " + count.sum() + "\n"));
        return out.toString();
    }

    /// `name="value",…`
    static String labels(List<String> names, List<String> values) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            String value =
                    values.get(i).replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
            text.append(i == 0 ? "" : ",")
                    .append(names.get(i))
                    .append("=\"")
                    .append(value)
                    .append('"');
        }
        return text.toString();
    }
}
