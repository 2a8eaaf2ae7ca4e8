package io.gantry.store.etcd;

import static io.gantry.store.etcd.EtcdCalls.bytes;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.KV;
import io.etcd.jetcd.kv.PutResponse;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import io.gantry.store.StoreUnavailableException;
import io.gantry.store.transfer.Lives;
import io.gantry.store.transfer.StoreDump;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;

/// Fills an etcd with a dump. etcd counts its revisions itself, so they are brought above those that
/// clients may know by writing one key again and again; then all older ones are compacted.
public final class EtcdImport implements StoreDump.Target, AutoCloseable {
    private static final ByteSequence COUNTER = bytes("/gantry/revisions");
    private static final String ROOT = "/registry/";
    private static final String ROOT_END = "/registry0";
    private static final int MAX_MESSAGE_BYTES = 64 << 20;
    /// Writes that wait for etcd.
    private static final int WINDOW = 400;

    private final Client client;
    private final KV kv;
    private final LeasePool leases;
    private final long floor;
    private final boolean overwrite;
    private final ArrayDeque<CompletableFuture<PutResponse>> running = new ArrayDeque<>();

    /// @param floor revisions begin above it, and above the dump's
    /// @param overwrite whether a cluster that etcd holds already is replaced
    public EtcdImport(EtcdOptions options, long floor, boolean overwrite) {
        this.client = EtcdClients.client(options, MAX_MESSAGE_BYTES);
        this.kv = client.getKVClient();
        this.leases = new LeasePool(client.getLeaseClient(), InstantSource.system());
        this.floor = floor;
        this.overwrite = overwrite;
    }

    @Override
    public void begin(long revision) {
        GetOption all = GetOption.builder()
                .withRange(bytes(ROOT_END))
                .withCountOnly(true)
                .build();
        var present = EtcdCalls.await(kv.get(bytes(ROOT), all));
        if (present.getCount() > 0) {
            if (!overwrite) {
                throw new StoreUnavailableException(
                        "this etcd holds a cluster already: " + present.getCount() + " keys below " + ROOT);
            }
            EtcdCalls.await(kv.delete(
                    bytes(ROOT),
                    DeleteOption.builder().withRange(bytes(ROOT_END)).build()));
        }
        long missing = Math.max(floor, revision) - present.getHeader().getRevision();
        for (long i = 0; i < missing; i++) {
            put(COUNTER, ByteSequence.EMPTY, PutOption.DEFAULT);
        }
        drain(0);
    }

    @Override
    public void entry(String key, byte[] value) {
        long life = Lives.seconds(key);
        PutOption option = life == 0
                ? PutOption.DEFAULT
                : PutOption.builder().withLeaseId(leases.lease(life)).build();
        put(bytes(key), ByteSequence.from(value), option);
    }

    private void put(ByteSequence key, ByteSequence value, PutOption option) {
        running.add(kv.put(key, value, option));
        drain(WINDOW - 1);
    }

    private void drain(int left) {
        while (running.size() > left) {
            EtcdCalls.await(running.remove());
        }
    }

    @Override
    public void end() {
        drain(0);
        long last = EtcdCalls.await(kv.delete(COUNTER)).getHeader().getRevision();
        new EtcdCompactor(kv).compactThrough(last - 1);
    }

    @Override
    public void close() {
        client.close();
    }
}
