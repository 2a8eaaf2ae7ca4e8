package io.gantry.scheduler.devices;

import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.ContainerExtendedResourceRequest;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.ResourceRequirements;
import io.gantry.api.resource.Quantity;
import io.gantry.api.resource.v1.deviceclass.DeviceClass;
import io.gantry.api.resource.v1.resourceclaim.DeviceRequest;
import io.gantry.api.resource.v1.resourceclaim.ExactDeviceRequest;
import io.gantry.api.resource.v1.resourceclaim.ExactDeviceRequestBuilder;
import io.gantry.api.resource.v1.resourceclaim.PodClaims;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Extended resources that devices stand for (KEP-5004, upstream `extendeddynamicresources.go`). Pure.
public final class ExtendedResources {
    private static final String IMPLICIT = "deviceclass.resource.kubernetes.io/";

    private ExtendedResources() {}

    /// Whether a scheduler made the claim for the extended resources of a pod.
    public static boolean isOwn(ResourceClaim claim) {
        return "true".equals(claim.metadata().annotations().get(PodClaims.EXTENDED_RESOURCE_ANNOTATION));
    }

    /// The class whose devices stand for a resource: by the class's name, or by what the class says; of
    /// several that say so the newest, of equally old ones the first by name.
    public static Optional<DeviceClass> classOf(String resource, Collection<DeviceClass> classes) {
        if (resource.startsWith(IMPLICIT)) {
            String name = resource.substring(IMPLICIT.length());
            return classes.stream()
                    .filter(each -> name.equals(each.metadata().name()))
                    .findFirst();
        }
        return isExtended(resource)
                ? classes.stream()
                        .filter(each -> resource.equals(each.spec().extendedResourceName()))
                        .min(Comparator.comparing(ExtendedResources::created)
                                .reversed()
                                .thenComparing(ExtendedResources::nameOf))
                : Optional.empty();
    }

    /// Whether the class stands for the resource.
    public static boolean names(DeviceClass deviceClass, String resource) {
        return resource.equals(deviceClass.spec().extendedResourceName())
                || resource.equals(IMPLICIT + deviceClass.metadata().name());
    }

    private static boolean isExtended(String resource) {
        return resource.contains("/") && !resource.contains("kubernetes.io/") && !resource.startsWith("requests.");
    }

    private static Instant created(DeviceClass each) {
        return Objects.requireNonNullElse(each.metadata().creationTimestamp(), Instant.EPOCH);
    }

    private static String nameOf(DeviceClass each) {
        return Objects.requireNonNullElse(each.metadata().name(), "");
    }

    /// What a claim asks for in place of extended resources, and which container's what each request is.
    public record Plan(List<DeviceRequest> requests, List<ContainerExtendedResourceRequest> mappings) {
        public Plan {
            requests = List.copyOf(requests);
            mappings = List.copyOf(mappings);
        }
    }

    /// A container's share of one resource.
    private record Share(int container, String containerName, String request, long count) {}

    /// Init containers use what later containers have, and beyond that share one request, as they run one after the
    /// other.
    ///
    /// @param classes by the resources that they stand for
    public static Plan plan(Pod pod, Map<String, String> classes) {
        List<Container> containers = new ArrayList<>(pod.spec().initContainers());
        containers.addAll(pod.spec().containers());
        List<DeviceRequest> requests = new ArrayList<>();
        List<ContainerExtendedResourceRequest> mappings = new ArrayList<>();
        new TreeMap<>(classes).forEach((resource, className) -> {
            List<Share> lasting = new ArrayList<>();
            for (int i = 0; i < containers.size(); i++) {
                long count = amount(containers.get(i), resource);
                if (count > 0 && !isPassing(pod, containers, i)) {
                    lasting.add(share(containers, i, resource, count));
                }
            }
            lasting.forEach(each -> {
                requests.add(request(each, className));
                mappings.add(mapping(each, resource, each.request));
            });
            addPassing(pod, containers, resource, className, lasting, requests, mappings);
        });
        requests.sort(Comparator.comparing(DeviceRequest::name));
        return new Plan(requests, mappings);
    }

    private static void addPassing(
            Pod pod,
            List<Container> containers,
            String resource,
            String className,
            List<Share> lasting,
            List<DeviceRequest> requests,
            List<ContainerExtendedResourceRequest> mappings) {
        List<Share> own = new ArrayList<>();
        List<ContainerExtendedResourceRequest> reused = new ArrayList<>();
        for (int i = 0; i < containers.size(); i++) {
            long missing = isPassing(pod, containers, i) ? amount(containers.get(i), resource) : 0;
            for (Share later : lasting) {
                if (missing > 0 && later.container > i) {
                    missing -= later.count;
                    reused.add(mapping(share(containers, i, resource, 0), resource, later.request));
                }
            }
            if (missing > 0) {
                own.add(share(containers, i, resource, missing));
            }
        }
        own.stream().max(Comparator.comparingLong(Share::count)).ifPresent(most -> {
            Share first = own.stream()
                    .filter(each -> each.count == most.count)
                    .findFirst()
                    .orElse(most);
            requests.add(request(first, className));
            own.forEach(each -> reused.add(mapping(each, resource, first.request)));
        });
        mappings.addAll(reused);
    }

    /// Whether it ends before the pod's containers start.
    private static boolean isPassing(Pod pod, List<Container> containers, int at) {
        return at < pod.spec().initContainers().size()
                && !"Always".equals(containers.get(at).restartPolicy());
    }

    private static long amount(Container container, String resource) {
        Quantity amount = requested(container).get(resource);
        return amount == null ? 0 : amount.value();
    }

    private static Map<String, Quantity> requested(Container container) {
        ResourceRequirements resources = container.resources();
        return resources == null ? Map.of() : resources.requests();
    }

    /// Requests are named by the places of container and resource.
    private static Share share(List<Container> containers, int at, String resource, long count) {
        Set<String> sorted = new TreeSet<>(requested(containers.get(at)).keySet());
        int place = List.copyOf(sorted).indexOf(resource);
        return new Share(at, containers.get(at).name(), "container-" + at + "-request-" + place, count);
    }

    private static DeviceRequest request(Share share, String className) {
        ExactDeviceRequest exactly = ExactDeviceRequestBuilder.builder()
                .deviceClassName(className)
                .allocationMode("ExactCount")
                .count(share.count)
                .build();
        return new DeviceRequest(share.request, exactly, List.of());
    }

    private static ContainerExtendedResourceRequest mapping(Share share, String resource, String request) {
        return new ContainerExtendedResourceRequest(share.containerName, resource, request);
    }

    /// Which of the resources devices stand for where a node has none of its own.
    public static Set<String> among(Map<String, Long> wanted, Collection<DeviceClass> classes) {
        Set<String> mapped = new HashSet<>();
        if (!classes.isEmpty()) {
            wanted.forEach((resource, amount) -> {
                if (amount > 0 && classOf(resource, classes).isPresent()) {
                    mapped.add(resource);
                }
            });
        }
        return mapped;
    }
}
