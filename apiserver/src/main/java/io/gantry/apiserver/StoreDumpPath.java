package io.gantry.apiserver;

import io.gantry.apiserver.authn.UserInfo;
import io.gantry.apiserver.http.Answer;
import io.gantry.apiserver.http.Headers;
import io.gantry.apiserver.http.Request;
import io.gantry.apiserver.http.Response;
import io.gantry.apiserver.http.ResponseStream;
import io.gantry.component.VirtualThreads;
import io.gantry.store.Store;
import io.gantry.store.transfer.StoreDump;
import io.netty.buffer.Unpooled;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `GET /gantry/v1/store`: everything in the store at one revision, for `gantry backup`. It holds every Secret: only
/// somebody who may read every path gets here, which is a cluster administrator.
final class StoreDumpPath implements ApiHandler.Paths {
    private static final Logger LOG = LoggerFactory.getLogger(StoreDumpPath.class);
    private static final String PATH = "/gantry/v1/store";
    private static final int BUFFER_BYTES = 64 << 10;

    private final Store store;
    private final ApiHandler.Paths others;

    StoreDumpPath(Store store, ApiHandler.Paths others) {
        this.store = store;
        this.others = others;
    }

    @Override
    public Optional<Answer> answer(Request request, UserInfo user) {
        if (!request.head().path().equals(PATH) || !request.head().method().equals("GET")) {
            return others.answer(request, user);
        }
        Headers headers = new Headers.Builder()
                .add("cache-control", "no-store")
                .add("content-type", "application/octet-stream")
                .build();
        return Optional.of(Answer.later(() -> new Response.Streamed(200, headers, this::send)));
    }

    private void send(ResponseStream stream) {
        VirtualThreads.background().name("store-dump").start(() -> {
            try (OutputStream body = new BufferedOutputStream(new Body(stream), BUFFER_BYTES)) {
                StoreDump.write(store, body);
                body.flush();
                stream.end();
            } catch (IOException | RuntimeException e) {
                LOG.warn("a dump of the store broke off: {}", e.getMessage());
                stream.abort();
            }
        });
    }

    /// Bytes for a stream; blocks while the client is slow.
    private static final class Body extends OutputStream {
        private final ResponseStream stream;

        Body(ResponseStream stream) {
            this.stream = stream;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                if (!stream.awaitWritable()) {
                    throw new IOException("the client left");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("the server stops", e);
            }
            stream.write(Unpooled.copiedBuffer(bytes, offset, length));
        }
    }
}
