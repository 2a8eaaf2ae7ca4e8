package io.gantry.store.etcd;

import static io.gantry.store.etcd.EtcdCalls.bytes;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KV;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import io.gantry.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Compacts etcd, once an interval however many API servers share it. They agree as upstream's do:
/// `compact_rev_key` holds the last compacted revision and its version is a clock; who moves the clock
/// compacts.
final class EtcdCompactor {
    private static final Logger LOG = LoggerFactory.getLogger(EtcdCompactor.class);
    private static final ByteSequence KEY = bytes("compact_rev_key");

    private final KV kv;
    private long clock;
    private long revision;

    EtcdCompactor(KV kv) {
        this.kv = kv;
    }

    /// The oldest revision that can be read.
    long oldest() {
        List<KeyValue> found = EtcdCalls.await(kv.get(KEY)).getKvs();
        return found.isEmpty()
                ? 1
                : Long.parseLong(found.getFirst().getValue().toString(StandardCharsets.US_ASCII)) + 1;
    }

    /// Forgets every revision up to `last`.
    void compactThrough(long last) {
        EtcdCalls.await(kv.put(KEY, bytes(Long.toString(last))));
        try {
            EtcdCalls.awaitRevision(kv.compact(last));
        } catch (EtcdCalls.Compacted e) {
            LOG.debug("revision {} was compacted before", last, e);
        }
    }

    /// One tick of the interval: compacts to what was the newest revision one interval ago, unless another server did.
    synchronized void tick() {
        try {
            TxnResponse answer = EtcdCalls.await(kv.txn()
                    .If(new Cmp(KEY, Cmp.Op.EQUAL, CmpTarget.version(clock)))
                    .Then(Op.put(KEY, bytes(Long.toString(revision)), PutOption.DEFAULT))
                    .Else(Op.get(KEY, GetOption.DEFAULT))
                    .commit());
            long seen = answer.getHeader().getRevision();
            if (!answer.isSucceeded()) {
                List<KeyValue> found = answer.getGetResponses().getFirst().getKvs();
                clock = found.isEmpty() ? 0 : found.getFirst().getVersion();
                revision = seen;
                return;
            }
            long target = revision;
            clock++;
            revision = seen;
            if (target > 0) {
                EtcdCalls.awaitRevision(kv.compact(target));
            }
        } catch (EtcdCalls.Compacted e) {
            LOG.debug("another server compacted", e);
        } catch (StoreException e) {
            LOG.warn("cannot compact etcd now: {}", e.getMessage());
        }
    }
}
