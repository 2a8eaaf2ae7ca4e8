package io.gantry.kubelet.plugin;

import io.gantry.component.grpc.GrpcCodes;
import io.gantry.component.grpc.UnixSockets;
import io.gantry.kubelet.plugin.v1.InfoRequest;
import io.gantry.kubelet.plugin.v1.PluginInfo;
import io.gantry.kubelet.plugin.v1.RegistrationGrpc;
import io.gantry.kubelet.plugin.v1.RegistrationStatus;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Registers the plugin behind a socket (upstream `operation_generator.go`): asks what it is, hands it to the handler
/// of its type, and tells it what came of it. Blocks; thread-safe.
final class Registration {
    /// Upstream dials for ten seconds at most and gives the answer one more.
    private static final Duration INFO_LIMIT = Duration.ofSeconds(11);

    private static final Duration NOTIFY_LIMIT = Duration.ofSeconds(5);

    private final UnixSockets sockets;
    private final Map<String, PluginHandler> handlers;

    /// @param handlers by the type of plugin
    Registration(UnixSockets sockets, Map<String, PluginHandler> handlers) {
        this.sockets = sockets;
        this.handlers = Map.copyOf(handlers);
    }

    /// @throws PluginFailure when the plugin does not answer, or was refused and told so
    Plugin register(Path socket) throws PluginFailure {
        ManagedChannel channel = sockets.open(socket);
        try {
            return register(socket, RegistrationGrpc.newBlockingStub(channel));
        } catch (StatusRuntimeException failure) {
            throw new PluginFailure(
                    "RegisterPlugin error -- no answer at socket " + socket + ", err: "
                            + GrpcCodes.describe(failure.getStatus()),
                    failure);
        } finally {
            channel.shutdownNow();
        }
    }

    private Plugin register(Path socket, RegistrationGrpc.RegistrationBlockingStub stub) throws PluginFailure {
        PluginInfo info = stub.withDeadlineAfter(INFO_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .withWaitForReady()
                .getInfo(InfoRequest.getDefaultInstance());
        String endpoint = info.getEndpoint().isEmpty() ? socket.toString() : info.getEndpoint();
        Plugin plugin = new Plugin(info.getType(), info.getName(), endpoint, info.getSupportedVersionsList());
        PluginHandler handler = handlers.get(info.getType());
        if (handler == null) {
            throw refuse(
                    stub, "no handler registered for plugin type: " + info.getType() + " at socket " + socket, null);
        }
        try {
            handler.validate(plugin);
        } catch (PluginFailure failure) {
            throw refuse(stub, "plugin validation failed with err: " + failure.getMessage(), failure);
        }
        try {
            handler.register(plugin);
        } catch (PluginFailure failure) {
            throw refuse(stub, "plugin registration failed with err: " + failure.getMessage(), failure);
        }
        try {
            notify(stub, true, "");
        } catch (StatusRuntimeException failure) {
            handler.deregister(plugin);
            throw failure;
        }
        return plugin;
    }

    private static PluginFailure refuse(
            RegistrationGrpc.RegistrationBlockingStub stub, String why, @Nullable Throwable cause) {
        String error = "RegisterPlugin error -- " + why;
        notify(stub, false, error);
        return new PluginFailure(error, Objects.requireNonNullElseGet(cause, () -> new IllegalStateException(error)));
    }

    private static void notify(RegistrationGrpc.RegistrationBlockingStub stub, boolean registered, String error) {
        stub.withDeadlineAfter(NOTIFY_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .notifyRegistrationStatus(RegistrationStatus.newBuilder()
                        .setPluginRegistered(registered)
                        .setError(error)
                        .build());
    }

    void deregister(Plugin plugin) {
        Objects.requireNonNull(handlers.get(plugin.type())).deregister(plugin);
    }
}
