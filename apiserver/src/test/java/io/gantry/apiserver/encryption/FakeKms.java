package io.gantry.apiserver.encryption;

import com.google.protobuf.ByteString;
import io.gantry.apiserver.encryption.kms.DecryptRequest;
import io.gantry.apiserver.encryption.kms.DecryptResponse;
import io.gantry.apiserver.encryption.kms.EncryptRequest;
import io.gantry.apiserver.encryption.kms.EncryptResponse;
import io.gantry.apiserver.encryption.kms.KeyManagementServiceGrpc;
import io.gantry.apiserver.encryption.kms.StatusRequest;
import io.gantry.apiserver.encryption.kms.StatusResponse;
import io.gantry.component.grpc.UnixSockets;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/// A KMS plugin on a socket. It adds the length of its key's name to each byte.
public final class FakeKms implements AutoCloseable {
    private static final String MARK = "fake.kms.io";

    private final Path socket;
    private final UnixSockets sockets = new UnixSockets("fake-kms");
    private final Server server;
    public final AtomicInteger decrypted = new AtomicInteger();
    public volatile String keyId = "k1";
    /// What encrypts, where it is not the key that the status tells of.
    public volatile String encryptsWith = "";
    public volatile String healthz = "ok";

    public FakeKms(Path socket) throws IOException {
        this.socket = socket;
        this.server = sockets.serve(socket, new Service().bindService());
    }

    private static ByteString shifted(ByteString bytes, int by) {
        byte[] shifted = bytes.toByteArray();
        for (int i = 0; i < shifted.length; i++) {
            shifted[i] += (byte) by;
        }
        return ByteString.copyFrom(shifted);
    }

    @Override
    public void close() throws IOException {
        server.shutdownNow();
        sockets.close();
        Files.deleteIfExists(socket);
    }

    private final class Service extends KeyManagementServiceGrpc.KeyManagementServiceImplBase {
        @Override
        public void status(StatusRequest request, StreamObserver<StatusResponse> answer) {
            answer.onNext(StatusResponse.newBuilder()
                    .setVersion("v2")
                    .setHealthz(healthz)
                    .setKeyId(keyId)
                    .build());
            answer.onCompleted();
        }

        @Override
        public void encrypt(EncryptRequest request, StreamObserver<EncryptResponse> answer) {
            String key = encryptsWith.isEmpty() ? keyId : encryptsWith;
            answer.onNext(EncryptResponse.newBuilder()
                    .setCiphertext(shifted(request.getPlaintext(), key.length()))
                    .setKeyId(key)
                    .putAnnotations(MARK, ByteString.copyFromUtf8(key))
                    .build());
            answer.onCompleted();
        }

        @Override
        public void decrypt(DecryptRequest request, StreamObserver<DecryptResponse> answer) {
            decrypted.incrementAndGet();
            if (!request.getAnnotationsOrThrow(MARK).toStringUtf8().equals(request.getKeyId())) {
                answer.onError(Status.INVALID_ARGUMENT
                        .withDescription("another key's annotations")
                        .asRuntimeException());
                return;
            }
            answer.onNext(DecryptResponse.newBuilder()
                    .setPlaintext(
                            shifted(request.getCiphertext(), -request.getKeyId().length()))
                    .build());
            answer.onCompleted();
        }
    }
}
