package io.gantry.controllermanager.simulation;

import io.gantry.client.ApiClient;
import io.gantry.client.informer.Informer;
import io.gantry.client.informer.InformerFactory;
import io.gantry.client.work.ControllerRunner;
import io.gantry.client.work.WorkQueue;
import io.gantry.controllermanager.Controller;
import io.gantry.controllermanager.ControllerContext;
import io.gantry.controllermanager.SimulatedControllers;
import io.gantry.controllermanager.common.SlowStart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// All controllers, a small scheduler and kubelets on one thread and a clock of their own, in an order that a seed
/// decides: watches lag, break and repeat, requests fail, the process dies. The same seed gives the same run.
final class Simulation {
    /// Short enough for the nodes' leases.
    private static final Duration LONGEST_JUMP = Duration.ofSeconds(20);

    private static final Duration SETTLED = Duration.ofMinutes(12);
    private static final int MAX_SETTLING_STEPS = 200_000;

    final VirtualClock clock = new VirtualClock();
    final MemoryApi api = new MemoryApi(clock);
    final FaultyExchange faults;
    final Kubelets kubelets;
    private final SplittableRandom random;
    private final List<Consumer<User>> script = new ArrayList<>();
    private final User user;
    private Feeds feeds = new Feeds(api);
    private List<ControllerRunner<?>> runners = List.of();
    private int crashes;
    private long trace = 17;
    private Duration settled = SETTLED;

    Simulation(long seed) {
        this.random = new SplittableRandom(seed);
        this.faults = new FaultyExchange(api, random.split());
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

    /// Runs under faults until the script is done and so many steps more were made, then without until nothing changes.
    void run(int steps, int failuresPerThousand, int crashesPerThousand) {
        ScopedValue.where(WorkQueue.NANO_TIME, clock::nanos)
                .where(SlowStart.IN_ORDER, true)
                .run(() -> {
                    boot();
                    faults.failuresPerThousand(failuresPerThousand);
                    disturbed(steps, crashesPerThousand);
                    faults.failuresPerThousand(0);
                    settle();
                });
    }

    /// Does what the script says at once, then lets so much time pass without faults. May be called again.
    void live(Duration time) {
        ScopedValue.where(WorkQueue.NANO_TIME, clock::nanos)
                .where(SlowStart.IN_ORDER, true)
                .run(() -> {
                    if (runners.isEmpty()) {
                        boot();
                    }
                    script.forEach(action -> action.accept(user));
                    script.clear();
                    pass(time, time, true);
                });
    }

    private void boot() {
        feeds = new Feeds(api);
        ApiClient client = ApiClient.over(faults, "simulation");
        InformerFactory informers = new InformerFactory(client, feeds::begin);
        ControllerContext context = new ControllerContext(
                client, informers, component -> new SilentEvents(), SimulatedControllers.options(), clock);
        List<ControllerRunner<?>> built = new ArrayList<>();
        for (Controller controller : SimulatedControllers.build(context)) {
            built.addAll(controller.runners());
        }
        runners = built;
        informers.start();
    }

    private void disturbed(int steps, int crashesPerThousand) {
        List<Consumer<User>> open = new ArrayList<>(script);
        int every = Math.max(1, steps / (open.size() + 1));
        for (int i = 0; i < steps; i++) {
            if (i % every == 0 && !open.isEmpty()) {
                open.removeFirst().accept(user);
            }
            if (random.nextInt(1000) < crashesPerThousand) {
                crash();
            }
            step(random.nextInt(20));
        }
        open.forEach(action -> action.accept(user));
    }

    private void step(int choice) {
        trace = trace * 31 + choice * 7L + api.log().size();
        if (choice < 8) {
            deliver(random.nextInt(50));
        } else if (choice < 15) {
            reconcile();
        } else if (choice < 19) {
            kubelets.step(true);
        } else {
            clock.advance(Duration.ofMillis(random.nextInt(3000)));
        }
    }

    private void deliver(int luck) {
        List<Informer<?>> behind = feeds.behind();
        if (behind.isEmpty()) {
            return;
        }
        Informer<?> informer = behind.get(random.nextInt(behind.size()));
        if (luck == 0) {
            feeds.relist(informer);
        } else {
            feeds.deliver(informer, luck < 4);
        }
    }

    private boolean reconcile() {
        List<ControllerRunner<?>> ready =
                runners.stream().filter(r -> r.ready() > 0 || isDue(r)).toList();
        if (ready.isEmpty()) {
            return false;
        }
        try {
            return ready.get(random.nextInt(ready.size())).step();
        } catch (Crash crash) {
            crash();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isDue(ControllerRunner<?> runner) {
        return runner.nextDelay().filter(Duration::isZero).isPresent() || runner.ready() > 0;
    }

    /// The process ends with all that it knew, and another one begins.
    private void crash() {
        crashes++;
        faults.crashAtWrite(-1, false);
        boot();
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
            boolean busy = !feeds.behind().isEmpty();
            deliver(49);
            busy |= reconcile();
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
        return runners.stream().flatMap(r -> r.nextDelay().stream()).min(Duration::compareTo);
    }
}
