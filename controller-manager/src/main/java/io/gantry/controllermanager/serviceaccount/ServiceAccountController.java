package io.gantry.controllermanager.serviceaccount;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.namespace.Namespace;
import io.gantry.api.core.v1.namespace.NamespaceKind;
import io.gantry.api.core.v1.serviceaccount.ServiceAccount;
import io.gantry.api.core.v1.serviceaccount.ServiceAccountBuilder;
import io.gantry.api.core.v1.serviceaccount.ServiceAccountKind;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.client.Resource;
import io.gantry.client.informer.Informer;
import io.gantry.client.informer.InformerHandler;
import io.gantry.client.informer.Selection;
import io.gantry.client.work.Result;
import io.gantry.client.work.WorkQueue;
import io.gantry.controllermanager.Controller;
import io.gantry.controllermanager.ControllerContext;
import io.gantry.controllermanager.QueueController;
import io.gantry.controllermanager.common.Namespaces;

/// Keeps a service account `default` in every namespace that is not going.
public final class ServiceAccountController {
    private static final String DEFAULT = "default";

    private ServiceAccountController() {}

    public static Controller create(ControllerContext context) {
        Informer<Namespace> namespaces = context.informers().informer(NamespaceKind.KIND);
        Informer<ServiceAccount> accounts =
                context.informers().informer(ServiceAccountKind.KIND, Selection.ofFields("metadata.name=" + DEFAULT));
        Resource<ServiceAccount> resource = context.client().resource(ServiceAccountKind.KIND);
        WorkQueue<String> queue = new WorkQueue<>();
        namespaces.addHandler(
                InformerHandler.onAny(ns -> queue.add(text(ns.metadata().name()))));
        accounts.addHandler(new InformerHandler<>() {
            @Override
            public void deleted(ServiceAccount last) {
                queue.add(text(last.metadata().namespace()));
            }
        });
        return new QueueController<>("serviceaccount-controller", queue, 1, namespace -> {
            boolean wanted = namespaces
                    .lister()
                    .get("", namespace)
                    .filter(Namespaces::isActive)
                    .isPresent();
            if (wanted && accounts.lister().get(namespace, DEFAULT).isEmpty()) {
                make(resource, namespace);
            }
            return Result.done();
        });
    }

    private static void make(Resource<ServiceAccount> accounts, String namespace) {
        try {
            accounts.create(ServiceAccountBuilder.builder()
                    .metadata(ObjectMetaBuilder.builder()
                            .namespace(namespace)
                            .name(DEFAULT)
                            .build())
                    .build());
        } catch (StatusException e) {
            if (!e.isAlreadyExists() && !Namespaces.isGone(e)) {
                throw e;
            }
        }
    }
}
