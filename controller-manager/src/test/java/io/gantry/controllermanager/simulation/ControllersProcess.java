package io.gantry.controllermanager.simulation;

import io.gantry.client.ApiClient;
import io.gantry.client.informer.InformerFactory;
import io.gantry.client.work.ControllerRunner;
import io.gantry.controllermanager.Controller;
import io.gantry.controllermanager.ControllerContext;
import io.gantry.controllermanager.ControllerMetrics;
import io.gantry.controllermanager.SimulatedControllers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// The controller manager: all controllers that need no certificates.
final class ControllersProcess implements Process {
    private final MemoryApi api;
    private final VirtualClock clock;
    private final NotedEvents events;
    private final SplittableRandom random;
    private final FaultyExchange faults;
    private Feeds feeds;
    private List<ControllerRunner<?>> runners = List.of();

    ControllersProcess(MemoryApi api, VirtualClock clock, NotedEvents events, SplittableRandom random) {
        this.api = api;
        this.clock = clock;
        this.events = events;
        this.random = random;
        this.faults = new FaultyExchange(api, random.split());
        this.feeds = new Feeds(api);
    }

    @Override
    public void boot() {
        feeds = new Feeds(api);
        ApiClient client = ApiClient.over(faults, "controllers");
        InformerFactory informers = new InformerFactory(client, feeds::begin);
        ControllerContext context = new ControllerContext(
                client, informers, events::of, SimulatedControllers.options(), clock, new ControllerMetrics());
        List<ControllerRunner<?>> built = new ArrayList<>();
        for (Controller controller : SimulatedControllers.build(context)) {
            built.addAll(controller.runners());
        }
        runners = built;
        informers.start();
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
        List<ControllerRunner<?>> ready =
                runners.stream().filter(ControllersProcess::isReady).toList();
        return !ready.isEmpty() && ready.get(random.nextInt(ready.size())).step();
    }

    private static boolean isReady(ControllerRunner<?> runner) {
        return runner.ready() > 0 || runner.nextDelay().filter(Duration::isZero).isPresent();
    }

    @Override
    public Optional<Duration> nextDelay() {
        return runners.stream().flatMap(r -> r.nextDelay().stream()).min(Duration::compareTo);
    }
}
