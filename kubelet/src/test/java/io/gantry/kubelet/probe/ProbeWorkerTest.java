package io.gantry.kubelet.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.KubernetesObject;
import io.gantry.api.core.v1.endpoints.ObjectReference;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.Probe;
import io.gantry.client.event.EventSink;
import io.gantry.kubelet.cluster.PodEvents;
import io.gantry.kubelet.pod.PodContainer;
import io.gantry.kubelet.pod.ProbeResults;
import io.gantry.kubelet.runtime.RuntimeFailure;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbeWorkerTest {
    private static final Pod POD = Json.MAPPER.readValue(
            "{\"metadata\":{\"name\":\"p\",\"namespace\":\"n\",\"uid\":\"u\"},"
                    + "\"spec\":{\"containers\":[{\"name\":\"c\",\"livenessProbe\":{\"periodSeconds\":100}}]}}",
            Pod.class);

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final EventSink sink = new EventSink() {
        @Override
        public void event(KubernetesObject regarding, String type, String reason, String message) {
            throw new AssertionError("events are about containers");
        }

        @Override
        public void event(ObjectReference regarding, String type, String reason, String message) {
            told.add(regarding.fieldPath() + " " + type + " " + reason + " " + message);
        }
    };

    @ParameterizedTest
    @CsvSource({
        "true,spec.containers{c} Warning ProbeWarning Liveness probe warning: why",
        "false,spec.containers{c} Warning Unhealthy Liveness probe failed: why"
    })
    void tellsWhatAProbeSays(boolean succeeds, String event) throws InterruptedException {
        try (ProbeWorker worker = worker(POD, () -> new Check.Outcome(succeeds, "why"))) {
            worker.start();
            assertEquals(event, told.poll(10, TimeUnit.SECONDS));
        }
    }

    /// As while the container runtime is started anew.
    @Test
    void aProbeThatCannotBeMadeChangesNothing() throws InterruptedException {
        Pod often = Json.MAPPER.readValue(
                "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"containers\":[{\"name\":\"c\","
                        + "\"livenessProbe\":{\"periodSeconds\":1,\"failureThreshold\":1}}]}}",
                Pod.class);
        Check check = () -> {
            throw new RuntimeFailure(RuntimeFailure.Code.OTHER, "rpc error: gone", null);
        };
        try (ProbeWorker worker = worker(often, check)) {
            worker.start();
            for (int i = 0; i < 2; i++) {
                assertEquals(
                        "spec.containers{c} Warning Unhealthy Liveness probe errored and resulted in unknown state: "
                                + "rpc error: gone",
                        told.poll(10, TimeUnit.SECONDS));
            }
            assertEquals(ProbeResults.Result.SUCCESS, worker.result());
        }
    }

    private ProbeWorker worker(Pod pod, Check check) {
        PodContainer container = PodContainer.all(pod).getFirst();
        Probe probe = Objects.requireNonNull(container.spec().livenessProbe());
        return new ProbeWorker(
                new ProbeWorker.Subject(pod, container, "id", Clock.systemUTC().instant()),
                ProbeKind.LIVENESS,
                probe,
                check,
                ProbeResults.Result.SUCCESS,
                () -> true,
                new PodEvents(sink),
                Clock.systemUTC(),
                () -> {});
    }
}
