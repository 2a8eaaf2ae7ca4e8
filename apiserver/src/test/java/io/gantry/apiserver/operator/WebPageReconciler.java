package io.gantry.apiserver.operator;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// The sample operator: keeps a ConfigMap like its page, also when somebody else deletes it.
@ControllerConfiguration(name = "pages", finalizerName = "sample.example.com/finalizer")
public final class WebPageReconciler implements Reconciler<WebPage>, Cleaner<WebPage> {
    private final AtomicInteger cleaned = new AtomicInteger();

    int cleaned() {
        return cleaned.get();
    }

    @Override
    public UpdateControl<WebPage> reconcile(WebPage page, Context<WebPage> context) {
        ConfigMap map = new ConfigMapBuilder()
                .withNewMetadata()
                .withName(page.getMetadata().getName())
                .withNamespace(page.getMetadata().getNamespace())
                .endMetadata()
                .withData(Map.of("index.html", page.getSpec().getHtml()))
                .build();
        map.addOwnerReference(page);
        context.getClient().resource(map).fieldManager("pages").forceConflicts().serverSideApply();
        WebPage told = new WebPage();
        told.getMetadata().setName(page.getMetadata().getName());
        told.getMetadata().setNamespace(page.getMetadata().getNamespace());
        WebPage.Status status = new WebPage.Status();
        status.setPublished(page.getSpec().getHtml());
        told.setStatus(status);
        return UpdateControl.patchStatus(told);
    }

    @Override
    public DeleteControl cleanup(WebPage page, Context<WebPage> context) {
        cleaned.incrementAndGet();
        return DeleteControl.defaultDelete();
    }

    @Override
    public List<EventSource<?, WebPage>> prepareEventSources(EventSourceContext<WebPage> context) {
        return List.of(new InformerEventSource<>(
                InformerEventSourceConfiguration.from(ConfigMap.class, WebPage.class)
                        .build(),
                context));
    }
}
