package io.gantry.client.http2;

import io.gantry.client.http.Answer;
import io.gantry.client.http.Call;
import io.gantry.client.http.Identity;
import io.gantry.client.http.Link;
import io.gantry.client.tls.ClientTls;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A link that keeps one connection, makes a new one when that has ended, and sends again what the server has not
/// seen. Goes another way where a server speaks no HTTP/2. Thread-safe.
public final class Http2Link implements Link {
    /// How often a request that the server has not seen is sent again.
    private static final int MAX_REPEATS = 3;

    private final Opening opener;
    private final Supplier<Link> otherwise;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable ClientConnection connection;
    private @Nullable CompletableFuture<ClientConnection> opening;
    private volatile @Nullable Link other;
    private boolean retired;
    private boolean closed;

    /// @param otherwise the way to a server that speaks no HTTP/2
    public Http2Link(URI server, ClientTls tls, Identity identity, Duration connectLimit, Supplier<Link> otherwise) {
        this(new Opening(server, tls, identity, Patience.usual(connectLimit)), otherwise);
    }

    Http2Link(Opening opener, Supplier<Link> otherwise) {
        this.opener = opener;
        this.otherwise = otherwise;
    }

    @Override
    public Answer send(Call call) throws IOException, InterruptedException {
        for (int repeat = 0; ; repeat++) {
            ClientConnection open = other == null ? connected() : null;
            if (open == null) {
                return otherLink().send(call);
            }
            try {
                return open.send(call);
            } catch (NotProcessedException e) {
                if (repeat >= MAX_REPEATS) {
                    throw e;
                }
            } catch (IOException e) {
                if (repeat > 0 || open.isOpen() || isClosed() || !call.method().equals("GET")) {
                    throw e;
                }
            } finally {
                if (isRetired()) {
                    open.retire();
                }
            }
        }
    }

    private boolean isRetired() {
        lock.lock();
        try {
            return retired;
        } finally {
            lock.unlock();
        }
    }

    private Link otherLink() {
        lock.lock();
        try {
            Link link = other;
            if (link == null) {
                link = otherwise.get();
                other = link;
            }
            return link;
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /// The connection, made by one caller for all that wait for it; null when the server speaks no HTTP/2.
    private @Nullable ClientConnection connected() throws IOException, InterruptedException {
        CompletableFuture<@Nullable ClientConnection> wanted;
        boolean mine = false;
        lock.lock();
        try {
            if (closed) {
                throw new IOException("the client is closed");
            }
            ClientConnection now = connection;
            if (now != null && now.isOpen()) {
                return now;
            }
            CompletableFuture<@Nullable ClientConnection> begun = opening;
            mine = begun == null;
            wanted = begun == null ? new CompletableFuture<>() : begun;
            opening = wanted;
        } finally {
            lock.unlock();
        }
        if (mine) {
            open(wanted);
        }
        try {
            return wanted.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        }
    }

    private void open(CompletableFuture<@Nullable ClientConnection> wanted) {
        ClientConnection made = null;
        Throwable failure = null;
        try {
            made = opener.open().orElse(null);
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
        }
        boolean late;
        lock.lock();
        try {
            opening = null;
            late = closed;
            connection = late ? null : made;
        } finally {
            lock.unlock();
        }
        if (failure != null) {
            wanted.completeExceptionally(failure);
        } else {
            if (late && made != null) {
                made.close();
            }
            wanted.complete(made);
        }
    }

    @Override
    public void retire() {
        ClientConnection last;
        lock.lock();
        try {
            retired = true;
            last = connection;
        } finally {
            lock.unlock();
        }
        if (last != null) {
            last.retire();
        }
        if (other != null) {
            other.retire();
        }
    }

    @Override
    public void close() {
        ClientConnection last;
        lock.lock();
        try {
            closed = true;
            last = connection;
        } finally {
            lock.unlock();
        }
        if (last != null) {
            last.close();
        }
        Link link = other;
        if (link != null) {
            link.close();
        }
    }
}
