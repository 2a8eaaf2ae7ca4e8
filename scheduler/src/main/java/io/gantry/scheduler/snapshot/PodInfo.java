package io.gantry.scheduler.snapshot;

import io.gantry.api.core.v1.pod.Affinity;
import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.ContainerPort;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodAffinity;
import io.gantry.api.core.v1.pod.PodAffinityTerm;
import io.gantry.api.core.v1.pod.PodAntiAffinity;
import io.gantry.api.core.v1.pod.WeightedPodAffinityTerm;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A pod with what scheduling asks of it computed once. Immutable; equal by identity of the pod (UID).
public final class PodInfo {
    private final Pod pod;
    private final Resources requests;
    private final Resources nonZeroRequests;
    private final Set<HostPort> hostPorts;
    private final List<AffinityTerm> requiredAffinity;
    private final List<AffinityTerm> requiredAntiAffinity;
    private final List<AffinityTerm> preferredAffinity;
    private final List<AffinityTerm> preferredAntiAffinity;

    private @Nullable PodShape shape;
    private @Nullable LocalShape localShape;

    public PodInfo(Pod pod) {
        this.pod = pod;
        this.requests = PodRequests.of(pod);
        this.nonZeroRequests = PodRequests.nonZero(pod);
        this.hostPorts = hostPorts(pod);
        Affinity affinity = pod.spec().affinity();
        PodAffinity with = affinity == null ? null : affinity.podAffinity();
        PodAntiAffinity against = affinity == null ? null : affinity.podAntiAffinity();
        this.requiredAffinity =
                with == null ? List.of() : required(with.requiredDuringSchedulingIgnoredDuringExecution());
        this.preferredAffinity =
                with == null ? List.of() : preferred(with.preferredDuringSchedulingIgnoredDuringExecution());
        this.requiredAntiAffinity =
                against == null ? List.of() : required(against.requiredDuringSchedulingIgnoredDuringExecution());
        this.preferredAntiAffinity =
                against == null ? List.of() : preferred(against.preferredDuringSchedulingIgnoredDuringExecution());
    }

    public Pod pod() {
        return pod;
    }

    public String name() {
        return Objects.requireNonNullElse(pod.metadata().name(), "");
    }

    public String namespace() {
        return Objects.requireNonNullElse(pod.metadata().namespace(), "");
    }

    /// `namespace/name`.
    public String fullName() {
        return namespace() + "/" + name();
    }

    /// The UID, or the full name of a pod that has none (tests).
    public String uid() {
        String uid = pod.metadata().uid();
        return uid == null ? fullName() : uid;
    }

    public Map<String, String> labels() {
        return pod.metadata().labels();
    }

    public int priority() {
        Integer priority = pod.spec().priority();
        return priority == null ? 0 : priority;
    }

    public boolean terminating() {
        return pod.metadata().deletionTimestamp() != null;
    }

    public Resources requests() {
        return requests;
    }

    public Resources nonZeroRequests() {
        return nonZeroRequests;
    }

    public Set<HostPort> hostPorts() {
        return hostPorts;
    }

    public List<AffinityTerm> requiredAffinity() {
        return requiredAffinity;
    }

    public List<AffinityTerm> requiredAntiAffinity() {
        return requiredAntiAffinity;
    }

    public List<AffinityTerm> preferredAffinity() {
        return preferredAffinity;
    }

    public List<AffinityTerm> preferredAntiAffinity() {
        return preferredAntiAffinity;
    }

    /// Whether any affinity or anti-affinity to pods is declared.
    public boolean hasPodAffinity() {
        return !requiredAffinity.isEmpty()
                || !requiredAntiAffinity.isEmpty()
                || !preferredAffinity.isEmpty()
                || !preferredAntiAffinity.isEmpty();
    }

    /// What decides where a pod can go, apart from what is promised to it: pods of one shape fare alike.
    public PodShape shape() {
        PodShape known = shape;
        if (known == null) {
            known = PodShape.of(this);
            shape = known;
        }
        return known;
    }

    /// What decides whether a node by itself can take it.
    public LocalShape localShape() {
        LocalShape known = localShape;
        if (known == null) {
            known = LocalShape.of(this);
            localShape = known;
        }
        return known;
    }

    /// Whether it asks for the same, and is selected by the same, as another state of this pod.
    boolean countsLike(PodInfo other) {
        return terminating() == other.terminating()
                && requests.equals(other.requests)
                && nonZeroRequests.equals(other.nonZeroRequests)
                && hostPorts.equals(other.hostPorts)
                && labels().equals(other.labels())
                && Objects.equals(pod.spec().affinity(), other.pod.spec().affinity());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PodInfo info && uid().equals(info.uid());
    }

    @Override
    public int hashCode() {
        return uid().hashCode();
    }

    @Override
    public String toString() {
        return fullName();
    }

    private List<AffinityTerm> required(List<PodAffinityTerm> terms) {
        return terms.stream()
                .map(term -> AffinityTerm.of(term, namespace(), labels(), 0))
                .toList();
    }

    private List<AffinityTerm> preferred(List<WeightedPodAffinityTerm> terms) {
        return terms.stream()
                .map(term -> AffinityTerm.of(term.podAffinityTerm(), namespace(), labels(), term.weight()))
                .toList();
    }

    private static Set<HostPort> hostPorts(Pod pod) {
        Set<HostPort> ports = new LinkedHashSet<>();
        List<Container> containers = new ArrayList<>(pod.spec().containers());
        pod.spec().initContainers().stream()
                .filter(container -> "Always".equals(container.restartPolicy()))
                .forEach(containers::add);
        for (Container container : containers) {
            for (ContainerPort port : container.ports()) {
                Integer number = port.hostPort();
                if (number != null && number > 0) {
                    String address = port.hostIP();
                    ports.add(new HostPort(
                            Objects.requireNonNullElse(port.protocol(), "TCP"),
                            address == null || address.isEmpty() ? "0.0.0.0" : address,
                            number));
                }
            }
        }
        return ports.isEmpty() ? Set.of() : ports;
    }
}
