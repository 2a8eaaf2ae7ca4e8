package io.gantry.benchmarks.report;

import io.gantry.benchmarks.measure.Result;
import java.io.PrintStream;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/// Prints a line a result, as soon as it is there.
public final class TableReport {
    private final PrintStream out;
    private boolean begun;

    public TableReport(PrintStream out) {
        this.out = out;
    }

    public void add(Result result) {
        if (!begun) {
            out.printf(
                    Locale.ROOT,
                    "%-30s %7s %9s %10s %8s %8s %8s %9s %9s %8s %6s%n",
                    "what",
                    "clients",
                    "done",
                    "per s",
                    "p50 ms",
                    "p95 ms",
                    "p99 ms",
                    "client cpu",
                    "server cpu",
                    "peak MB",
                    "errors");
            begun = true;
        }
        out.printf(
                Locale.ROOT,
                "%-30s %7d %9d %10.0f %8.2f %8.2f %8.2f %8.2f s %9s %8s %6d  %s%n",
                result.name(),
                result.clients(),
                result.operations(),
                result.rate(),
                result.p50(),
                result.p95(),
                result.p99(),
                result.clientCpu(),
                text(result.serverCpu(), "%.2f s"),
                text(result.peakMegabytes(), "%.0f"),
                result.errors(),
                more(result));
        out.flush();
    }

    private static String text(OptionalDouble value, String format) {
        return value.isPresent() ? String.format(Locale.ROOT, format, value.getAsDouble()) : "-";
    }

    private static String more(Result result) {
        String cost = result.serverMillis().isPresent()
                ? String.format(
                        Locale.ROOT, "server ms/op=%.3f ", result.serverMillis().getAsDouble())
                : "";
        return cost
                + result.more().entrySet().stream()
                        .map(e -> String.format(Locale.ROOT, "%s=%.2f", e.getKey(), e.getValue()))
                        .collect(Collectors.joining(" "));
    }
}
