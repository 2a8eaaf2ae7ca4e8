package io.gantry.benchmarks.self;

import io.gantry.benchmarks.http.Target;
import io.gantry.benchmarks.measure.ProcessUse;
import io.gantry.client.Kubeconfig;

/// The running ceiling server.
public final class Ceiling implements AutoCloseable {
    private final ChildProcess process;
    private final Kubeconfig kubeconfig;

    Ceiling(ChildProcess process, Kubeconfig kubeconfig) {
        this.process = process;
        this.kubeconfig = kubeconfig;
    }

    public Target target() {
        return Target.of(kubeconfig);
    }

    public ProcessUse use() {
        return process.use();
    }

    @Override
    public void close() {
        process.close();
    }
}
