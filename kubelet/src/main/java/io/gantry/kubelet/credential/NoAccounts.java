package io.gantry.kubelet.credential;

import io.gantry.api.core.v1.pod.Pod;

/// Of a node whose credential providers, if there are any, are told nothing of pods.
enum NoAccounts implements PodAccounts {
    INSTANCE;

    @Override
    public boolean has(Pod pod) {
        return false;
    }

    @Override
    public Account account(Pod pod) {
        throw new IllegalStateException("no pod has a service account");
    }

    @Override
    public String token(Pod pod, String audience) {
        throw new IllegalStateException("no pod has a service account");
    }
}
