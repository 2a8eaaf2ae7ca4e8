package io.gantry.store.etcd;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KeyValue;
import io.gantry.store.Entry;
import io.gantry.store.FutureRevisionException;
import io.gantry.store.StoreUnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Waits for etcd's answers and gives its errors our names. A compacted revision comes as a bare gRPC OUT_OF_RANGE, so
/// messages are what there is to go by.
final class EtcdCalls {
    private static final long TIMEOUT_SECONDS = 10;
    private static final String COMPACTED = "required revision has been compacted";
    private static final String FUTURE = "required revision is a future revision";

    /// The revision asked for is compacted. The caller knows what to tell.
    static final class Compacted extends Exception {
        private static final long serialVersionUID = 1L;
    }

    static <T> T await(CompletableFuture<T> call) {
        try {
            return awaitRevision(call);
        } catch (Compacted e) {
            throw new StoreUnavailableException("etcd says compacted where no revision was asked for", e);
        }
    }

    static <T> T awaitRevision(CompletableFuture<T> call) throws Compacted {
        try {
            return call.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted while waiting for etcd", e);
        } catch (TimeoutException e) {
            call.cancel(true);
            throw new StoreUnavailableException("etcd did not answer within " + TIMEOUT_SECONDS + " s", e);
        } catch (ExecutionException e) {
            if (says(e, COMPACTED)) {
                throw new Compacted();
            }
            if (says(e, FUTURE)) {
                throw new FutureRevisionException("etcd: " + FUTURE, 0);
            }
            throw new StoreUnavailableException("etcd: " + e.getMessage(), e);
        }
    }

    static ByteSequence bytes(String text) {
        return ByteSequence.from(text, StandardCharsets.UTF_8);
    }

    static Entry entry(KeyValue found) {
        return new Entry(
                found.getKey().toString(StandardCharsets.UTF_8),
                found.getValue().getBytes(),
                found.getCreateRevision(),
                found.getModRevision());
    }

    private static boolean says(Throwable thrown, String words) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (String.valueOf(t.getMessage()).contains(words)) {
                return true;
            }
        }
        return false;
    }

    private EtcdCalls() {}
}
