package io.gantry.apiserver.flowcontrol;

import io.gantry.api.Json;
import io.gantry.api.KubernetesObject;
import io.gantry.api.flowcontrol.v1.flowschema.FlowSchema;
import io.gantry.api.flowcontrol.v1.flowschema.FlowSchemaKind;
import io.gantry.api.flowcontrol.v1.prioritylevelconfiguration.PriorityLevelConfiguration;
import io.gantry.api.flowcontrol.v1.prioritylevelconfiguration.PriorityLevelConfigurationKind;
import io.gantry.api.kind.Kind;
import io.gantry.apiserver.http.Headers;
import io.gantry.apiserver.objects.ObjectListener;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.objects.Trees;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/// Sorts requests into flows by the FlowSchemas and gives them seats of their priority level. Follows the
/// objects, which take effect at once. Thread-safe; finding a free seat blocks nobody.
public final class FlowControl {
    private static final String SCHEMA_HEADER = "x-kubernetes-pf-flowschema-uid";
    private static final String LEVEL_HEADER = "x-kubernetes-pf-prioritylevel-uid";
    /// Upstream's: a quarter of the time that a request may take.
    private static final Duration QUEUE_WAIT = Duration.ofSeconds(15);

    /// How often seats are divided anew, as upstream's.
    private static final Duration LENDING = Duration.ofSeconds(10);

    private static final int MANDATORY = 2;

    private final int seats;
    private final Consumer<PriorityLevel> onNewLevel;
    private final LargeLists large;
    private final Map<String, FlowSchema> schemas = new TreeMap<>();
    private final Map<String, PriorityLevelConfiguration> configurations = new TreeMap<>();
    /// Every level there ever was: one that comes back keeps its metrics.
    private final Map<String, PriorityLevel> known = new ConcurrentHashMap<>();

    private final Map<String, PriorityLevel> levels = new ConcurrentHashMap<>();
    private volatile List<Flow> flows = List.of();
    private volatile Runnable onChange = () -> {};

    private FlowControl(int seats, Consumer<PriorityLevel> onNewLevel, ScheduledExecutorService timer) {
        this.large = new LargeLists(timer);
        this.seats = seats;
        this.onNewLevel = onNewLevel;
    }

    /// Starts to follow the reader; blocks until its caches are loaded.
    ///
    /// @param seats of the whole server (`--max-requests-inflight` and `--max-mutating-requests-inflight` together)
    /// @param timer for places of large lists
    public static FlowControl follow(
            ObjectReader reader, int seats, FlowMetrics metrics, ScheduledExecutorService timer) {
        FlowControl control = new FlowControl(seats, metrics::add, timer);
        control.built();
        control.follow(reader, PriorityLevelConfigurationKind.KIND, control.configurations);
        control.follow(reader, FlowSchemaKind.KIND, control.schemas);
        timer.scheduleWithFixedDelay(control::lend, LENDING.toMillis(), LENDING.toMillis(), TimeUnit.MILLISECONDS);
        return control;
    }

    /// Divides the seats anew by what the levels want.
    private void lend() {
        List<PriorityLevel> limited = levels.values().stream()
                .filter(level -> !level.settings().exempt())
                .toList();
        List<Lending.Want> wants = limited.stream().map(PriorityLevel::want).toList();
        int[] limits = Lending.limits(wants, seats);
        for (int i = 0; i < limits.length; i++) {
            limited.get(i).lend(limits[i]);
        }
    }

    /// Runs the action after each change of a FlowSchema or PriorityLevelConfiguration; it must not block.
    public void whenChanged(Runnable action) {
        onChange = action;
    }

    /// How a request stands.
    public sealed interface Standing {
        /// It may be worked on.
        record Seated(Seat seat) implements Standing {}

        /// It must wait; [Queued#await] on a virtual thread.
        record Queued(FlowControl control, Flow flow, long hash, Ask ask) implements Standing {
            /// Waits for a seat.
            ///
            /// @return empty when there is none to be had: too many wait already, or it took too long
            public Optional<Seat> await() throws InterruptedException {
                return control.queue(flow, hash, ask);
            }

            /// What an answer tells about its flow.
            public Headers headers() {
                return flow.headers();
            }
        }
    }

    /// What a request asks for.
    ///
    /// @param width how many seats it counts for
    /// @param large whether it is a large list
    public record Ask(int width, boolean large) {
        public static final Ask ONE = new Ask(1, false);

        /// A list, or a watch that begins with all objects.
        ///
        /// @param stored how many objects of the resource there are
        /// @param limit of the page, 0 for all
        public static Ask ofList(int stored, int limit) {
            int objects = limit > 0 ? Math.min(limit, stored) : stored;
            return new Ask(Width.ofList(objects), objects >= LargeLists.OBJECTS);
        }
    }

    /// Asks for a seat, without waiting.
    public Standing ask(Digest digest, Ask ask) {
        Flow flow = flow(digest);
        boolean gated = ask.large() && !flow.level().settings().exempt();
        long hash = gated ? flow.hash(digest) : 0;
        Optional<LargeLists.Place> place = gated ? large.tryEnter(hash) : Optional.empty();
        if (gated && place.isEmpty()) {
            return new Standing.Queued(this, flow, hash, ask);
        }
        if (flow.level().tryTake(ask.width())) {
            return new Standing.Seated(new Seat(flow, ask.width(), place));
        }
        place.ifPresent(LargeLists.Place::close);
        return new Standing.Queued(this, flow, flow.hash(digest), ask);
    }

    private Flow flow(Digest digest) {
        List<Flow> now = flows;
        for (Flow flow : now) {
            if (flow.matches(digest)) {
                return flow;
            }
        }
        return now.getLast();
    }

    private Optional<Seat> queue(Flow flow, long hash, Ask ask) throws InterruptedException {
        if (!ask.large() || flow.level().settings().exempt()) {
            return seat(flow, hash, ask.width(), Optional.empty());
        }
        Optional<LargeLists.Place> place = large.enter(hash, QUEUE_WAIT);
        Optional<Seat> seat = Optional.empty();
        try {
            seat = place.isEmpty() ? seat : seat(flow, hash, ask.width(), place);
            return seat;
        } finally {
            if (seat.isEmpty()) {
                place.ifPresent(LargeLists.Place::close);
            }
        }
    }

    private static Optional<Seat> seat(Flow flow, long hash, int width, Optional<LargeLists.Place> place)
            throws InterruptedException {
        Optional<CompletableFuture<Boolean>> seated = flow.level().enqueue(hash, width);
        if (seated.isEmpty()) {
            return Optional.empty();
        }
        try {
            seated.get().get(QUEUE_WAIT.toMillis(), TimeUnit.MILLISECONDS);
            return Optional.of(new Seat(flow, width, place));
        } catch (TimeoutException e) {
            return flow.level().cancel(seated.get()) ? Optional.empty() : Optional.of(new Seat(flow, width, place));
        } catch (InterruptedException e) {
            if (!flow.level().cancel(seated.get())) {
                flow.level().release(width);
            }
            throw e;
        } catch (ExecutionException e) {
            throw new IllegalStateException("nobody fails a seat", e);
        }
    }

    static Headers named(String schema, String level) {
        return Headers.of(SCHEMA_HEADER, schema, LEVEL_HEADER, level);
    }

    private <T extends KubernetesObject> void follow(ObjectReader reader, Kind<T> kind, Map<String, T> objects) {
        reader.watch(kind, new ObjectListener() {
            @Override
            public void replaced(List<ObjectNode> all) {
                change(() -> {
                    objects.clear();
                    all.forEach(tree -> keep(kind, objects, tree));
                });
            }

            @Override
            public void put(ObjectNode now) {
                change(() -> keep(kind, objects, now));
            }

            @Override
            public void deleted(ObjectNode last) {
                change(() -> objects.remove(Trees.name(last)));
            }
        });
    }

    private static <T extends KubernetesObject> void keep(Kind<T> kind, Map<String, T> objects, ObjectNode tree) {
        objects.put(Trees.name(tree), Json.MAPPER.treeToValue(tree, kind.type()));
    }

    private void change(Runnable change) {
        synchronized (this) {
            change.run();
            built();
        }
        onChange.run();
    }

    /// Builds the flows anew. The mandatory objects are always there, as they are written or as they should be.
    private synchronized void built() {
        Map<String, PriorityLevelConfiguration> all = new TreeMap<>(configurations);
        for (ObjectNode tree : always(configurations.isEmpty(), Bootstrap.priorityLevels())) {
            all.putIfAbsent(Trees.name(tree), Json.MAPPER.treeToValue(tree, PriorityLevelConfiguration.class));
        }
        List<LevelSettings> settings =
                all.values().stream().map(LevelSettings::of).toList();
        int shares = settings.stream().mapToInt(LevelSettings::shares).sum();
        for (LevelSettings level : settings) {
            int part = shares == 0 ? seats : (int) Math.ceil((double) seats * level.shares() / shares);
            levels.computeIfAbsent(level.name(), name -> {
                        return known.computeIfAbsent(name, first -> {
                            PriorityLevel made = new PriorityLevel(level);
                            onNewLevel.accept(made);
                            return made;
                        });
                    })
                    .configure(level, part);
        }
        levels.keySet().retainAll(all.keySet());
        flows = ordered();
    }

    /// What is in force although nobody wrote it: the mandatory objects, and all of them before any is written.
    private static List<ObjectNode> always(boolean first, List<ObjectNode> objects) {
        return first ? objects : objects.subList(0, MANDATORY);
    }

    private List<Flow> ordered() {
        Map<String, FlowSchema> all = new TreeMap<>(schemas);
        for (ObjectNode tree : always(schemas.isEmpty(), Bootstrap.flowSchemas())) {
            all.putIfAbsent(Trees.name(tree), Json.MAPPER.treeToValue(tree, FlowSchema.class));
        }
        List<Flow> ordered = new ArrayList<>();
        for (FlowSchema schema : all.values()) {
            var reference = schema.spec().priorityLevelConfiguration();
            String name = reference == null || reference.name() == null ? "" : reference.name();
            PriorityLevel level = levels.get(name);
            if (level != null) {
                ordered.add(Flow.of(schema, level));
            }
        }
        ordered.sort(Comparator.comparingInt(Flow::precedence).thenComparing(Flow::name));
        // What no schema is for goes where `catch-all` goes.
        ordered.stream()
                .filter(flow -> flow.name().equals("catch-all"))
                .findFirst()
                .ifPresent(ordered::addLast);
        return List.copyOf(ordered);
    }
}
