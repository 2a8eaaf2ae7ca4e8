package io.gantry.scheduler.framework;

import io.gantry.scheduler.extender.Extenders;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The plugins that schedule the pods of one `schedulerName`, by extension point and in their order there.
public final class Profile {
    private final String schedulerName;
    private final int percentageOfNodesToScore;
    private final Map<ExtensionPoint, List<Plugin>> points;
    private final List<PreparedBy> filters;
    private final List<Weighted> scorers;
    private final List<Plugin> plugins;
    private final List<PreEnqueuePlugin> preEnqueue;
    private final List<PostFilterPlugin> postFilters;
    private final List<ReservePlugin> reserves;
    private final List<PermitPlugin> permits;
    private final List<PreBindPlugin> preBinds;
    private final List<BindPlugin> binds;
    private final List<PostBindPlugin> postBinds;
    private final Extenders extenders;

    /// A scoring plugin and how much its score counts.
    public record Weighted(ScorePlugin plugin, int weight) {}

    /// A filter plugin and what of it is wanted.
    ///
    /// @param checksNodes whether it is enabled at `filter`; else only what it says before nodes are
    ///     looked at
    ///     counts
    public record PreparedBy(FilterPlugin plugin, boolean checksNodes) {}

    /// @param percentageOfNodesToScore how many of the nodes must be feasible before the best is taken; 0
    ///     lets their
    ///     number decide
    /// @param points the plugins of each extension point; each implements the point's interface
    /// @param weights of score plugins by name; 1 when not named
    public Profile(
            String schedulerName,
            int percentageOfNodesToScore,
            Map<ExtensionPoint, List<Plugin>> points,
            Map<String, Integer> weights) {
        this(schedulerName, percentageOfNodesToScore, points, weights, Extenders.NONE);
    }

    /// @param extenders asked after the plugins
    public Profile(
            String schedulerName,
            int percentageOfNodesToScore,
            Map<ExtensionPoint, List<Plugin>> points,
            Map<String, Integer> weights,
            Extenders extenders) {
        this.extenders = extenders;
        this.schedulerName = schedulerName;
        this.percentageOfNodesToScore = percentageOfNodesToScore;
        this.points = new EnumMap<>(ExtensionPoint.class);
        points.forEach((point, plugins) -> this.points.put(point, List.copyOf(plugins)));
        this.filters = filters(at(ExtensionPoint.PRE_FILTER), at(ExtensionPoint.FILTER));
        this.scorers = at(ExtensionPoint.SCORE).stream()
                .map(plugin -> new Weighted((ScorePlugin) plugin, weights.getOrDefault(plugin.name(), 1)))
                .toList();
        Set<Plugin> all = new LinkedHashSet<>();
        this.points.values().forEach(all::addAll);
        this.plugins = List.copyOf(all);
        this.preEnqueue = at(ExtensionPoint.PRE_ENQUEUE, PreEnqueuePlugin.class);
        this.postFilters = at(ExtensionPoint.POST_FILTER, PostFilterPlugin.class);
        this.reserves = at(ExtensionPoint.RESERVE, ReservePlugin.class);
        this.permits = at(ExtensionPoint.PERMIT, PermitPlugin.class);
        this.preBinds = at(ExtensionPoint.PRE_BIND, PreBindPlugin.class);
        this.binds = at(ExtensionPoint.BIND, BindPlugin.class);
        this.postBinds = at(ExtensionPoint.POST_BIND, PostBindPlugin.class);
    }

    private static List<PreparedBy> filters(List<Plugin> preparing, List<Plugin> checking) {
        List<PreparedBy> filters = new ArrayList<>();
        checking.forEach(plugin -> filters.add(new PreparedBy((FilterPlugin) plugin, true)));
        preparing.stream()
                .filter(plugin -> !checking.contains(plugin))
                .forEach(plugin -> filters.add(new PreparedBy((FilterPlugin) plugin, false)));
        return List.copyOf(filters);
    }

    private List<Plugin> at(ExtensionPoint point) {
        return points.getOrDefault(point, List.of());
    }

    private <T> List<T> at(ExtensionPoint point, Class<T> type) {
        return at(point).stream().map(type::cast).toList();
    }

    public Extenders extenders() {
        return extenders;
    }

    public String schedulerName() {
        return schedulerName;
    }

    public int percentageOfNodesToScore() {
        return percentageOfNodesToScore;
    }

    /// Every plugin once.
    public List<Plugin> plugins() {
        return plugins;
    }

    public List<PreparedBy> filters() {
        return filters;
    }

    public List<Weighted> scorers() {
        return scorers;
    }

    public List<PreEnqueuePlugin> preEnqueue() {
        return preEnqueue;
    }

    public QueueSortPlugin queueSort() {
        return (QueueSortPlugin) at(ExtensionPoint.QUEUE_SORT).getFirst();
    }

    public List<PostFilterPlugin> postFilters() {
        return postFilters;
    }

    public List<ReservePlugin> reserves() {
        return reserves;
    }

    public List<PermitPlugin> permits() {
        return permits;
    }

    public List<PreBindPlugin> preBinds() {
        return preBinds;
    }

    public List<BindPlugin> binds() {
        return binds;
    }

    public List<PostBindPlugin> postBinds() {
        return postBinds;
    }
}
