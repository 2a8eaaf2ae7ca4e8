package io.gantry.apiserver.aggregation;

import io.gantry.api.apiregistration.v1.apiservice.APIServiceKind;
import io.gantry.apiserver.authn.UserInfo;
import io.gantry.apiserver.discovery.DiscoveryVersion;
import io.gantry.apiserver.http.Answer;
import io.gantry.apiserver.http.Request;
import io.gantry.apiserver.http.Response;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.objects.ObjectWriter;
import io.gantry.apiserver.openapi.ForeignDocument;
import io.gantry.apiserver.proxy.KubeletTls;
import io.gantry.apiserver.proxy.ProxyObjects;
import io.gantry.apiserver.registry.ResourceStorage;
import io.gantry.apiserver.webhook.ServiceResolver;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Serves group versions of other servers, as APIServices say. Thread-safe.
public final class Aggregation implements AutoCloseable {
    private static final String APIS = "/apis/";
    private static final String OPEN_API = "/openapi/v3/apis/";

    private final ObjectReader reader;
    private final RemoteServices remotes;
    private final RemoteCalls calls;
    private final AvailabilityChecks checks;
    private final AvailabilityLoop loop;
    private final RemoteDocuments documents;
    private final LocalServices locals;
    private @Nullable Thread registration;

    /// What it works with.
    ///
    /// @param storage of APIServices
    /// @param services finds Services for checks, `resolver` for calls
    /// @param tls any context; those of the servers are made from their APIServices
    public record Parts(
            ObjectReader reader,
            ObjectWriter writer,
            ResourceStorage storage,
            ProxyObjects services,
            ServiceResolver resolver,
            FrontProxy identity,
            InstantSource clock,
            KubeletTls tls) {}

    /// @param builtIn what this server serves itself, in discovery's order
    /// @param customs what its custom resources serve now
    public Aggregation(Parts parts, Collection<DiscoveryVersion> builtIn, Supplier<List<DiscoveryVersion>> customs) {
        reader = parts.reader();
        calls = new RemoteCalls(parts.resolver(), parts.identity(), parts.tls());
        checks = new AvailabilityChecks(parts.reader(), parts.writer(), parts.services(), calls, parts.clock());
        remotes = new RemoteServices(this::changed);
        documents = new RemoteDocuments(calls, parts.clock());
        loop = new AvailabilityLoop(parts.reader(), checks, remotes);
        locals = new LocalServices(parts.reader(), parts.writer(), parts.storage(), builtIn, customs);
    }

    private void changed() {
        loop.wake();
    }

    /// Registers what is served here and follows what is served elsewhere. Blocks until what is known is read.
    public void start() {
        reader.watch(APIServiceKind.KIND, remotes);
        locals.start();
        registration = locals.follow();
    }

    /// Answers an authorized request for a group version of another server; empty where it is none.
    public Optional<Answer> answer(Request request, UserInfo user) {
        Map<String, RemoteService> all = remotes.all();
        String path = request.head().path();
        if (all.isEmpty() || !path.startsWith(APIS) && !path.startsWith(OPEN_API)) {
            return Optional.empty();
        }
        String[] parts = path.substring(path.startsWith(APIS) ? APIS.length() : OPEN_API.length())
                .split("/", 3);
        RemoteService remote = parts.length < 2 ? null : all.get(parts[0] + "/" + parts[1]);
        if (remote == null) {
            return Optional.empty();
        }
        return Optional.of(
                remote.available()
                        ? Answer.later(() -> calls.forward(remote, request, user))
                        : Answer.now(unavailable()));
    }

    private static Response unavailable() {
        return Response.of(503, "text/plain; charset=utf-8", "service unavailable\n".getBytes(StandardCharsets.UTF_8));
    }

    /// Counts changes of what other servers serve.
    public long generation() {
        return remotes.generation() + checks.generation();
    }

    /// What other servers serve, for discovery.
    public List<DiscoveryVersion> discovery() {
        return remotes.all().values().stream()
                .map(remote -> RemoteDiscovery.version(remote, checks.resources(remote)))
                .toList();
    }

    /// What other servers document: paths of `/openapi/v3` by `apis/GROUP/VERSION`.
    public Map<String, String> openApi() {
        Map<String, String> paths = new TreeMap<>();
        remotes.all()
                .values()
                .forEach(remote ->
                        checks.openApi(remote).ifPresent(path -> paths.put("apis/" + remote.groupVersion(), path)));
        return paths;
    }

    /// What other servers document in OpenAPI v2. Blocks while they are asked.
    public List<ForeignDocument> openApiV2() {
        Map<String, RemoteService> all = remotes.all();
        return all.isEmpty() ? List.of() : documents.of(all.values());
    }

    /// The places of other servers' groups in discovery, the greatest first.
    public Map<String, Integer> priorities() {
        Map<String, Integer> priorities = new HashMap<>();
        remotes.all().values().forEach(remote -> priorities.merge(remote.group(), remote.groupPriority(), Math::max));
        return priorities;
    }

    @Override
    public void close() {
        loop.close();
        if (registration != null) {
            registration.interrupt();
        }
        calls.close();
    }
}
