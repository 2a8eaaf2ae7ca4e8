package io.gantry.controllermanager.statemetrics;

import static io.gantry.api.validation.References.text;

import io.gantry.api.KubernetesObject;
import io.gantry.api.kind.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The metrics of one kind, made once; thread-safe then.
final class Family<T extends KubernetesObject> {
    /// Names the object.
    interface Identity<T> {
        String[] labels(T object);
    }

    /// Writes the samples of an object.
    interface Measure<T> {
        void write(T object, Samples samples) throws IOException;
    }

    private record Metric<T>(String name, String type, Measure<T> measure) {}

    private final Kind<T> kind;
    private final String prefix;
    private final Identity<T> identity;
    private final List<Metric<T>> metrics = new ArrayList<>();

    private Family(Kind<T> kind, String prefix, Identity<T> identity) {
        this.kind = kind;
        this.prefix = prefix;
        this.identity = identity;
    }

    /// A kind of namespaces.
    ///
    /// @param name what metrics' names begin with, after `kube_`, and the label that holds the name
    static <T extends KubernetesObject> Family<T> namespaced(Kind<T> kind, String name) {
        return namespaced(kind, name, name);
    }

    static <T extends KubernetesObject> Family<T> namespaced(Kind<T> kind, String name, String label) {
        return new Family<>(kind, "kube_" + name + "_", object -> new String[] {
            "namespace",
            text(object.metadata().namespace()),
            label,
            text(object.metadata().name())
        });
    }

    /// A kind of namespaces whose objects are told apart by their uid, too.
    static <T extends KubernetesObject> Family<T> withUid(Kind<T> kind, String name) {
        return new Family<>(kind, "kube_" + name + "_", object -> new String[] {
            "namespace",
            text(object.metadata().namespace()),
            name,
            text(object.metadata().name()),
            "uid",
            text(object.metadata().uid())
        });
    }

    /// A kind of the cluster.
    static <T extends KubernetesObject> Family<T> ofCluster(Kind<T> kind, String name) {
        return new Family<>(kind, "kube_" + name + "_", object ->
                new String[] {name, text(object.metadata().name())});
    }

    Family<T> gauge(String name, Measure<T> measure) {
        metrics.add(new Metric<>(prefix + name, "gauge", measure));
        return this;
    }

    Family<T> counter(String name, Measure<T> measure) {
        metrics.add(new Metric<>(prefix + name, "counter", measure));
        return this;
    }

    /// When objects were made.
    Family<T> created() {
        return gauge(
                "created", (object, samples) -> samples.time(object.metadata().creationTimestamp()));
    }

    /// Whether a condition holds: one sample for each of the three answers.
    static void answers(Samples samples, String status, String label, @Nullable String... more) throws IOException {
        for (String answer : List.of("true", "false", "unknown")) {
            @Nullable String[] labels = Arrays.copyOf(more, more.length + 2);
            labels[more.length] = label;
            labels[more.length + 1] = answer;
            samples.flag(status.equalsIgnoreCase(answer), labels);
        }
    }

    List<String> names() {
        return metrics.stream().map(Metric::name).toList();
    }

    void write(CachedObjects cached, Samples samples) throws IOException {
        List<T> objects = cached.all(kind);
        for (Metric<T> metric : metrics) {
            samples.begin(metric.name(), metric.type());
            for (T object : objects) {
                samples.of(identity.labels(object));
                metric.measure().write(object, samples);
            }
        }
    }
}
