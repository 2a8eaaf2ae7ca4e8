package io.gantry.client.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.client.ApiClient;
import io.gantry.client.http.Call;
import io.gantry.client.http.Exchange;
import io.gantry.client.http.Reply;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class EventRecorderTest {
    private static final Pod POD = Json.MAPPER.readValue(
            "{\"metadata\":{\"name\":\"p\",\"namespace\":\"ns\",\"uid\":\"u\"},\"spec\":{\"containers\":[]}}",
            Pod.class);

    private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();

    /// Answers each request with its own body.
    private final class Echo implements Exchange {
        @Override
        public Reply send(Call call) {
            calls.add(call);
            return new Reply.Whole(call.method().equals("PATCH") ? "{}".getBytes() : call.body());
        }

        @Override
        public String name() {
            return "echo";
        }

        @Override
        public void close() {}
    }

    private JsonNode next(String method) throws InterruptedException {
        Call call = calls.poll(10, TimeUnit.SECONDS);
        assertTrue(call != null && call.method().equals(method), String.valueOf(call));
        return Json.MAPPER.readTree(call.body());
    }

    @Test
    void eventsInSeriesHaveATimeAnActionAndTheOtherObject() throws InterruptedException {
        try (EventRecorder recorder = EventRecorder.ofSeries(
                ApiClient.over(new Echo(), "test"), "default-scheduler", "default-scheduler-h")) {
            for (int i = 0; i < 2; i++) {
                recorder.event(POD, Optional.of(POD), EventSink.NORMAL, "Preempted", "Preempting", "by another");
            }
            JsonNode event = next("POST");
            assertEquals("Preempting", event.path("action").asString());
            assertEquals("default-scheduler", event.path("reportingComponent").asString());
            assertEquals("default-scheduler-h", event.path("reportingInstance").asString());
            assertTrue(event.path("eventTime").asString().matches(".*T.*Z"), event.toString());
            assertEquals("u", event.path("related").path("uid").asString());
            assertTrue(event.path("firstTimestamp").isMissingNode()
                    && event.path("count").isMissingNode());
            assertEquals(2, next("PATCH").path("series").path("count").asInt());
        }
    }

    @Test
    void countedEventsHaveASourceTimesAndACount() throws InterruptedException {
        try (EventRecorder recorder = new EventRecorder(ApiClient.over(new Echo(), "test"), "kubelet", "n")) {
            recorder.event(POD, EventSink.WARNING, "Failed", "x".repeat(2000));
            recorder.event(POD, EventSink.WARNING, "Failed", "x".repeat(2000));
            JsonNode event = next("POST");
            assertEquals("kubelet", event.path("source").path("component").asString());
            assertEquals(1, event.path("count").asInt());
            assertTrue(event.path("action").isMissingNode());
            assertEquals(1024, event.path("message").asString().length());
            assertTrue(event.path("message").asString().endsWith("x ..."));
            assertEquals(2, next("PATCH").path("count").asInt());
        }
    }
}
