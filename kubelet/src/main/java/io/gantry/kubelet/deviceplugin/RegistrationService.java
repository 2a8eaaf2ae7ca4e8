package io.gantry.kubelet.deviceplugin;

import io.gantry.component.Counts;
import io.gantry.kubelet.deviceplugin.v1beta1.Empty;
import io.gantry.kubelet.deviceplugin.v1beta1.RegisterRequest;
import io.gantry.kubelet.deviceplugin.v1beta1.RegistrationGrpc;
import io.gantry.kubelet.pod.DevicesFailure;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where device plugins come and say who they are (upstream `plugin/v1beta1/server.go`). Thread-safe.
final class RegistrationService extends RegistrationGrpc.RegistrationImplBase {
    private static final Logger LOG = LoggerFactory.getLogger(RegistrationService.class);

    private final Path folder;
    private final DevicePlugins plugins;
    private final Counts registrations = Counts.counter("kubelet_device_plugin_registration_total", "resource_name");

    /// @param folder where the plugins' sockets are
    RegistrationService(Path folder, DevicePlugins plugins) {
        this.folder = folder;
        this.plugins = plugins;
    }

    @Override
    public void register(RegisterRequest request, StreamObserver<Empty> answer) {
        registrations.of(request.getResourceName()).increment();
        try {
            refusal(request).ifPresent(why -> {
                throw new DevicesFailure(why);
            });
            plugins.connect(request.getResourceName(), folder.resolve(endpoint(request)));
            answer.onNext(Empty.getDefaultInstance());
            answer.onCompleted();
        } catch (DevicesFailure failure) {
            LOG.warn("device plugin for {} is not registered: {}", request.getResourceName(), failure.getMessage());
            answer.onError(Status.UNKNOWN
                    .withDescription(failure.getMessage())
                    .withCause(failure)
                    .asRuntimeException());
        }
    }

    private static Optional<String> refusal(RegisterRequest request) {
        if (!request.getVersion().equals(DevicePlugins.VERSION)) {
            return Optional.of("requested API version \"" + request.getVersion()
                    + "\" is not supported by kubelet. Supported version is [\"" + DevicePlugins.VERSION + "\"]");
        }
        return DevicePlugins.invalid(request.getResourceName());
    }

    /// Below the folder, whatever it says.
    private static String endpoint(RegisterRequest request) {
        return Path.of("/")
                .resolve(request.getEndpoint())
                .normalize()
                .toString()
                .substring(1);
    }

    /// Prometheus text.
    String metrics() {
        return registrations.text();
    }
}
