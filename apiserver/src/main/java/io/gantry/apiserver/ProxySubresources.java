package io.gantry.apiserver;

import io.gantry.apiserver.endpoint.Call;
import io.gantry.apiserver.endpoint.Verbs;
import io.gantry.apiserver.http.Answer;
import io.gantry.apiserver.proxy.KubeletTls;
import io.gantry.apiserver.proxy.SubresourceProxy;
import io.gantry.apiserver.registry.Resources;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The subresources that lead out of the server (logs, exec, proxy…), over the objects of the caches. Thread-safe.
final class ProxySubresources implements AutoCloseable {
    private static final List<String> NAMES = List.of(
            "pods/log", "pods/exec", "pods/attach", "pods/portforward", "pods/proxy", "services/proxy", "nodes/proxy");

    /// By subresource, where not all are taken (upstream `ConnectMethods`).
    private static final Map<String, Set<String>> METHODS = Map.of(
            "log", Set.of("GET"),
            "exec", Set.of("GET", "POST"),
            "attach", Set.of("GET", "POST"),
            "portforward", Set.of("GET", "POST"));

    /// What does things in a pod needs the right to create, also where a WebSocket makes a GET of it.
    private static final Set<String> STREAMS = Set.of("exec", "attach", "portforward");

    private final Lazy<SubresourceProxy> proxy;
    private final ConnectAdmission admission;

    /// @param kubelets TLS toward kubelets
    ProxySubresources(Resources resources, KubeletTls kubelets, ConnectAdmission admission) {
        this.admission = admission;
        proxy = Lazy.of(() -> new SubresourceProxy(new CachedObjects(resources), kubelets));
    }

    /// Answers by resource and subresource.
    Map<String, Verbs.Subresource> all() {
        Map<String, Verbs.Subresource> all = new HashMap<>();
        NAMES.forEach(name -> all.put(name, this::answer));
        return all;
    }

    private Answer answer(Call call) {
        String subresource = call.info().subresource();
        String method = call.request().head().method();
        Set<String> taken = METHODS.get(subresource);
        if (taken != null && !taken.contains(method)) {
            throw Call.notAllowed();
        }
        return Answer.later(() -> {
            admission.admit(call);
            if (STREAMS.contains(subresource) && method.equals("GET")) {
                call.creation().run();
            }
            return proxy.get()
                    .answer(
                            call.request(),
                            call.info().plural(),
                            call.info().subresource(),
                            call.info().namespace(),
                            call.info().name());
        });
    }

    @Override
    public void close() {
        proxy.ifMade(SubresourceProxy::close);
    }
}
