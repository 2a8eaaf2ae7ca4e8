package io.gantry.scheduler.plugins;

import io.gantry.api.decode.Arguments;
import io.gantry.scheduler.framework.BindPlugin;
import io.gantry.scheduler.framework.FilterPlugin;
import io.gantry.scheduler.framework.HeldPod;
import io.gantry.scheduler.framework.PermitPlugin;
import io.gantry.scheduler.framework.PostBindPlugin;
import io.gantry.scheduler.framework.PostFilterPlugin;
import io.gantry.scheduler.framework.PreBindPlugin;
import io.gantry.scheduler.framework.PreEnqueuePlugin;
import io.gantry.scheduler.framework.Preparation;
import io.gantry.scheduler.framework.QueueSortPlugin;
import io.gantry.scheduler.framework.Queued;
import io.gantry.scheduler.framework.ReservePlugin;
import io.gantry.scheduler.framework.ScorePlugin;
import io.gantry.scheduler.framework.Verdict;
import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Snapshot;
import io.gantry.scheduler.testing.Wiring;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/// A plugin of every kind: pods with the label `gang` are bound together once `size` of them have a node.
public final class GangPlugin
        implements PreEnqueuePlugin,
                QueueSortPlugin,
                FilterPlugin,
                PostFilterPlugin,
                ScorePlugin,
                ReservePlugin,
                PermitPlugin,
                PreBindPlugin,
                BindPlugin,
                PostBindPlugin {
    private static final int LARGE = 50;
    private static final Map<Object, Queue<String>> SEEN = new ConcurrentHashMap<>();

    private final PluginContext context;
    private final Duration wait;
    private final Queue<String> seen;

    private GangPlugin(PluginContext context, Duration wait) {
        this.context = context;
        this.wait = wait;
        this.seen = SEEN.computeIfAbsent(context.permits(), permits -> new ConcurrentLinkedQueue<>());
    }

    /// Upstream's plugins and this one: its line.
    public static PluginCatalog catalog() {
        return PluginCatalog.upstream()
                .with(new PluginCatalog.Line("Gang", GangPlugin.class, 1, false, GangPlugin::decode));
    }

    private static PluginCatalog.Maker decode(Arguments arguments) {
        Duration wait = Duration.ofSeconds(arguments.integer("waitSeconds", 60, 0, Integer.MAX_VALUE));
        return context -> new GangPlugin(context, wait);
    }

    /// What its instances were called for.
    public static Queue<String> seen(Wiring wiring) {
        return SEEN.getOrDefault(wiring.permits(), new ConcurrentLinkedQueue<>());
    }

    private void see(String point, PodInfo pod) {
        seen.add(point + " " + pod.name());
    }

    private static String gang(PodInfo pod) {
        return pod.labels().getOrDefault("gang", "");
    }

    private static int size(PodInfo pod) {
        return Integer.parseInt(pod.labels().getOrDefault("size", "1"));
    }

    @Override
    public String name() {
        return "Gang";
    }

    @Override
    public boolean ready(PodInfo pod) {
        see("preEnqueue", pod);
        return true;
    }

    /// Gangs together.
    @Override
    public Comparator<Queued> order() {
        return Comparator.<Queued, String>comparing(queued -> gang(queued.pod()))
                .thenComparingLong(Queued::sequence);
    }

    @Override
    public Preparation prepare(PodInfo pod, Snapshot snapshot) {
        see("preFilter", pod);
        if (size(pod) > LARGE) {
            return new Preparation.RejectAll("gang " + gang(pod) + " is too large");
        }
        return Preparation.each(node -> {
            see("filter", pod);
            return Verdict.FITS;
        });
    }

    @Override
    public Result postFilter(PodInfo pod, Snapshot snapshot, Failed failed) {
        return Result.nothing("gang " + gang(pod) + " will never fit", false);
    }

    @Override
    public long[] score(PodInfo pod, Snapshot snapshot, List<NodeInfo> feasible) {
        see("score", pod);
        return new long[feasible.size()];
    }

    @Override
    public Verdict reserve(PodInfo pod, String node) {
        see("reserve", pod);
        return Verdict.FITS;
    }

    @Override
    public void unreserve(PodInfo pod, String node) {
        see("unreserve", pod);
    }

    @Override
    public Permission permit(PodInfo pod, String node) {
        see("permit", pod);
        List<HeldPod> others = context.permits().all().stream()
                .filter(held -> gang(held.pod()).equals(gang(pod)))
                .toList();
        if (others.size() + 1 < size(pod)) {
            return new Permission.Wait(wait);
        }
        others.forEach(held -> held.allow(name()));
        return Permission.ALLOW;
    }

    @Override
    public void preBind(PodInfo pod, String node) {
        see("preBind", pod);
    }

    @Override
    public boolean bind(PodInfo pod, String node) {
        see("bind", pod);
        context.pods().bind(pod, Objects.requireNonNull(node));
        return true;
    }

    @Override
    public void postBind(PodInfo pod, String node) {
        see("postBind", pod);
    }
}
