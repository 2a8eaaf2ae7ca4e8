package io.gantry.kubelet.podresources;

import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.component.Counts;
import io.gantry.kubelet.pod.PodContainer;
import io.gantry.kubelet.podresources.v1.AllocatableResourcesRequest;
import io.gantry.kubelet.podresources.v1.AllocatableResourcesResponse;
import io.gantry.kubelet.podresources.v1.ContainerResources;
import io.gantry.kubelet.podresources.v1.GetPodResourcesRequest;
import io.gantry.kubelet.podresources.v1.GetPodResourcesResponse;
import io.gantry.kubelet.podresources.v1.ListPodResourcesRequest;
import io.gantry.kubelet.podresources.v1.ListPodResourcesResponse;
import io.gantry.kubelet.podresources.v1.PodResources;
import io.gantry.kubelet.podresources.v1.PodResourcesListerGrpc;
import io.gantry.kubelet.runtime.PodIdentity;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.util.Optional;

/// Which pod has which devices (upstream `server_v1.go`). CPUs and memory are nobody's own here. Thread-safe.
final class PodResourcesService extends PodResourcesListerGrpc.PodResourcesListerImplBase {
    private static final String LABEL = "server_api_version";
    private static final String VERSION = "v1";
    private static final String ALPHA_SERVICE = "v1alpha1.PodResourcesLister";

    private final PodResourceSources sources;
    private final Counts all = Counts.counter("kubelet_pod_resources_endpoint_requests_total", LABEL);
    private final Counts lists = Counts.counter("kubelet_pod_resources_endpoint_requests_list", LABEL);
    private final Counts gets = Counts.counter("kubelet_pod_resources_endpoint_requests_get", LABEL);
    private final Counts missed = Counts.counter("kubelet_pod_resources_endpoint_errors_get", LABEL);
    private final Counts allocatable = Counts.counter("kubelet_pod_resources_endpoint_requests_get_allocatable", LABEL);

    PodResourcesService(PodResourceSources sources) {
        this.sources = sources;
    }

    @Override
    public void list(ListPodResourcesRequest request, StreamObserver<ListPodResourcesResponse> answer) {
        list(VERSION, answer);
    }

    private void list(String version, StreamObserver<ListPodResourcesResponse> answer) {
        count(lists, version);
        ListPodResourcesResponse.Builder list = ListPodResourcesResponse.newBuilder();
        sources.pods().forEach(pod -> list.addPodResources(of(pod)));
        answer.onNext(list.build());
        answer.onCompleted();
    }

    @Override
    public void getAllocatableResources(
            AllocatableResourcesRequest request, StreamObserver<AllocatableResourcesResponse> answer) {
        count(allocatable, VERSION);
        answer.onNext(AllocatableResourcesResponse.newBuilder()
                .addAllDevices(sources.allocatable())
                .build());
        answer.onCompleted();
    }

    @Override
    public void get(GetPodResourcesRequest request, StreamObserver<GetPodResourcesResponse> answer) {
        count(gets, VERSION);
        Optional<Pod> found = sources.pods().stream()
                .filter(pod -> PodIdentity.of(pod).name().equals(request.getPodName())
                        && PodIdentity.of(pod).namespace().equals(request.getPodNamespace()))
                .findFirst();
        if (found.isEmpty()) {
            missed.of(VERSION).increment();
            answer.onError(Status.UNKNOWN
                    .withDescription(
                            "pod " + request.getPodName() + " in namespace " + request.getPodNamespace() + " not found")
                    .asRuntimeException());
            return;
        }
        answer.onNext(GetPodResourcesResponse.newBuilder()
                .setPodResources(of(found.get()))
                .build());
        answer.onCompleted();
    }

    private void count(Counts call, String version) {
        all.of(version).increment();
        call.of(version).increment();
    }

    /// The former version, which has the list alone; its messages are this one's with fewer fields.
    ServerServiceDefinition alpha() {
        MethodDescriptor<ListPodResourcesRequest, ListPodResourcesResponse> list =
                PodResourcesListerGrpc.getListMethod().toBuilder()
                        .setFullMethodName(ALPHA_SERVICE + "/List")
                        .build();
        return ServerServiceDefinition.builder(ALPHA_SERVICE)
                .addMethod(list, ServerCalls.asyncUnaryCall((request, answer) -> list("v1alpha1", answer)))
                .build();
    }

    /// Of the containers that run beside each other.
    private PodResources of(Pod pod) {
        PodIdentity id = PodIdentity.of(pod);
        PodResources.Builder resources =
                PodResources.newBuilder().setName(id.name()).setNamespace(id.namespace());
        PodContainer.all(pod).stream()
                .filter(container ->
                        container.role() == PodContainer.Role.SIDECAR || container.role() == PodContainer.Role.REGULAR)
                .forEach(container -> resources.addContainers(of(pod, container.spec())));
        return resources.build();
    }

    private ContainerResources of(Pod pod, Container container) {
        return ContainerResources.newBuilder()
                .setName(container.name())
                .addAllDevices(sources.devices(PodIdentity.of(pod).uid(), container.name()))
                .addAllDynamicResources(sources.claims(pod, container))
                .build();
    }

    /// Prometheus text.
    String metrics() {
        return all.text() + lists.text() + gets.text() + missed.text() + allocatable.text();
    }
}
