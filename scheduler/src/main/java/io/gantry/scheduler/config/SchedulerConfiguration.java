package io.gantry.scheduler.config;

import io.gantry.api.decode.Arguments;
import io.gantry.scheduler.extender.ExtenderConfiguration;
import io.gantry.scheduler.framework.ExtensionPoint;
import io.gantry.scheduler.framework.Profiles;
import io.gantry.scheduler.plugins.PluginCatalog;
import io.gantry.scheduler.plugins.PluginContext;
import io.gantry.scheduler.queue.SchedulingQueue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a `KubeSchedulerConfiguration` (`kubescheduler.config.k8s.io/v1`) says. Unknown fields, values out
/// of range and what is not supported are refused, each with its path.
///
/// @param profiles at least one, each with a name of its own
/// @param extenders other programs that have a say
/// @param backoff how long pods wait that failed
/// @param election how one of several schedulers is made the leader; empty where the file says nothing of
///     it
/// @param kubeconfig of `clientConnection`
/// @param text as it was read; empty for the defaults
public record SchedulerConfiguration(
        List<ProfileConfiguration> profiles,
        List<ExtenderConfiguration> extenders,
        SchedulingQueue.Backoff backoff,
        Optional<ElectionSettings> election,
        Optional<String> kubeconfig,
        String text) {
    static final String API_VERSION = "kubescheduler.config.k8s.io/v1";
    private static final int MAX_PERCENTAGE = 100;
    private static final int DEFAULT_PARALLELISM = 16;

    public SchedulerConfiguration {
        profiles = List.copyOf(profiles);
        extenders = List.copyOf(extenders);
    }

    /// The default profile under a name.
    public static SchedulerConfiguration defaults(String schedulerName) {
        return new SchedulerConfiguration(
                List.of(ProfileConfiguration.defaults(schedulerName, PluginCatalog.upstream())),
                List.of(),
                SchedulingQueue.Backoff.DEFAULT,
                Optional.empty(),
                Optional.empty(),
                "");
    }

    /// @throws IllegalArgumentException when the file cannot be read, with all mistakes that are in it
    public static SchedulerConfiguration load(Path file) {
        try {
            return parse(Files.readString(file), PluginCatalog.upstream());
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + file, e);
        }
    }

    /// From YAML or JSON.
    ///
    /// @throws IllegalArgumentException with all mistakes that are in the text
    public static SchedulerConfiguration parse(String text, PluginCatalog catalog) {
        List<String> mistakes = new ArrayList<>();
        Arguments root = Arguments.ofYaml(text, mistakes);
        String version = root.text("apiVersion", "");
        String kind = root.text("kind", "");
        if (!version.equals(API_VERSION) || !kind.equals("KubeSchedulerConfiguration")) {
            throw new IllegalArgumentException("no kind \"" + kind + "\" is registered for version \"" + version
                    + "\"; want KubeSchedulerConfiguration of " + API_VERSION);
        }
        SchedulerConfiguration read = read(root, catalog, text);
        root.end();
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", mistakes));
        }
        return read;
    }

    private static SchedulerConfiguration read(Arguments root, PluginCatalog catalog, String text) {
        int percentage = root.integer("percentageOfNodesToScore", 0, 0, MAX_PERCENTAGE);
        root.integer("parallelism", DEFAULT_PARALLELISM, 1, Integer.MAX_VALUE);
        root.flag("enableProfiling", true);
        root.flag("enableContentionProfiling", true);
        root.flag("delayCacheUntilActive", false);
        List<ExtenderConfiguration> extenders = ExtenderConfiguration.readAll(root.objects("extenders"));
        List<ProfileConfiguration> profiles = profiles(root, catalog, percentage);
        SchedulingQueue.Backoff backoff = backoff(root);
        Optional<ElectionSettings> election = root.object("leaderElection").map(ElectionSettings::read);
        return new SchedulerConfiguration(profiles, extenders, backoff, election, kubeconfig(root), text);
    }

    private static List<ProfileConfiguration> profiles(Arguments root, PluginCatalog catalog, int percentage) {
        List<Arguments> listed = root.objects("profiles");
        if (listed.isEmpty()) {
            return List.of(ProfileConfiguration.read(Arguments.none(), catalog, Profiles.DEFAULT_NAME, percentage));
        }
        String name = listed.size() == 1 ? Profiles.DEFAULT_NAME : "";
        List<ProfileConfiguration> profiles = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Arguments each : listed) {
            ProfileConfiguration profile = ProfileConfiguration.read(each, catalog, name, percentage);
            if (profile.schedulerName().isEmpty()) {
                each.mistake("schedulerName", "Required value");
            } else if (!names.add(profile.schedulerName())) {
                each.mistake("schedulerName", "Duplicate value: \"" + profile.schedulerName() + "\"");
            }
            if (!profiles.isEmpty() && !sortOf(profile).equals(sortOf(profiles.getFirst()))) {
                each.mistake(
                        "plugins.queueSort",
                        "different queue sort plugins for profile \"" + profile.schedulerName() + "\": "
                                + sortOf(profile) + ", first: " + sortOf(profiles.getFirst()));
            }
            profiles.add(profile);
        }
        return profiles;
    }

    private static List<String> sortOf(ProfileConfiguration profile) {
        return profile.points().getOrDefault(ExtensionPoint.QUEUE_SORT, List.of());
    }

    private static SchedulingQueue.Backoff backoff(Arguments root) {
        int first = root.integer(
                "podInitialBackoffSeconds",
                (int) SchedulingQueue.Backoff.DEFAULT.first().toSeconds(),
                1,
                Integer.MAX_VALUE);
        int max = root.integer(
                "podMaxBackoffSeconds",
                (int) SchedulingQueue.Backoff.DEFAULT.max().toSeconds(),
                1,
                Integer.MAX_VALUE);
        if (max < first) {
            root.invalid("podMaxBackoffSeconds", max, "must be greater than or equal to PodInitialBackoffSeconds");
        }
        return new SchedulingQueue.Backoff(Duration.ofSeconds(first), Duration.ofSeconds(max));
    }

    private static Optional<String> kubeconfig(Arguments root) {
        Optional<Arguments> connection = root.object("clientConnection");
        if (connection.isEmpty()) {
            return Optional.empty();
        }
        Arguments client = connection.get();
        String kubeconfig = client.text("kubeconfig", "");
        client.text("acceptContentTypes", "");
        client.text("contentType", "");
        client.has("qps");
        client.has("burst");
        client.end();
        return kubeconfig.isEmpty() ? Optional.empty() : Optional.of(kubeconfig);
    }

    /// Makes the plugins of all profiles.
    public Profiles profiles(PluginContext context) {
        return new Profiles(
                profiles.stream().map(profile -> profile.make(context)).toList());
    }

    /// The name of the first profile, which names the process in its log and its lease.
    public String firstName() {
        return profiles.getFirst().schedulerName();
    }
}
