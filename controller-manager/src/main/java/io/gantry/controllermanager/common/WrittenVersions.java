package io.gantry.controllermanager.common;

import io.gantry.api.KubernetesObject;
import io.gantry.api.StatusException;
import io.gantry.client.ObjectKey;
import io.gantry.client.Resource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// What a controller wrote last of each of its objects, so that it never decides on a cached state older than its own
/// write (upstream `pkg/controller/util/consistency`, KEP-5647). A write whose answer was lost counts as one of unknown
/// version: the object is then read from the server. Thread-safe; a key is worked on by one thread at a time.
///
/// @param <T> the kind written
public final class WrittenVersions<T extends KubernetesObject> {
    private static final long UNKNOWN = Long.MAX_VALUE;

    private final Resource<T> resource;
    private final Map<ObjectKey, Long> versions = new ConcurrentHashMap<>();

    public WrittenVersions(Resource<T> resource) {
        this.resource = resource;
    }

    /// Makes a write and keeps its version.
    public T write(ObjectKey key, Supplier<T> write) {
        versions.put(key, UNKNOWN);
        try {
            T written = write.get();
            versions.put(key, version(written));
            return written;
        } catch (StatusException e) {
            if (e.isConflict() || e.isNotFound()) {
                versions.remove(key);
            }
            throw e;
        }
    }

    /// Whether a cached state shows the last write. False: an event of the object is still to come and will bring it
    /// back to the queue.
    public boolean shows(ObjectKey key, T cached) {
        Long written = versions.get(key);
        if (written == null) {
            return true;
        }
        if (written == UNKNOWN) {
            Optional<T> live = resource.find(key.namespace(), key.name());
            if (live.isEmpty()) {
                return false;
            }
            written = version(live.get());
            versions.put(key, written);
        }
        if (version(cached) < written) {
            return false;
        }
        versions.remove(key);
        return true;
    }

    /// The object is gone.
    public void forget(ObjectKey key) {
        versions.remove(key);
    }

    private static long version(KubernetesObject object) {
        return Long.parseLong(Fields.text(object.metadata().resourceVersion()));
    }
}
