package io.gantry.kubelet.cri;

import io.gantry.kubelet.cri.containerd.EventsGrpc;
import io.gantry.kubelet.cri.containerd.SubscribeRequest;
import io.gantry.kubelet.cri.v1.GetEventsRequest;
import io.gantry.kubelet.cri.v1.RuntimeServiceGrpc;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Iterator;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells when the runtime has something new: by CRI's own stream, or by containerd's where CRI has none. A broken
/// stream is opened again, and the listener is told to look, since it may have missed something.
final class CriEvents {
    private static final Logger LOG = LoggerFactory.getLogger(CriEvents.class);
    private static final long RECONNECT_MILLIS = 1000;

    private final CriConnection connection;

    CriEvents(CriConnection connection) {
        this.connection = connection;
    }

    AutoCloseable subscribe(Runnable listener) {
        CountDownLatch closed = new CountDownLatch(1);
        Context.CancellableContext context = Context.ROOT.withCancellation();
        Thread.ofVirtual().name("runtime-events").start(() -> context.run(() -> follow(listener, closed)));
        return () -> {
            closed.countDown();
            context.cancel(null);
        };
    }

    private void follow(Runnable listener, CountDownLatch closed) {
        AtomicBoolean criHasEvents = new AtomicBoolean(true);
        try {
            do {
                stream(listener, criHasEvents);
                listener.run();
            } while (!closed.await(
                    criHasEvents.get() ? RECONNECT_MILLIS : RECONNECT_MILLIS / 4, TimeUnit.MILLISECONDS));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void stream(Runnable listener, AtomicBoolean criHasEvents) {
        try {
            Iterator<?> events = criHasEvents.get() ? criStream() : containerdStream();
            while (events.hasNext()) {
                events.next();
                listener.run();
            }
        } catch (StatusRuntimeException failure) {
            if (failure.getStatus().getCode() == Status.Code.UNIMPLEMENTED) {
                criHasEvents.set(false);
            } else {
                LOG.debug("runtime event stream ended: {}", failure.getStatus());
            }
        }
    }

    private Iterator<?> criStream() {
        return RuntimeServiceGrpc.newBlockingStub(connection.channel())
                .getContainerEvents(GetEventsRequest.getDefaultInstance());
    }

    private Iterator<?> containerdStream() {
        return EventsGrpc.newBlockingStub(connection.channel())
                .subscribe(SubscribeRequest.newBuilder()
                        .addFilters("topic==\"/tasks/exit\"")
                        .addFilters("topic==\"/tasks/oom\"")
                        .addFilters("topic==\"/tasks/delete\"")
                        .build());
    }
}
