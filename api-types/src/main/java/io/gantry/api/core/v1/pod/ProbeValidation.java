package io.gantry.api.core.v1.pod;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.resource.IntOrString;
import io.gantry.api.validation.Numbers;
import io.gantry.api.validation.References;
import io.gantry.api.validation.TextForms;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Probes and lifecycle handlers (upstream `validateProbe`, `validateHandler`).
final class ProbeValidation {
    private ProbeValidation() {}

    static void liveness(@Nullable Probe probe, String path, FieldErrors errors) {
        probe(probe, path, errors);
        if (probe != null && probe.successThreshold() != null && probe.successThreshold() != 1) {
            errors.invalid(path + ".successThreshold", probe.successThreshold(), "must be 1");
        }
        if (probe != null
                && probe.terminationGracePeriodSeconds() != null
                && probe.terminationGracePeriodSeconds() <= 0) {
            errors.invalid(
                    path + ".terminationGracePeriodSeconds",
                    probe.terminationGracePeriodSeconds(),
                    "must be greater than 0");
        }
    }

    static void readiness(@Nullable Probe probe, String path, FieldErrors errors) {
        probe(probe, path, errors);
        if (probe != null && probe.terminationGracePeriodSeconds() != null) {
            errors.invalid(
                    path + ".terminationGracePeriodSeconds",
                    probe.terminationGracePeriodSeconds(),
                    "must not be set for readinessProbes");
        }
    }

    static void lifecycle(@Nullable Lifecycle lifecycle, @Nullable Long grace, String path, FieldErrors errors) {
        if (lifecycle == null) {
            return;
        }
        lifecycleHandler(lifecycle.postStart(), grace, path + ".postStart", errors);
        lifecycleHandler(lifecycle.preStop(), grace, path + ".preStop", errors);
    }

    private static void probe(@Nullable Probe probe, String path, FieldErrors errors) {
        if (probe == null) {
            return;
        }
        handler(probe.exec(), probe.httpGet(), probe.tcpSocket(), probe.grpc(), null, path, errors);
        Numbers.nonNegative(probe.initialDelaySeconds(), path + ".initialDelaySeconds", errors);
        Numbers.nonNegative(probe.timeoutSeconds(), path + ".timeoutSeconds", errors);
        Numbers.nonNegative(probe.periodSeconds(), path + ".periodSeconds", errors);
        Numbers.nonNegative(probe.successThreshold(), path + ".successThreshold", errors);
        Numbers.nonNegative(probe.failureThreshold(), path + ".failureThreshold", errors);
    }

    private static void lifecycleHandler(
            @Nullable LifecycleHandler handler, @Nullable Long grace, String path, FieldErrors errors) {
        if (handler == null) {
            return;
        }
        handler(handler.exec(), handler.httpGet(), handler.tcpSocket(), null, handler.sleep(), path, errors);
        if (handler.sleep() != null) {
            long seconds =
                    handler.sleep().seconds() == null ? 0 : handler.sleep().seconds();
            if (seconds < 0 || (grace != null && seconds > grace)) {
                errors.invalid(
                        path + ".sleep",
                        seconds,
                        "must be non-negative and less than terminationGracePeriodSeconds ("
                                + (grace == null ? 0 : grace) + ")");
            }
        }
    }

    private static void handler(
            @Nullable ExecAction exec,
            @Nullable HTTPGetAction http,
            @Nullable TCPSocketAction tcp,
            @Nullable GRPCAction grpc,
            @Nullable SleepAction sleep,
            String path,
            FieldErrors errors) {
        List<String> set = new ArrayList<>();
        if (exec != null) {
            set.add("exec");
            if (exec.command().isEmpty()) {
                errors.required(path + ".exec.command", "");
            }
        }
        if (http != null) {
            first(set, "httpGet", path, errors, () -> http(http, path + ".httpGet", errors));
        }
        if (tcp != null) {
            first(set, "tcpSocket", path, errors, () -> port(tcp.port(), path + ".tcpSocket.port", errors));
        }
        if (grpc != null) {
            first(
                    set,
                    "grpc",
                    path,
                    errors,
                    () -> Numbers.port(grpc.port() == null ? 0 : grpc.port(), path + ".grpc.port", errors));
        }
        if (sleep != null) {
            first(set, "sleep", path, errors, () -> {});
        }
        if (set.isEmpty()) {
            errors.required(path, "must specify a handler type");
        }
    }

    private static void first(List<String> set, String name, String path, FieldErrors errors, Runnable check) {
        if (set.isEmpty()) {
            check.run();
        } else {
            errors.forbidden(path + "." + name, "may not specify more than 1 handler type");
        }
        set.add(name);
    }

    private static void http(HTTPGetAction http, String path, FieldErrors errors) {
        References.required(http.path() == null ? "/" : http.path(), path + ".path", errors);
        port(http.port(), path + ".port", errors);
        for (int i = 0; i < http.httpHeaders().size(); i++) {
            String name = text(http.httpHeaders().get(i).name());
            String headerPath = path + ".httpHeaders";
            TextForms.httpHeader(name).forEach(m -> errors.invalid(headerPath, name, m));
        }
    }

    private static void port(@Nullable IntOrString port, String path, FieldErrors errors) {
        switch (port) {
            case null -> errors.required(path, "");
            case IntOrString.Int number -> Numbers.port(number.value(), path, errors);
            case IntOrString.Text name -> References.format(name.value(), TextForms::portName, path, errors);
        }
    }
}
