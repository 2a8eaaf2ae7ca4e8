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
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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
        PodContainer container = PodContainer.all(POD).getFirst();
        Probe probe = Objects.requireNonNull(container.spec().livenessProbe());
        try (ProbeWorker worker = new ProbeWorker(
                new ProbeWorker.Subject(POD, container, "id", Clock.systemUTC().instant()),
                ProbeKind.LIVENESS,
                probe,
                () -> new Check.Outcome(succeeds, "why"),
                ProbeResults.Result.SUCCESS,
                () -> true,
                new PodEvents(sink),
                Clock.systemUTC(),
                () -> {})) {
            worker.start();
            assertEquals(event, told.poll(10, TimeUnit.SECONDS));
        }
    }
}
