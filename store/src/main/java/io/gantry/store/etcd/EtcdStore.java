package io.gantry.store.etcd;

import static io.gantry.store.etcd.EtcdCalls.bytes;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.KV;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import io.gantry.store.CompactedException;
import io.gantry.store.Entry;
import io.gantry.store.FutureRevisionException;
import io.gantry.store.Range;
import io.gantry.store.RangeResult;
import io.gantry.store.Store;
import io.gantry.store.StoreUnavailableException;
import io.gantry.store.WatchListener;
import io.gantry.store.WriteResult;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A [Store] on an etcd cluster (3.4 or later). Several API servers may share it.
public final class EtcdStore implements Store {
    private static final Logger LOG = LoggerFactory.getLogger(EtcdStore.class);
    private static final String ANY_KEY = "/";
    private static final int PAGE = 1_000;
    private static final int MAX_MESSAGE_BYTES = 512 << 20;

    private final Client client;
    private final List<URI> endpoints;
    private final KV kv;
    private final LeasePool leases;
    private final EtcdFeed feed;
    private final EtcdCompactor compactor;
    private final ScheduledExecutorService compactions = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("etcd-compactor").daemon().factory());

    private EtcdStore(Client client, EtcdOptions options) {
        this.client = client;
        this.endpoints = options.endpoints();
        this.kv = client.getKVClient();
        this.leases = new LeasePool(client.getLeaseClient(), InstantSource.system());
        this.compactor = new EtcdCompactor(kv);
        this.feed = new EtcdFeed(client.getWatchClient(), currentRevision(), this::currentRevision);
        long interval = options.compactionInterval().toMillis();
        if (interval > 0) {
            compactions.scheduleAtFixedRate(compactor::tick, interval, interval, TimeUnit.MILLISECONDS);
        }
    }

    /// Connects.
    ///
    /// @throws StoreUnavailableException when etcd does not answer
    public static EtcdStore connect(EtcdOptions options) {
        Client client = EtcdClients.client(options, MAX_MESSAGE_BYTES);
        try {
            return new EtcdStore(client, options);
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    @Override
    public long currentRevision() {
        GetOption countOnly = GetOption.builder().withCountOnly(true).build();
        return EtcdCalls.await(kv.get(bytes(ANY_KEY), countOnly)).getHeader().getRevision();
    }

    @Override
    public Optional<Entry> get(String key) {
        return first(EtcdCalls.await(kv.get(bytes(key))).getKvs());
    }

    /// Long ranges are read page by page at one revision.
    @Override
    public RangeResult range(Range range) {
        List<Entry> entries = new ArrayList<>();
        Range rest = range;
        while (true) {
            int wanted = range.limit() == 0 ? PAGE : Math.min(PAGE, range.limit() - entries.size());
            GetResponse page = page(rest, wanted);
            page.getKvs().forEach(found -> entries.add(EtcdCalls.entry(found)));
            long revision = range.revision() > 0
                    ? range.revision()
                    : rest.revision() > 0 ? rest.revision() : page.getHeader().getRevision();
            long remaining = page.getCount() - page.getKvs().size();
            if (remaining == 0 || entries.size() == range.limit()) {
                return new RangeResult(entries, revision, remaining);
            }
            rest = rest.withRevision(revision).from(entries.getLast().key() + '\0');
        }
    }

    @Override
    public WriteResult create(String key, byte[] value, long ttlSeconds) {
        Op put = Op.put(bytes(key), ByteSequence.from(value), putOption(ttlSeconds));
        return write(key, CmpTarget.modRevision(0), put);
    }

    @Override
    public WriteResult update(String key, byte[] value, long expectedRevision, long ttlSeconds) {
        Op put = Op.put(bytes(key), ByteSequence.from(value), putOption(ttlSeconds));
        return write(key, CmpTarget.modRevision(expectedRevision), put);
    }

    @Override
    public WriteResult delete(String key, long expectedRevision) {
        return write(key, CmpTarget.modRevision(expectedRevision), Op.delete(bytes(key), DeleteOption.DEFAULT));
    }

    @Override
    public Watch watch(String prefix, long fromRevision, WatchListener listener) {
        return feed.hub().watch(prefix, fromRevision, listener, this::currentRevision, true);
    }

    @Override
    public void compact(long revision) {
        long current = currentRevision();
        if (revision > current) {
            throw new FutureRevisionException("cannot compact to " + revision + ", the newest is " + current, current);
        }
        if (revision > compactedRevision()) {
            compactor.compactThrough(revision - 1);
            feed.hub().compacted(revision);
        }
    }

    /// Of the first member that answers.
    @Override
    public OptionalLong sizeBytes() {
        for (URI endpoint : endpoints) {
            try {
                return OptionalLong.of(
                        EtcdCalls.await(client.getMaintenanceClient().statusMember(endpoint.toString()))
                                .getDbSize());
            } catch (StoreUnavailableException e) {
                LOG.debug("{} does not say its size", endpoint, e);
            }
        }
        return OptionalLong.empty();
    }

    @Override
    public boolean shared() {
        return true;
    }

    @Override
    public long compactedRevision() {
        return compactor.oldest();
    }

    @Override
    public void close() {
        compactions.shutdownNow();
        feed.hub().fail(new StoreUnavailableException("the store is closed"));
        feed.close();
        client.close();
    }

    private WriteResult write(String key, CmpTarget<?> condition, Op change) {
        TxnResponse answer = EtcdCalls.await(kv.txn()
                .If(new Cmp(bytes(key), Cmp.Op.EQUAL, condition))
                .Then(change)
                .Else(Op.get(bytes(key), GetOption.DEFAULT))
                .commit());
        long revision = answer.getHeader().getRevision();
        return answer.isSucceeded()
                ? new WriteResult.Committed(revision)
                : new WriteResult.Conflict(
                        first(answer.getGetResponses().getFirst().getKvs()), revision);
    }

    private GetResponse page(Range range, int limit) {
        GetOption option = GetOption.builder()
                .withRange(bytes(range.end()))
                .withLimit(limit)
                .withRevision(range.revision())
                .build();
        try {
            return EtcdCalls.awaitRevision(kv.get(bytes(range.start()), option));
        } catch (FutureRevisionException e) {
            throw new FutureRevisionException(
                    "revision " + range.revision() + " has not happened yet", currentRevision());
        } catch (EtcdCalls.Compacted e) {
            long oldest = compactor.oldest();
            throw new CompactedException(
                    "revision " + range.revision() + " is compacted, the oldest is " + oldest, oldest);
        }
    }

    private PutOption putOption(long ttlSeconds) {
        return ttlSeconds == 0
                ? PutOption.DEFAULT
                : PutOption.builder().withLeaseId(leases.lease(ttlSeconds)).build();
    }

    private static Optional<Entry> first(List<KeyValue> found) {
        return found.stream().findFirst().map(EtcdCalls::entry);
    }
}
