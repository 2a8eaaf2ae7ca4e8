package io.gantry.controllermanager.statemetrics;

import io.gantry.api.KubernetesObject;
import io.gantry.api.kind.Kind;
import io.gantry.client.informer.Informer;
import io.gantry.client.informer.InformerFactory;
import java.util.List;

/// The objects of a kind, as somebody has cached them.
public interface CachedObjects {
    <T extends KubernetesObject> List<T> all(Kind<T> kind);

    /// Nothing of any kind.
    static CachedObjects none() {
        return new CachedObjects() {
            @Override
            public <T extends KubernetesObject> List<T> all(Kind<T> kind) {
                return List.of();
            }
        };
    }

    /// What informers follow already, whole; a kind that none follows has no objects.
    static CachedObjects of(InformerFactory informers) {
        return new CachedObjects() {
            @Override
            public <T extends KubernetesObject> List<T> all(Kind<T> kind) {
                return informers.following(kind).map(Informer::lister).stream()
                        .flatMap(lister -> lister.all().stream())
                        .filter(object -> kind.type().isInstance(object))
                        .map(object -> kind.type().cast(object))
                        .toList();
            }
        };
    }
}
