package io.gantry.controllermanager.simulation;

import io.gantry.client.ApiClient;
import io.gantry.client.informer.InformerFactory;
import io.gantry.component.Metrics;
import io.gantry.scheduler.SteppedScheduler;
import io.gantry.scheduler.Surroundings;
import io.gantry.scheduler.Writes;
import io.gantry.scheduler.config.SchedulerConfiguration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The scheduler, with all its plugins. What it writes beside its decisions waits until its turn comes.
final class SchedulerProcess implements Process {
    private final MemoryApi api;
    private final VirtualClock clock;
    private final NotedEvents events;
    private final SplittableRandom random;
    private final FaultyExchange faults;
    private final List<Task> tasks = new ArrayList<>();
    private Feeds feeds;
    private @Nullable SteppedScheduler scheduler;

    SchedulerProcess(MemoryApi api, VirtualClock clock, NotedEvents events, SplittableRandom random) {
        this.api = api;
        this.clock = clock;
        this.events = events;
        this.random = random;
        this.faults = new FaultyExchange(api, random.split());
        this.feeds = new Feeds(api);
    }

    private SteppedScheduler build() {
        feeds = new Feeds(api);
        ApiClient client = ApiClient.over(faults, "scheduler");
        InformerFactory informers = new InformerFactory(client, feeds::begin);
        SteppedScheduler built = new SteppedScheduler(
                new Surroundings(
                        client,
                        informers,
                        events::of,
                        clock,
                        clock::nanos,
                        Writes.by(write -> tasks.add(new Task(write))),
                        informer -> this::await),
                SchedulerConfiguration.defaults("default-scheduler"),
                random.nextLong(),
                new Metrics());
        informers.start();
        return built;
    }

    @Override
    public void boot() {
        tasks.forEach(Task::abandon);
        tasks.clear();
        scheduler = build();
    }

    private boolean await(BooleanSupplier condition, Duration limit) throws InterruptedException {
        Instant deadline = clock.instant().plus(limit);
        while (!condition.getAsBoolean()) {
            if (clock.instant().isAfter(deadline)) {
                return false;
            }
            Task.pause(condition, deadline);
        }
        return true;
    }

    @Override
    public Feeds feeds() {
        return feeds;
    }

    @Override
    public FaultyExchange faults() {
        return faults;
    }

    @Override
    public boolean step() throws InterruptedException {
        List<Task> open = tasks.stream().filter(t -> t.isOpen(clock.instant())).toList();
        boolean tries = nextDelay().filter(Duration::isZero).isPresent();
        if (open.isEmpty() && !tries) {
            return false;
        }
        int choice = random.nextInt(open.size() + (tries ? 1 : 0));
        if (choice == open.size()) {
            return Objects.requireNonNull(scheduler).step();
        }
        Task task = open.get(choice);
        if (task.resume()) {
            tasks.remove(task);
        }
        return true;
    }

    @Override
    public Optional<Duration> nextDelay() {
        return Objects.requireNonNull(scheduler).nextDelay();
    }
}
