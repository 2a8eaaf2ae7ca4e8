package io.gantry.scheduler.plugins;

import io.gantry.scheduler.framework.FilterPlugin;
import io.gantry.scheduler.framework.Plugin;
import io.gantry.scheduler.framework.PreBindPlugin;
import io.gantry.scheduler.framework.PreEnqueuePlugin;
import io.gantry.scheduler.framework.ScorePlugin;
import java.util.List;

/// The plugins of the default profile in the order they run. A new plugin is one class, one table test
/// and one line here.
public record PluginCatalog(List<Entry> entries) {
    /// A plugin and how much its score counts (0 when it does not score).
    public record Entry(Plugin plugin, int weight) {}

    /// A scoring plugin and its weight.
    public record Weighted(ScorePlugin plugin, int weight) {}

    public PluginCatalog {
        entries = List.copyOf(entries);
    }

    /// The default profile; weights are upstream's.
    public static PluginCatalog defaults(ClusterView cluster, ClaimBinding claims) {
        return new PluginCatalog(List.of(
                new Entry(new SchedulingGates(), 0),
                new Entry(new NodeUnschedulable(), 0),
                new Entry(new NodeName(), 0),
                new Entry(new TaintToleration(), 3),
                new Entry(new NodeAffinityPlugin(), 2),
                new Entry(new NodePorts(), 0),
                new Entry(new NodeResourcesFit(), 1),
                new Entry(new VolumeBinding(cluster, claims), 0),
                new Entry(new PodTopologySpread(cluster, PodTopologySpread.SYSTEM_DEFAULTS), 2),
                new Entry(new InterPodAffinity(cluster::namespaceLabels), 2),
                new Entry(new NodeResourcesBalancedAllocation(), 1),
                new Entry(new ImageLocality(), 1)));
    }

    public List<PreEnqueuePlugin> preEnqueue() {
        return ofType(PreEnqueuePlugin.class);
    }

    public List<FilterPlugin> filters() {
        return ofType(FilterPlugin.class);
    }

    public List<PreBindPlugin> preBind() {
        return ofType(PreBindPlugin.class);
    }

    public List<Weighted> scorers() {
        return entries.stream()
                .filter(entry -> entry.weight() > 0)
                .map(entry -> new Weighted((ScorePlugin) entry.plugin(), entry.weight()))
                .toList();
    }

    private <T> List<T> ofType(Class<T> type) {
        return entries.stream()
                .map(Entry::plugin)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}
