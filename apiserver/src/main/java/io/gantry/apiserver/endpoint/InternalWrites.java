package io.gantry.apiserver.endpoint;

import io.gantry.api.StatusException;
import io.gantry.api.kind.Kind;
import io.gantry.apiserver.authn.UserInfo;
import io.gantry.apiserver.http.Headers;
import io.gantry.apiserver.http.Request;
import io.gantry.apiserver.http.RequestHead;
import io.gantry.apiserver.objects.ObjectWriter;
import io.gantry.apiserver.registry.ResourceStorage;
import io.gantry.apiserver.registry.Resources;
import io.gantry.apiserver.registry.ServedResource;
import io.gantry.store.Entry;
import io.gantry.store.Range;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Writes of the server itself: the same way as a client's, without authorization and admission. Blocks.
public final class InternalWrites implements ObjectWriter {
    private static final InetSocketAddress SELF = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final Resources resources;
    private final Writes writes;
    private final Deletes deletes;

    InternalWrites(Resources resources, Writes writes, Deletes deletes) {
        this.resources = resources;
        this.writes = writes;
        this.deletes = deletes;
    }

    /// Deletes every object of a resource, or begins to.
    ///
    /// @return how many are still there, because somebody has to be done with them first
    public int deleteAll(ServedResource resource) {
        ResourceStorage storage = resource.storage().orElseThrow();
        int left = 0;
        for (Entry entry :
                storage.store().range(Range.prefix(storage.cache().prefix())).entries()) {
            String key = entry.key().substring(storage.cache().prefix().length());
            String namespace = resource.namespaced() ? key.substring(0, Math.max(0, key.indexOf('/'))) : "";
            Call call = call(resource, "delete", "DELETE", "", namespace, key.substring(key.indexOf('/') + 1));
            try {
                left += deletes.delete(call, key, DeleteOptions.NONE).gone() ? 0 : 1;
            } catch (StatusException e) {
                if (!e.isNotFound()) {
                    throw e;
                }
            }
        }
        return left;
    }

    /// Deletes an object, or begins to; does nothing where there is none.
    public void delete(Kind<?> kind, String namespace, String name) {
        ServedResource resource = resources.require(kind.group(), kind.version(), kind.plural());
        try {
            deletes.delete(
                    call(resource, "delete", "DELETE", "", namespace, name),
                    ResourceStorage.key(namespace, name),
                    DeleteOptions.NONE);
        } catch (StatusException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }

    /// Creates an object; takes the namespace from it.
    ///
    /// @return as it was stored, in the kind's version
    /// @throws io.gantry.api.StatusException as the API would answer
    @Override
    public ObjectNode create(Kind<?> kind, ObjectNode object) {
        Call call = call(kind, object, "create", "POST", "");
        ServedResource resource = call.resource();
        object.put("apiVersion", resource.apiVersion());
        object.put("kind", resource.kind());
        return tree(call, writes.create(call, object, WriteOptions.of(call.request()), Writes.Creation.CREATE));
    }

    /// Replaces an object; compares its resourceVersion where it has one.
    @Override
    public ObjectNode update(Kind<?> kind, ObjectNode object) {
        return update(kind, object, Writes.Part.MAIN, "");
    }

    /// Replaces an object's status.
    @Override
    public ObjectNode updateStatus(Kind<?> kind, ObjectNode object) {
        return update(kind, object, Writes.Part.STATUS, "status");
    }

    private ObjectNode update(Kind<?> kind, ObjectNode object, Writes.Part part, String subresource) {
        Call call = call(kind, object, "update", "PUT", subresource);
        return tree(
                call,
                writes.update(
                        call, call.key(), part, current -> object.deepCopy(), WriteOptions.of(call.request()), true));
    }

    /// Whether the cache has the object; true while it is not loaded.
    public boolean isCached(Kind<?> kind, String namespace, String name) {
        var cache = resources.storage(kind).cache();
        return !cache.isLoaded() || cache.get(namespace + "/" + name) != null;
    }

    /// The object as the store has it.
    public Optional<ObjectNode> read(Kind<?> kind, String namespace, String name) {
        ServedResource resource = resources.require(kind.group(), kind.version(), kind.plural());
        String key = namespace.isEmpty() ? name : namespace + "/" + name;
        return resource.storage()
                .orElseThrow()
                .read(key)
                .map(stored -> resource.conversion().toServed(stored.object()));
    }

    private static ObjectNode tree(Call call, Writes.Written written) {
        return io.gantry.api.decode.Bodies.stored(Answers.served(call.resource(), written.bytes()));
    }

    private Call call(Kind<?> kind, ObjectNode object, String verb, String method, String subresource) {
        String namespace = Metadata.text(object, "namespace");
        String name = method.equals("POST") ? "" : Metadata.text(object, "name");
        ServedResource resource = resources.require(kind.group(), kind.version(), kind.plural());
        return call(resource, verb, method, subresource, namespace, name);
    }

    private static Call call(
            ServedResource resource, String verb, String method, String subresource, String namespace, String name) {
        String path = (resource.group().isEmpty() ? "/api/" : "/apis/") + resource.apiVersion();
        RequestHead head = RequestHead.of(method, path, Headers.of("user-agent", "kube-apiserver/gantry"), SELF);
        RequestInfo info = new RequestInfo(
                true,
                verb,
                resource.group(),
                resource.version(),
                namespace,
                resource.plural(),
                name,
                subresource,
                List.of());
        Request request = new Request(head, new byte[0], Optional.empty());
        return Call.of(request, info, UserInfo.apiServer(), resource);
    }
}
