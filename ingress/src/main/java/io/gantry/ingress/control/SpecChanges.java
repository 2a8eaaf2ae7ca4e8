package io.gantry.ingress.control;

import io.gantry.api.networking.v1.ingress.Ingress;
import io.gantry.client.informer.InformerHandler;

/// Passes on all changes of Ingresses but those of which nothing depends: labels and managed fields.
record SpecChanges(Runnable changed) implements InformerHandler<Ingress> {
    @Override
    public void added(Ingress ingress) {
        changed.run();
    }

    @Override
    public void updated(Ingress before, Ingress now) {
        if (!before.spec().equals(now.spec())
                || !before.status().equals(now.status())
                || !before.metadata().annotations().equals(now.metadata().annotations())) {
            changed.run();
        }
    }

    @Override
    public void deleted(Ingress last) {
        changed.run();
    }
}
