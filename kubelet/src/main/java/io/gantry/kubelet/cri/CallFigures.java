package io.gantry.kubelet.cri;

import io.gantry.component.Counts;
import io.gantry.component.Histogram;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.List;
import java.util.Locale;

/// Upstream's metrics of calls to the runtime (`kubelet_runtime_operations_…`). Streams are not counted. Thread-safe.
final class CallFigures implements ClientInterceptor {
    private static final String TYPE = "operation_type";
    private static final double FIRST_SECONDS = 0.005;
    private static final double GROWTH = 2.5;
    private static final int BUCKETS = 14;

    private final Counts calls = Counts.counter("kubelet_runtime_operations_total", TYPE);
    private final Counts errors = Counts.counter("kubelet_runtime_operations_errors_total", TYPE);
    private final Histogram seconds =
            new Histogram("kubelet_runtime_operations_duration_seconds", List.of(TYPE), ends());

    private static double[] ends() {
        double[] ends = new double[BUCKETS];
        double end = FIRST_SECONDS;
        for (int i = 0; i < BUCKETS; i++, end *= GROWTH) {
            ends[i] = end;
        }
        return ends;
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        ClientCall<Q, A> call = next.newCall(method, options);
        if (method.getType() != MethodDescriptor.MethodType.UNARY) {
            return call;
        }
        String type = operation(method.getBareMethodName());
        return new SimpleForwardingClientCall<>(call) {
            @Override
            public void start(Listener<A> listener, Metadata headers) {
                calls.of(type).increment();
                long began = System.nanoTime();
                super.start(
                        new SimpleForwardingClientCallListener<>(listener) {
                            @Override
                            public void onClose(Status status, Metadata trailers) {
                                seconds.of(type).observeNanos(System.nanoTime() - began);
                                if (!status.isOk()) {
                                    errors.of(type).increment();
                                }
                                super.onClose(status, trailers);
                            }
                        },
                        headers);
            }
        };
    }

    /// Upstream's word for a method: `RunPodSandbox` is `run_podsandbox`.
    static String operation(String method) {
        return method.equals("UpdateContainerResources")
                ? "update_container"
                : method.replace("PodSandbox", "Podsandbox")
                        .replaceAll("(?<=.)([A-Z])", "_$1")
                        .toLowerCase(Locale.ROOT);
    }

    String text() {
        return calls.text() + errors.text() + seconds.text();
    }
}
