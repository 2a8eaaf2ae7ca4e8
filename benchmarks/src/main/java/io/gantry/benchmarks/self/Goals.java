package io.gantry.benchmarks.self;

import io.gantry.benchmarks.measure.Result;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// The goals of the API server beside what was measured, as the Markdown table of `docs/performance.md`.
final class Goals {
    private static final int CLIENTS = 64;

    private final List<Result> results;
    private final StringBuilder table =
            new StringBuilder("| what | limit | goal | measured | met |\n|---|---|---|---|---|\n");

    private Goals(List<Result> results) {
        this.results = results;
    }

    static String table(List<Result> results) {
        Goals goals = new Goals(results);
        goals.part("create 1 KB, 64 clients, durable", "configmap-create", "ceiling-create", CLIENTS, 0.5);
        goals.part("merge patch, 64 clients", "configmap-patch", "ceiling-create", CLIENTS, 0.4);
        goals.part("delete, 64 clients", "configmap-delete", "ceiling-get", CLIENTS, 0.5);
        goals.part("get, 64 clients", "configmap-get", "ceiling-get", CLIENTS, 0.85);
        goals.part("apply of a new object, 16 clients", "configmap-apply", "ceiling-create", 16, 0.4);
        goals.times("create against etcd's puts, 64 clients", "configmap-create", "limit-etcd-puts", 2);
        goals.least("create 1 KB, 1 client, a second", "configmap-create", 1, Result::rate, 1000);
        goals.most(
                "server CPU of one create, ms",
                "configmap-create",
                CLIENTS,
                result -> result.serverMillis().orElse(0),
                0.3);
        return goals.table.toString();
    }

    private Optional<Result> find(String name, int clients) {
        return results.stream()
                .filter(result -> result.name().equals(name) && result.clients() == clients)
                .findFirst();
    }

    private void part(String what, String name, String limit, int clients, double goal) {
        Optional<Result> of = find(limit, clients).or(() -> find(limit, CLIENTS));
        Optional<Result> is = find(name, clients);
        if (of.isPresent() && is.isPresent()) {
            double part = is.get().rate() / of.get().rate();
            row(
                    what,
                    number("%.0f/s", of.get().rate()),
                    number("≥ %.0f %%", goal * 100),
                    number("%.0f/s", is.get().rate()) + number(" (%.0f %%)", part * 100),
                    part >= goal);
        }
    }

    private void times(String what, String name, String limit, double goal) {
        Optional<Result> of = find(limit, CLIENTS);
        Optional<Result> is = find(name, CLIENTS);
        if (of.isPresent() && is.isPresent()) {
            double times = is.get().rate() / of.get().rate();
            row(
                    what,
                    number("%.0f/s", of.get().rate()),
                    number("≥ %.0f ×", goal),
                    number("%.0f/s", is.get().rate()) + number(" (%.1f ×)", times),
                    times >= goal);
        }
    }

    private void least(String what, String name, int clients, ToDoubleFunction<Result> figure, double goal) {
        find(name, clients).ifPresent(result -> {
            double value = figure.applyAsDouble(result);
            row(what, "", number("≥ %.0f", goal), number("%.0f", value), value >= goal);
        });
    }

    private void most(String what, String name, int clients, ToDoubleFunction<Result> figure, double goal) {
        find(name, clients).ifPresent(result -> {
            double value = figure.applyAsDouble(result);
            row(what, "", number("≤ %.2f", goal), number("%.2f", value), value <= goal);
        });
    }

    private void row(String what, String limit, String goal, String measured, boolean met) {
        table.append("| %s | %s | %s | %s | %s |\n".formatted(what, limit, goal, measured, met ? "yes" : "no"));
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
