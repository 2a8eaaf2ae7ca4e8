package io.gantry.controllermanager.simulation;

import io.gantry.client.informer.Informer;
import io.gantry.client.work.WorkQueue;
import io.gantry.controllermanager.common.SlowStart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/// All controllers, the scheduler and small kubelets, one at a time and on a clock of their own, in an order that a
/// seed decides: watches lag, break and repeat, requests fail, processes die. The same seed gives the same run.
final class Simulation {
    /// Short enough for the nodes' leases.
    private static final Duration LONGEST_JUMP = Duration.ofSeconds(20);

    private static final Duration SETTLED = Duration.ofMinutes(12);
    private static final int MAX_SETTLING_STEPS = 200_000;

    final VirtualClock clock = new VirtualClock();
    final MemoryApi api = new MemoryApi(clock);
    final NotedEvents events = new NotedEvents();
    final Process controllers;
    final Process scheduler;
    final Kubelets kubelets;
    private final List<Process> processes;
    private final SplittableRandom random;
    private final List<Consumer<User>> script = new ArrayList<>();
    private final User user;
    private boolean booted;
    private int crashes;
    private long trace = 17;
    private Duration settled = SETTLED;

    Simulation(long seed) {
        this.random = new SplittableRandom(seed);
        this.controllers = new ControllersProcess(api, clock, events, random.split());
        this.scheduler = new SchedulerProcess(api, clock, events, random.split());
        this.processes = List.of(controllers, scheduler);
        this.kubelets = new Kubelets(api, clock, random.split());
        this.user = new User(api, kubelets, clock);
    }

    /// What users do, in this order, at times that the seed decides.
    Simulation then(Consumer<User> action) {
        script.add(action);
        return this;
    }

    /// How long nothing must change for the end.
    Simulation settling(Duration time) {
        settled = time;
        return this;
    }

    int crashes() {
        return crashes;
    }

    /// A number that two runs share only if they took the same steps.
    long trace() {
        return trace;
    }

    /// All that happened, as text: changes of the API in order, fields in order of name (maps of records have none),
    /// then what users were told.
    List<String> record() {
        JsonMapper sorted = JsonMapper.builder()
                .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
                .build();
        List<String> lines = new ArrayList<>();
        api.log()
                .forEach(c -> lines.add(
                        c.kind().name() + (c.deleted() ? " - " : " ") + sorted.writeValueAsString(c.object())));
        events.all().forEach(event -> lines.add(event.toString()));
        return lines;
    }

    /// Runs under faults until the script is done and so many steps more were made, then without until nothing changes.
    void run(int steps, int failuresPerThousand, int crashesPerThousand) {
        ScopedValue.where(WorkQueue.NANO_TIME, clock::nanos)
                .where(SlowStart.IN_ORDER, true)
                .run(() -> {
                    boot();
                    processes.forEach(p -> p.faults().failuresPerThousand(failuresPerThousand));
                    disturbed(steps, crashesPerThousand);
                    processes.forEach(p -> p.faults().failuresPerThousand(0));
                    settle();
                });
    }

    /// Does what the script says at once, then lets so much time pass without faults. May be called again.
    void live(Duration time) {
        ScopedValue.where(WorkQueue.NANO_TIME, clock::nanos)
                .where(SlowStart.IN_ORDER, true)
                .run(() -> {
                    if (!booted) {
                        boot();
                    }
                    script.forEach(action -> action.accept(user));
                    script.clear();
                    pass(time, time, true);
                });
    }

    private void boot() {
        booted = true;
        processes.forEach(Process::boot);
    }

    private void disturbed(int steps, int crashesPerThousand) {
        List<Consumer<User>> open = new ArrayList<>(script);
        int every = Math.max(1, steps / (open.size() + 1));
        for (int i = 0; i < steps; i++) {
            if (i % every == 0 && !open.isEmpty()) {
                open.removeFirst().accept(user);
            }
            if (random.nextInt(1000) < crashesPerThousand) {
                crash(processes.get(random.nextInt(processes.size())));
            }
            step(random.nextInt(24));
        }
        open.forEach(action -> action.accept(user));
    }

    private void step(int choice) {
        trace = trace * 31 + choice * 7L + api.log().size();
        if (choice < 8) {
            deliver(random.nextInt(50));
        } else if (choice < 15) {
            step(controllers);
        } else if (choice < 19) {
            kubelets.step(true);
        } else if (choice < 23) {
            step(scheduler);
        } else {
            clock.advance(Duration.ofMillis(random.nextInt(3000)));
        }
    }

    private record Behind(Feeds feeds, Informer<?> informer) {}

    private List<Behind> behind() {
        return processes.stream()
                .map(Process::feeds)
                .flatMap(feeds -> feeds.behind().stream().map(informer -> new Behind(feeds, informer)))
                .toList();
    }

    private void deliver(int luck) {
        List<Behind> behind = behind();
        if (behind.isEmpty()) {
            return;
        }
        Behind one = behind.get(random.nextInt(behind.size()));
        if (luck == 0) {
            one.feeds.relist(one.informer);
        } else {
            one.feeds.deliver(one.informer, luck < 4);
        }
    }

    private boolean step(Process process) {
        try {
            return process.step();
        } catch (Crash crash) {
            crash(process);
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The process ends with all that it knew, and another one begins.
    private void crash(Process process) {
        crashes++;
        process.faults().crashAtWrite(-1, false);
        process.boot();
    }

    private void settle() {
        pass(settled, Duration.ofDays(1), false);
    }

    /// Runs without faults until nothing has changed for so long, or so much time is over.
    private void pass(Duration quietFor, Duration longest, boolean mayWait) {
        Duration quiet = Duration.ZERO;
        Duration passed = Duration.ZERO;
        for (int i = 0; i < MAX_SETTLING_STEPS; i++) {
            int before = api.changes();
            boolean busy = !behind().isEmpty();
            deliver(49);
            busy |= step(controllers);
            busy |= step(scheduler);
            busy |= kubelets.step(mayWait);
            trace = trace * 31 + api.log().size();
            if (busy) {
                quiet = api.changes() > before ? Duration.ZERO : quiet;
                continue;
            }
            Duration jump = nextDelay().map(d -> d.plusMillis(1)).orElse(LONGEST_JUMP);
            jump = jump.compareTo(LONGEST_JUMP) > 0 ? LONGEST_JUMP : jump;
            clock.advance(jump);
            quiet = quiet.plus(jump);
            passed = passed.plus(jump);
            if (quiet.compareTo(quietFor) > 0 || passed.compareTo(longest) > 0) {
                return;
            }
        }
        throw new AssertionError("still busy after " + MAX_SETTLING_STEPS + " steps");
    }

    private Optional<Duration> nextDelay() {
        return processes.stream().flatMap(p -> p.nextDelay().stream()).min(Duration::compareTo);
    }
}
