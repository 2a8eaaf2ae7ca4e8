package io.gantry.benchmarks.report;

import io.gantry.benchmarks.measure.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// Draws results as bars: one file with rates, one with latencies.
public final class SvgPlots {
    private static final int WIDTH = 900;
    private static final int ROW = 22;
    private static final int LEFT = 300;
    private static final int TOP = 50;

    private SvgPlots() {}

    /// Writes `rates.svg` and `latencies.svg`; the folder is made where it is missing.
    public static void write(Path folder, List<Result> results) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve("rates.svg"), plot("operations a second", results, Map.of("rate", Result::rate)));
        Map<String, ToDoubleFunction<Result>> latencies = new LinkedHashMap<>();
        latencies.put("p50", Result::p50);
        latencies.put("p99", Result::p99);
        Files.writeString(folder.resolve("latencies.svg"), plot("milliseconds", results, latencies));
    }

    private record Bar(String label, double value, int series) {}

    private static String plot(String unit, List<Result> results, Map<String, ToDoubleFunction<Result>> series) {
        List<Bar> bars = new ArrayList<>();
        for (Result result : results) {
            int number = 0;
            for (Map.Entry<String, ToDoubleFunction<Result>> one : series.entrySet()) {
                String label = result.name() + ", " + result.clients() + (series.size() > 1 ? ", " + one.getKey() : "");
                bars.add(new Bar(label, one.getValue().applyAsDouble(result), number++));
            }
        }
        double largest = bars.stream().mapToDouble(Bar::value).max().orElse(1);
        StringBuilder svg = new StringBuilder(format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" "
                        + "font-size=\"12\">%n<text x=\"10\" y=\"25\" font-size=\"16\">%s (logarithmic)</text>%n",
                WIDTH, TOP + bars.size() * ROW + 20, unit));
        for (int i = 0; i < bars.size(); i++) {
            svg.append(bar(bars.get(i), TOP + i * ROW, largest));
        }
        return svg.append("</svg>\n").toString();
    }

    private static String bar(Bar bar, int y, double largest) {
        double share = bar.value() <= 0 ? 0 : Math.log1p(bar.value() * 100) / Math.log1p(largest * 100);
        double width = share * (WIDTH - LEFT - 90);
        return format(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text><rect x=\"%d\" y=\"%d\" width=\"%.1f\" "
                        + "height=\"%d\" fill=\"%s\"/><text x=\"%.1f\" y=\"%d\">%,.2f</text>%n",
                LEFT - 8,
                y + 14,
                bar.label(),
                LEFT,
                y + 2,
                width,
                ROW - 6,
                bar.series() == 0 ? "#326ce5" : "#f5a623",
                LEFT + width + 6,
                y + 14,
                bar.value());
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
