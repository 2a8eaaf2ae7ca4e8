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
        goals.part("server-side apply of a new object, 16 clients", "configmap-apply", "ceiling-create", 16, 0.4);
        goals.times("creates against the puts of etcd, 64 clients", "configmap-create", "limit-etcd-puts", 2);
        goals.least("create 1 KB, 1 client, a second", "configmap-create", 1, Result::rate, 1000);
        goals.least("create pod 3 KB, 64 clients, a second", "pod-create", CLIENTS, Result::rate, 3210);
        goals.most(
                "server CPU of one create, ms",
                "configmap-create",
                CLIENTS,
                r -> r.serverMillis().orElse(0),
                0.3);
        goals.within("list of 10,000 pods (31 MB), from the cache, p50", "list-10000-cached", 1.2);
        goals.within("the same, consistent, p50", "list-10000-whole", 1.25);
        goals.most("list of 10,000 as Table, p50 ms", "list-10000-table", 1, Result::p50, 100);
        goals.most("list of 500, p50 ms", "list-10000-page", 1, Result::p50, 6);
        goals.most("selector that matches nothing of 10,000, p50 ms", "list-10000-nothing", 1, Result::p50, 1);
        goals.most("selector that matches nothing of 50,000, p99 ms", "list-50000-nothing", 1, Result::p99, 5);
        goals.most("20 lists at once: memory added, MB", "list-10000-at-once", 20, more("megabytesAdded"), 50);
        goals.most("an event to 200 watchers, p50 ms", "watch-latency", 200, Result::p50, 2);
        goals.most("an event to 200 watchers, p99 ms", "watch-latency", 200, Result::p99, 5);
        goals.most("an event to 1,000 watchers, p99 ms", "watch-latency", 1000, Result::p99, 20);
        goals.least("deliveries a second, 1,000 watchers", "watch-deliveries", 1000, Result::rate, 200_000);
        goals.most(
                "restart with 50,000 pods until lists are served, s",
                "restart-50000",
                1,
                more("secondsUntilListed"),
                2);
        goals.most(
                "p99 of leases beside a flood of lists, times alone",
                "fairness-beside-flood",
                1,
                more("timesAlone"),
                2);
        goals.informers();
        return goals.table.toString();
    }

    private static ToDoubleFunction<Result> more(String figure) {
        return result -> result.more().getOrDefault(figure, Double.NaN);
    }

    /// The time of a list against that of the same bytes served static.
    private void within(String what, String name, double goal) {
        Optional<Result> of = find("ceiling-list", 1);
        Optional<Result> is = find(name, 1);
        if (of.isPresent() && is.isPresent()) {
            double times = is.get().p50() / of.get().p50();
            row(
                    what,
                    number("%.0f ms", of.get().p50()),
                    number("≤ %.2f ×", goal),
                    number("%.0f ms", is.get().p50()) + number(" (%.2f ×)", times),
                    times <= goal);
        }
    }

    /// Many informers at once against one, a hundred times over all cores.
    private void informers() {
        Optional<Result> one = find("informers-10000", 1);
        Optional<Result> many = results.stream()
                .filter(result -> result.name().equals("informers-10000") && result.clients() > 1)
                .findFirst();
        if (one.isPresent() && many.isPresent()) {
            int cores = Runtime.getRuntime().availableProcessors();
            double bound = 2 * one.get().seconds() * many.get().clients() / cores;
            row(
                    many.get().clients() + " informers at once on 10,000 pods, s",
                    number("%.2f s for one", one.get().seconds()),
                    number("≤ %.1f", bound),
                    number("%.1f", many.get().seconds()),
                    many.get().seconds() <= bound && many.get().errors() == 0);
        }
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
                    number("%.0f/s", is.get().rate())
                            + number(" (%.0f %%", part * 100)
                            + number("; by CPU %.0f %%)", 100 * cpu(of.get()) / cpu(is.get())),
                    part >= goal);
        }
    }

    /// Processor time of client and server an operation: what a busy machine cannot distort.
    private static double cpu(Result result) {
        return (result.clientCpu() + result.serverCpu().orElse(0)) / Math.max(1, result.operations());
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
