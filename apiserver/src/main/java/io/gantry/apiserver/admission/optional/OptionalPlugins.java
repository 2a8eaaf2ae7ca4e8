package io.gantry.apiserver.admission.optional;

import io.gantry.apiserver.admission.AdmissionPlugin;
import io.gantry.apiserver.admission.PluginConfigException;
import io.gantry.apiserver.admission.PluginConfigs;
import io.gantry.apiserver.authz.Authorizer;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.objects.ObjectWriter;
import io.gantry.apiserver.registry.Resources;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The plugins of this package by name, in upstream's order. Adding one is one line.
public final class OptionalPlugins {
    /// What they are made of.
    ///
    /// @param writer the server's own, there once requests are served
    public record Means(
            ObjectReader reader,
            Supplier<ObjectWriter> writer,
            Resources resources,
            Authorizer authorizer,
            PluginConfigs configs,
            InstantSource clock) {}

    private record Line(String name, Function<Means, AdmissionPlugin> maker) {}

    /// Runs before all others: they shall find its namespace.
    private static final Line FIRST =
            new Line("NamespaceAutoProvision", means -> new NamespaceAutoProvision(means.reader(), means.writer()));

    private static final List<Line> OTHERS = List.of(
            new Line("NamespaceExists", means -> new NamespaceExists(means.reader())),
            new Line("LimitPodHardAntiAffinityTopology", means -> new LimitPodHardAntiAffinityTopology()),
            new Line("AlwaysPullImages", means -> new AlwaysPullImages()),
            new Line("PodNodeSelector", means -> new PodNodeSelector(means.reader(), means.configs())),
            new Line(
                    "PodTolerationRestriction", means -> new PodTolerationRestriction(means.reader(), means.configs())),
            new Line("EventRateLimit", means -> new EventRateLimit(means.configs(), means.clock())),
            new Line("ExtendedResourceToleration", means -> new ExtendedResourceToleration()),
            new Line(
                    "OwnerReferencesPermissionEnforcement",
                    means -> new OwnerReferencesPermissionEnforcement(means.resources(), means.authorizer())),
            new Line("DenyServiceExternalIPs", means -> new DenyServiceExternalIPs()));

    /// Their names.
    public static final Set<String> NAMES =
            Stream.concat(Stream.of(FIRST), OTHERS.stream()).map(Line::name).collect(Collectors.toUnmodifiableSet());

    private OptionalPlugins() {}

    /// The others, with those of this package that are wanted round them.
    ///
    /// @throws PluginConfigException for a configuration that one of them does not take
    public static List<AdmissionPlugin> round(List<AdmissionPlugin> others, Set<String> enabled, Means means) {
        Stream<AdmissionPlugin> before = made(List.of(FIRST), enabled, means);
        Stream<AdmissionPlugin> after = made(OTHERS, enabled, means);
        return Stream.of(before, others.stream(), after)
                .flatMap(plugins -> plugins)
                .toList();
    }

    private static Stream<AdmissionPlugin> made(List<Line> lines, Set<String> enabled, Means means) {
        return lines.stream()
                .filter(line -> enabled.contains(line.name()))
                .map(line -> PluginConfigException.naming(
                        line.name(), () -> line.maker().apply(means)));
    }
}
