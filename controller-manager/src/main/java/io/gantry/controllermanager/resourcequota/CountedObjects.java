package io.gantry.controllermanager.resourcequota;

import io.gantry.api.KubernetesObject;
import io.gantry.api.kind.Kind;
import io.gantry.client.ApiClient;
import io.gantry.client.ListOptions;
import io.gantry.client.ObjectList;
import io.gantry.client.PartialObjectMetadata;
import io.gantry.client.informer.Informer;
import io.gantry.client.informer.InformerFactory;
import io.gantry.client.informer.InformerHandler;
import io.gantry.controllermanager.common.Discovery;
import io.gantry.controllermanager.resourcequota.QuotaPlan.Counted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;

/// The objects that quotas count, from informers that others (the garbage collector) already run; a resource that
/// nobody follows yet is listed. Thread-safe.
final class CountedObjects implements ResourceQuotaController.Objects {
    private static final int PAGE = 500;

    private final ApiClient client;
    private final InformerFactory informers;
    private final ResourceQuotaController.Listener listener;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Counted, Informer<?>> followed = new LinkedHashMap<>();
    private final Map<Counted, Kind<PartialObjectMetadata>> kinds = new LinkedHashMap<>();

    CountedObjects(ApiClient client, InformerFactory informers, ResourceQuotaController.Listener listener) {
        this.client = client;
        this.informers = informers;
        this.listener = listener;
    }

    /// @param frees whether a change lets the object use less
    <T extends KubernetesObject> void follow(Counted resource, Informer<T> informer, BiPredicate<T, T> frees) {
        lock.lock();
        try {
            if (informer.equals(followed.put(resource, informer))) {
                return;
            }
        } finally {
            lock.unlock();
        }
        informer.addHandler(new InformerHandler<>() {
            @Override
            public void updated(T before, T now) {
                if (frees.test(before, now)) {
                    listener.freed(resource, now);
                }
            }

            @Override
            public void deleted(T last) {
                listener.freed(resource, last);
            }
        });
    }

    @Override
    public List<? extends KubernetesObject> list(Counted resource, String namespace) {
        Optional<Informer<?>> informer = informer(resource);
        if (informer.isPresent()) {
            return informer.get().lister().inNamespace(namespace);
        }
        Optional<Kind<PartialObjectMetadata>> kind = kind(resource);
        return kind.isEmpty() ? List.of() : listAll(kind.get(), namespace);
    }

    private Optional<Informer<?>> informer(Counted resource) {
        Optional<Informer<?>> known = known(resource);
        if (known.isPresent()) {
            return known;
        }
        Optional<Informer<?>> running =
                kind(resource).flatMap(informers::following).filter(Informer::hasSynced);
        running.ifPresent(informer -> follow(resource, informer, (before, now) -> false));
        return running;
    }

    private Optional<Informer<?>> known(Counted resource) {
        lock.lock();
        try {
            return Optional.ofNullable(followed.get(resource));
        } finally {
            lock.unlock();
        }
    }

    /// What the server serves under the name; asked anew for a name that was not known.
    private Optional<Kind<PartialObjectMetadata>> kind(Counted resource) {
        lock.lock();
        try {
            if (!kinds.containsKey(resource)) {
                new Discovery(client)
                        .discover()
                        .resources()
                        .forEach(served -> kinds.put(
                                new Counted(served.kind().group(), served.kind().plural()), served.kind()));
            }
            return Optional.ofNullable(kinds.get(resource));
        } finally {
            lock.unlock();
        }
    }

    private List<PartialObjectMetadata> listAll(Kind<PartialObjectMetadata> kind, String namespace) {
        ListOptions options = ListOptions.inNamespace(namespace).withLimit(PAGE);
        ObjectList<PartialObjectMetadata> page = client.resource(kind).list(options);
        List<PartialObjectMetadata> all = new ArrayList<>(page.items());
        while (page.continueToken().isPresent()) {
            page = client.resource(kind)
                    .list(options.withContinue(page.continueToken().get()));
            all.addAll(page.items());
        }
        return all;
    }
}
