package io.gantry.scheduler.plugins;

import io.gantry.api.decode.Arguments;
import io.gantry.scheduler.cycle.DefaultPreemption;
import io.gantry.scheduler.cycle.PreemptionArgs;
import io.gantry.scheduler.framework.ExtensionPoint;
import io.gantry.scheduler.framework.Plugin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The plugins there are, those of the default profile in upstream's order. A new plugin is one class, one
/// table test and one line here.
public record PluginCatalog(List<Line> lines) {
    /// One plugin.
    ///
    /// @param weight of its score in the default profile; 0 for a plugin that does not score
    /// @param isDefault whether the default profile has it
    public record Line(String name, Class<? extends Plugin> type, int weight, boolean isDefault, Factory factory) {
        Line(String name, Class<? extends Plugin> type, int weight, Factory factory) {
            this(name, type, weight, true, factory);
        }

        /// Whether it takes part at the extension point.
        public boolean extendsPoint(ExtensionPoint point) {
            return point.type().isAssignableFrom(type);
        }
    }

    /// Reads a plugin's arguments, without anything to run it with yet.
    @FunctionalInterface
    public interface Factory {
        /// Mistakes are noted in the arguments.
        Maker decode(Arguments arguments);
    }

    /// Makes a plugin that is configured.
    @FunctionalInterface
    public interface Maker {
        Plugin make(PluginContext context);
    }

    public PluginCatalog {
        lines = List.copyOf(lines);
    }

    private static Factory plain(Maker maker) {
        return arguments -> maker;
    }

    /// Upstream's plugins and weights.
    public static PluginCatalog upstream() {
        return new PluginCatalog(List.of(
                new Line("SchedulingGates", SchedulingGates.class, 0, plain(c -> new SchedulingGates())),
                new Line("PrioritySort", PrioritySort.class, 0, plain(c -> new PrioritySort())),
                new Line("NodeUnschedulable", NodeUnschedulable.class, 0, plain(c -> new NodeUnschedulable())),
                new Line("NodeName", NodeName.class, 0, plain(c -> new NodeName())),
                new Line("TaintToleration", TaintToleration.class, 3, plain(c -> new TaintToleration())),
                new Line("NodeAffinity", NodeAffinityPlugin.class, 2, arguments -> {
                    NodeAffinityArgs args = NodeAffinityArgs.read(arguments);
                    return c -> new NodeAffinityPlugin(args);
                }),
                new Line("NodePorts", NodePorts.class, 0, plain(c -> new NodePorts())),
                new Line("NodeResourcesFit", NodeResourcesFit.class, 1, arguments -> {
                    NodeResourcesFitArgs args = NodeResourcesFitArgs.read(arguments);
                    return c ->
                            new NodeResourcesFit(args.ignoringToo(c.extenders().ignoredResources()), c.cluster());
                }),
                new Line(
                        "VolumeRestrictions",
                        VolumeRestrictions.class,
                        0,
                        plain(c -> new VolumeRestrictions(c.cluster()))),
                new Line("NodeVolumeLimits", NodeVolumeLimits.class, 0, plain(c -> new NodeVolumeLimits(c.cluster()))),
                new Line("VolumeBinding", VolumeBinding.class, 0, arguments -> {
                    VolumeBindingArgs args = VolumeBindingArgs.read(arguments);
                    return c -> new VolumeBinding(c.cluster(), c.claims(), args);
                }),
                new Line("VolumeZone", VolumeZone.class, 0, plain(c -> new VolumeZone(c.cluster()))),
                new Line("PodTopologySpread", PodTopologySpread.class, 2, arguments -> {
                    PodTopologySpreadArgs args = PodTopologySpreadArgs.read(arguments);
                    return c -> new PodTopologySpread(c.cluster(), args);
                }),
                new Line("InterPodAffinity", InterPodAffinity.class, 2, arguments -> {
                    InterPodAffinityArgs args = InterPodAffinityArgs.read(arguments);
                    return c -> new InterPodAffinity(c.cluster()::namespaceLabels, args);
                }),
                new Line("DynamicResources", DynamicResources.class, 2, arguments -> {
                    DynamicResourcesArgs args = DynamicResourcesArgs.read(arguments);
                    return c -> new DynamicResources(c.cluster(), c.devices(), args);
                }),
                new Line("DefaultPreemption", DefaultPreemption.class, 0, arguments -> {
                    PreemptionArgs args = PreemptionArgs.read(arguments);
                    return c -> new DefaultPreemption(c.nominations(), c.random(), c.budgets(), args, c.extenders());
                }),
                new Line("NodeResourcesBalancedAllocation", NodeResourcesBalancedAllocation.class, 1, arguments -> {
                    BalancedAllocationArgs args = BalancedAllocationArgs.read(arguments);
                    return c -> new NodeResourcesBalancedAllocation(args);
                }),
                new Line("ImageLocality", ImageLocality.class, 1, plain(c -> new ImageLocality())),
                new Line("DefaultBinder", DefaultBinder.class, 0, plain(c -> new DefaultBinder(c.pods()))),
                new Line(
                        "NodeDeclaredFeatures",
                        NodeDeclaredFeatures.class,
                        0,
                        plain(c -> new NodeDeclaredFeatures()))));
    }

    /// With further plugins, which a profile has to enable.
    public PluginCatalog with(Line... more) {
        List<Line> all = new ArrayList<>(lines);
        all.addAll(List.of(more));
        return new PluginCatalog(all);
    }

    public Optional<Line> find(String name) {
        return lines.stream().filter(line -> line.name().equals(name)).findFirst();
    }
}
