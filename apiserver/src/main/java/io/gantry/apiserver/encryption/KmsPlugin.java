package io.gantry.apiserver.encryption;

import com.google.protobuf.ByteString;
import io.gantry.apiserver.encryption.kms.DecryptRequest;
import io.gantry.apiserver.encryption.kms.EncryptRequest;
import io.gantry.apiserver.encryption.kms.EncryptResponse;
import io.gantry.apiserver.encryption.kms.EncryptedObject;
import io.gantry.apiserver.encryption.kms.KeyManagementServiceGrpc;
import io.gantry.apiserver.encryption.kms.StatusRequest;
import io.gantry.apiserver.encryption.kms.StatusResponse;
import io.gantry.component.grpc.GrpcCodes;
import io.gantry.component.grpc.UnixSockets;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// A KMS plugin behind its socket (upstream `…/kmsv2/grpc_service.go`). A plugin that is just started anew is waited
/// for. Thread-safe; calls block.
final class KmsPlugin implements AutoCloseable {
    private final KmsSettings settings;
    private final KmsMetrics metrics;
    private final UnixSockets sockets = new UnixSockets("kms-plugin");
    private final ManagedChannel channel;

    KmsPlugin(KmsSettings settings, KmsMetrics metrics) {
        this.settings = settings;
        this.metrics = metrics;
        this.channel = sockets.open(settings.socket());
    }

    StatusResponse status() throws KmsException {
        // It may have been away for long; whoever asks for its status wants to know now.
        channel.resetConnectBackoff();
        return call(KeyManagementServiceGrpc.getStatusMethod(), StatusRequest.getDefaultInstance());
    }

    EncryptResponse encrypt(byte[] plain) throws KmsException {
        return call(
                KeyManagementServiceGrpc.getEncryptMethod(),
                EncryptRequest.newBuilder()
                        .setPlaintext(ByteString.copyFrom(plain))
                        .setUid(UUID.randomUUID().toString())
                        .build());
    }

    /// What the plugin was given when it made the source of this object.
    byte[] decrypt(EncryptedObject object) throws KmsException {
        return call(
                        KeyManagementServiceGrpc.getDecryptMethod(),
                        DecryptRequest.newBuilder()
                                .setCiphertext(object.getEncryptedDekSource())
                                .setUid(UUID.randomUUID().toString())
                                .setKeyId(object.getKeyId())
                                .putAllAnnotations(object.getAnnotationsMap())
                                .build())
                .getPlaintext()
                .toByteArray();
    }

    private <Q, A> A call(MethodDescriptor<Q, A> method, Q request) throws KmsException {
        CallOptions options = CallOptions.DEFAULT
                .withWaitForReady()
                .withDeadlineAfter(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
        long begin = System.nanoTime();
        Status status = Status.OK;
        try {
            return ClientCalls.blockingUnaryCall(channel, method, options, request);
        } catch (StatusRuntimeException e) {
            status = e.getStatus();
            throw new KmsException(GrpcCodes.describe(status), e);
        } finally {
            metrics.called(
                    settings.name(),
                    "/" + method.getFullMethodName(),
                    GrpcCodes.name(status.getCode()),
                    System.nanoTime() - begin);
        }
    }

    @Override
    public void close() {
        UnixSockets.shutDown(channel);
        sockets.close();
    }
}
