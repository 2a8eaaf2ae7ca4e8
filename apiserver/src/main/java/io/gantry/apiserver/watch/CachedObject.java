package io.gantry.apiserver.watch;

import io.gantry.apiserver.projection.ManagedFieldsSpan;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// One object as it is served: final JSON with its revision, and what selectors ask for, which is read when they first
/// ask. Immutable but for what it remembers.
public final class CachedObject {
    private final String key;
    private final byte[] json;
    private final long revision;
    private volatile Description description;
    private volatile @Nullable Converted converted;
    /// Of the managed fields: start and end, once somebody asked.
    private volatile long managedFields = UNKNOWN;

    private static final long UNKNOWN = -1;

    /// @param key below the resource's prefix: `namespace/name` or `name`
    /// @param json the whole object with `metadata.resourceVersion`; nobody changes it
    /// @param revision the revision of this value
    public CachedObject(String key, byte[] json, long revision, Description description) {
        this.key = key;
        this.json = json;
        this.revision = revision;
        this.description = description;
    }

    /// The same object in other bytes, with the same labels and fields.
    public CachedObject with(byte[] other, long otherRevision) {
        return new CachedObject(key, other, otherRevision, known());
    }

    public String key() {
        return key;
    }

    public byte[] json() {
        return json;
    }

    public long revision() {
        return revision;
    }

    public Map<String, String> labels() {
        return known().labels();
    }

    public Map<String, String> fields() {
        return known().fields();
    }

    private Description.Known known() {
        return switch (description) {
            case Description.Known known -> known;
            case Description.Reader reader -> {
                Description.Known known = reader.read(json);
                description = known;
                yield known;
            }
        };
    }

    /// Where the managed fields are in [#json()].
    public ManagedFieldsSpan managedFields() {
        long known = managedFields;
        if (known == UNKNOWN) {
            ManagedFieldsSpan found = ManagedFieldsSpan.of(json);
            managedFields = (long) found.start() << Integer.SIZE | found.end();
            return found;
        }
        return new ManagedFieldsSpan((int) (known >>> Integer.SIZE), (int) known);
    }

    /// This object converted, remembered for the last converter that asked.
    ///
    /// @param converter whose identity says into what
    public byte[] converted(Object converter, UnaryOperator<byte[]> convert) {
        Converted known = converted;
        if (known == null || !known.converter.equals(converter)) {
            known = new Converted(converter, convert.apply(json));
            converted = known;
        }
        return known.json;
    }

    /// What [#converted] remembers, if it was for that converter.
    public boolean isConverted(Object converter) {
        Converted known = converted;
        return known != null && known.converter.equals(converter);
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Converted(Object converter, byte[] json) {}

    public String namespace() {
        int slash = key.indexOf('/');
        return slash < 0 ? "" : key.substring(0, slash);
    }

    public String name() {
        return key.substring(key.indexOf('/') + 1);
    }
}
