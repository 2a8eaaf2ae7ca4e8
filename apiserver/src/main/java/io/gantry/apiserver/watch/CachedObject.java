package io.gantry.apiserver.watch;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// One object as it is served: final JSON with its revision, and what selectors ask for. Immutable, save one slot in
/// which a reader may keep what it derived from the object (a Table row).
public final class CachedObject {
    private final String key;
    private final byte[] json;
    private final long revision;
    private final Map<String, String> labels;
    private final Map<String, String> fields;
    private volatile @Nullable Object derived;
    private volatile @Nullable Converted converted;

    /// @param key below the resource's prefix: `namespace/name` or `name`
    /// @param json the whole object with `metadata.resourceVersion`; nobody changes it
    /// @param revision the revision of this value
    /// @param fields selectable fields, `metadata.name` and `metadata.namespace` among them
    public CachedObject(
            String key, byte[] json, long revision, Map<String, String> labels, Map<String, String> fields) {
        this.key = key;
        this.json = json;
        this.revision = revision;
        this.labels = labels;
        this.fields = fields;
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
        return labels;
    }

    public Map<String, String> fields() {
        return fields;
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

    /// What was put by [#derived(Object)], or null.
    public @Nullable Object derived() {
        return derived;
    }

    /// Keeps something derived from this object; the last one wins.
    public void derived(Object value) {
        derived = value;
    }
}
