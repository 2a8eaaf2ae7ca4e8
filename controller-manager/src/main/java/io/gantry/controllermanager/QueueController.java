package io.gantry.controllermanager;

import io.gantry.client.work.ControllerRunner;
import io.gantry.client.work.Reconciler;
import io.gantry.client.work.WorkQueue;
import java.util.List;

/// The usual controller: a queue of keys and workers that reconcile them.
public final class QueueController<K> implements Controller {
    private final ControllerRunner<K> runner;

    public QueueController(String name, WorkQueue<K> queue, int workers, Reconciler<K> reconciler) {
        this.runner = new ControllerRunner<>(name, queue, workers, reconciler);
    }

    @Override
    public List<ControllerRunner<?>> runners() {
        return List.of(runner);
    }

    @Override
    public void start() {
        runner.start();
    }

    @Override
    public void close() {
        runner.close();
    }
}
