package io.gantry.apiserver.encryption;

import io.gantry.store.Entry;
import io.gantry.store.Range;
import io.gantry.store.RangeResult;
import io.gantry.store.Scan;
import io.gantry.store.Store;
import io.gantry.store.StoreEvent;
import io.gantry.store.StoreException;
import io.gantry.store.StoreUnavailableException;
import io.gantry.store.WatchListener;
import io.gantry.store.WriteResult;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;

/// A store whose values are encrypted below and plain above. Values of another provider than the first are written
/// anew by [#rewrite], which is how keys are rotated.
final class EncryptedStore implements Store {
    private static final byte[] MARK = "k8s:enc:".getBytes(StandardCharsets.US_ASCII);

    /// These go by themselves; a rewrite would keep them for good.
    private static final String EXPIRING = "/registry/events/";

    private final Store below;
    private final Supplier<EncryptionConfig> config;

    /// @param config as it is now
    EncryptedStore(Store below, Supplier<EncryptionConfig> config) {
        this.below = below;
        this.config = config;
    }

    /// Encrypts with the first provider what is not yet. Blocks; others may write meanwhile.
    ///
    /// @return how many values were written
    int rewrite() {
        int written = 0;
        for (EncryptionConfig.Resources resources : config.get().resources()) {
            for (String prefix : resources.prefixes()) {
                for (Entry entry : below.range(Range.prefix(prefix)).entries()) {
                    written += rewrite(entry) ? 1 : 0;
                }
            }
        }
        return written;
    }

    private boolean rewrite(Entry entry) {
        if (entry.key().startsWith(EXPIRING)) {
            return false;
        }
        return !isCurrent(entry)
                && below.update(entry.key(), sealed(entry.key(), opened(entry).value()), entry.modRevision(), 0)
                        instanceof WriteResult.Committed;
    }

    private boolean isCurrent(Entry entry) {
        Optional<List<ValueCipher>> ciphers = config.get().ciphers(entry.key());
        if (ciphers.isEmpty()) {
            return true;
        }
        ValueCipher first = ciphers.get().getFirst();
        byte[] prefix = first.prefix().getBytes(StandardCharsets.UTF_8);
        byte[] value = entry.value();
        return prefix.length == 0
                ? !starts(value, MARK)
                : starts(value, prefix) && first.isCurrent(Arrays.copyOfRange(value, prefix.length, value.length));
    }

    private static boolean starts(byte[] value, byte[] prefix) {
        return value.length >= prefix.length && Arrays.equals(value, 0, prefix.length, prefix, 0, prefix.length);
    }

    private byte[] sealed(String key, byte[] value) {
        Optional<List<ValueCipher>> ciphers = config.get().ciphers(key);
        if (ciphers.isEmpty()) {
            return value;
        }
        ValueCipher first = ciphers.get().getFirst();
        byte[] prefix = first.prefix().getBytes(StandardCharsets.UTF_8);
        try {
            byte[] sealed = first.encrypt(key, value);
            if (prefix.length == 0) {
                return sealed;
            }
            byte[] whole = Arrays.copyOf(prefix, prefix.length + sealed.length);
            System.arraycopy(sealed, 0, whole, prefix.length, sealed.length);
            return whole;
        } catch (GeneralSecurityException e) {
            throw new StoreUnavailableException("cannot encrypt " + key + ": " + e.getMessage(), e);
        }
    }

    private Entry opened(Entry entry) {
        if (!starts(entry.value(), MARK)) {
            return entry;
        }
        for (ValueCipher cipher : config.get().ciphers(entry.key()).orElse(List.of())) {
            byte[] prefix = cipher.prefix().getBytes(StandardCharsets.UTF_8);
            if (prefix.length > 0 && starts(entry.value(), prefix)) {
                try {
                    byte[] value = cipher.decrypt(
                            entry.key(), Arrays.copyOfRange(entry.value(), prefix.length, entry.value().length));
                    return new Entry(entry.key(), value, entry.createRevision(), entry.modRevision());
                } catch (GeneralSecurityException e) {
                    throw new StoreUnavailableException("cannot decrypt " + entry.key() + ": " + e.getMessage(), e);
                }
            }
        }
        throw new StoreUnavailableException("no encryption provider of the configuration can decrypt " + entry.key());
    }

    private WriteResult opened(WriteResult result) {
        return switch (result) {
            case WriteResult.Committed done -> done;
            case WriteResult.Conflict conflict ->
                new WriteResult.Conflict(conflict.current().map(this::opened), conflict.revision());
        };
    }

    @Override
    public long currentRevision() {
        return below.currentRevision();
    }

    @Override
    public Optional<Entry> get(String key) {
        return below.get(key).map(this::opened);
    }

    @Override
    public RangeResult range(Range range) {
        RangeResult result = below.range(range);
        return new RangeResult(
                result.entries().stream().map(this::opened).toList(), result.revision(), result.remaining());
    }

    @Override
    public <T> Scan<T> scan(String prefix, Function<Entry, T> form) {
        return below.scan(prefix, entry -> form.apply(opened(entry)));
    }

    @Override
    public WriteResult create(String key, byte[] value, long ttlSeconds) {
        return opened(below.create(key, sealed(key, value), ttlSeconds));
    }

    @Override
    public WriteResult update(String key, byte[] value, long expectedRevision, long ttlSeconds) {
        return opened(below.update(key, sealed(key, value), expectedRevision, ttlSeconds));
    }

    @Override
    public WriteResult delete(String key, long expectedRevision) {
        return opened(below.delete(key, expectedRevision));
    }

    @Override
    public WriteResult replaceAndDelete(String key, byte[] value, long expectedRevision) {
        return opened(below.replaceAndDelete(key, sealed(key, value), expectedRevision));
    }

    @Override
    public Watch watch(String prefix, long fromRevision, WatchListener listener) {
        return below.watch(prefix, fromRevision, opening(listener));
    }

    @Override
    public Watch watchChanges(String prefix, long fromRevision, WatchListener listener) {
        return below.watchChanges(prefix, fromRevision, opening(listener));
    }

    private WatchListener opening(WatchListener listener) {
        return new WatchListener() {
            @Override
            public void onEvents(List<StoreEvent> events) {
                listener.onEvents(
                        events.stream().map(EncryptedStore.this::opened).toList());
            }

            @Override
            public void onClosed(StoreException cause) {
                listener.onClosed(cause);
            }

            @Override
            public void onProgress(long revision) {
                listener.onProgress(revision);
            }
        };
    }

    private StoreEvent opened(StoreEvent event) {
        return switch (event) {
            case StoreEvent.Put put ->
                new StoreEvent.Put(opened(put.entry()), put.previous().map(this::opened));
            case StoreEvent.Delete delete ->
                new StoreEvent.Delete(delete.key(), delete.revision(), opened(delete.previous()));
        };
    }

    @Override
    public void compact(long revision) {
        below.compact(revision);
    }

    @Override
    public long compactedRevision() {
        return below.compactedRevision();
    }

    @Override
    public void checkWritable() {
        below.checkWritable();
    }

    @Override
    public OptionalLong sizeBytes() {
        return below.sizeBytes();
    }

    @Override
    public boolean shared() {
        return below.shared();
    }

    @Override
    public void close() {
        below.close();
    }
}
