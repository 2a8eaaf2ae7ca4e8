package io.gantry.kubelet.probe;

import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.LifecycleHandler;
import io.gantry.kubelet.pod.Hooks;
import io.gantry.kubelet.runtime.ContainerRuntime;
import io.gantry.kubelet.runtime.ExecOutcome;
import io.gantry.kubelet.runtime.RuntimeFailure;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Hooks as commands, HTTP requests and sleeps (upstream `pkg/kubelet/lifecycle/handlers.go`).
public final class LifecycleHooks implements Hooks {
    private final ContainerRuntime runtime;

    public LifecycleHooks(ContainerRuntime runtime) {
        this.runtime = runtime;
    }

    @Override
    public void run(LifecycleHandler hook, Container container, String containerId, String podIp, Duration limit)
            throws HookFailure {
        if (hook.exec() != null) {
            exec(hook, containerId, limit);
        } else if (hook.httpGet() != null) {
            HttpProbe.Target target = HttpProbe.target(hook.httpGet(), container, podIp);
            Check.Outcome outcome = HttpProbe.hook(target, limit);
            if (!outcome.succeeded()) {
                throw new HookFailure(outcome.message());
            }
        } else if (hook.sleep() != null) {
            sleep(Duration.ofSeconds(Objects.requireNonNullElse(hook.sleep().seconds(), 0L)), limit);
        }
    }

    private void exec(LifecycleHandler hook, String containerId, Duration limit) throws HookFailure {
        try {
            ExecOutcome outcome = runtime.exec(
                    containerId, Objects.requireNonNull(hook.exec()).command(), limit);
            if (outcome.exitCode() != 0) {
                throw new HookFailure("command '"
                        + String.join(" ", Objects.requireNonNull(hook.exec()).command()) + "' exited with "
                        + outcome.exitCode() + ": " + outcome.output());
            }
        } catch (RuntimeFailure failure) {
            throw new HookFailure(Objects.requireNonNullElse(failure.getMessage(), ""));
        }
    }

    private static void sleep(Duration duration, Duration limit) {
        Duration wait = limit.isZero() || duration.compareTo(limit) < 0 ? duration : limit;
        try {
            boolean woken = new CountDownLatch(1).await(wait.toMillis(), TimeUnit.MILLISECONDS);
            if (woken) {
                throw new IllegalStateException("nobody counts down");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
