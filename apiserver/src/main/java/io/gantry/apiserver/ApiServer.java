package io.gantry.apiserver;

import io.gantry.api.apiextensions.v1.customresourcedefinition.CustomResourceDefinitionKind;
import io.gantry.api.core.v1.service.ServiceKind;
import io.gantry.api.kind.KindCatalog;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.protobuf.ProtobufDecoder;
import io.gantry.apiserver.cel.rules.LazyRuleCompiler;
import io.gantry.apiserver.customresource.CustomResources;
import io.gantry.apiserver.customresource.DefinitionLifecycle;
import io.gantry.apiserver.customresource.DefinitionWrites;
import io.gantry.apiserver.customresource.SchemaRules;
import io.gantry.apiserver.endpoint.AdmissionChain;
import io.gantry.apiserver.endpoint.Bodies;
import io.gantry.apiserver.endpoint.Posts;
import io.gantry.apiserver.endpoint.Verbs;
import io.gantry.apiserver.endpoint.WriteSteps;
import io.gantry.apiserver.http.HttpServer;
import io.gantry.apiserver.objects.CacheReader;
import io.gantry.apiserver.registry.Resources;
import io.gantry.apiserver.service.ServiceAddresses;
import io.gantry.apiserver.watch.CacheFeed;
import io.gantry.component.HealthCheck;
import io.gantry.component.Metrics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/// A running API server: in its own process ([ApiServerMain]) or in a test.
public final class ApiServer implements AutoCloseable {
    private final CacheFeed feed;
    private final HttpServer http;
    private final ProxySubresources proxies;
    private final DefinitionLifecycle definitions;
    private final ConfiguredAdmission configured;
    private final AtomicBoolean ready = new AtomicBoolean();

    private ApiServer(ServerConfig config, Security.Factory securityFactory) throws IOException {
        List<KindDefinition<?>> kinds = KindCatalog.all();
        feed = new CacheFeed(config.store());
        feed.start();
        Resources resources = new Resources(config.store(), feed);
        resources.addAll(kinds);
        Security security = securityFactory.create(new ServerObjects(resources, feed, config.clock()));
        ServiceAddresses addresses = new ServiceAddresses(
                config.serviceCidr(), config.nodePorts(), () -> resources.storage(ServiceKind.KIND));
        Supplier<ProtobufDecoder> protobuf = once(() -> new ProtobufDecoder(kinds));
        SchemaRules.Compiler rules = new LazyRuleCompiler();
        configured = new ConfiguredAdmission(resources, config.clock());
        CustomResources customs = new CustomResources(resources, rules, configured.webhooks());
        AdmissionChain admission = new AdmissionChain(configured.after(security.admission()));
        proxies = new ProxySubresources(resources, config.kubelets(), new ConnectAdmission(admission));
        WriteSteps steps = new WriteSteps(
                admission,
                Map.of(
                        "services",
                        addresses,
                        CustomResourceDefinitionKind.KIND.groupResource(),
                        new DefinitionWrites(config.store(), feed, rules)),
                new Bodies(protobuf));
        Map<String, Verbs.Subresource> posts = Posts.of(security.posts(), steps);
        Verbs verbs = new Verbs(resources, config.store(), feed, steps, config.clock(), posts, subresources(posts));
        definitions = new DefinitionLifecycle(customs, verbs.internal(), config.clock(), feed.timer());
        customs.follow(new CacheReader(resources), definitions::changed);
        Metrics metrics = new Metrics();
        ApiHandler handler = new ApiHandler(
                security.authenticator(),
                security.authorizer(),
                resources,
                verbs,
                new SecurityDocuments(
                        security.documents(),
                        documents(config, new Publication(kinds, customs, address(config)), metrics)),
                new RequestMetrics(metrics),
                new ProtobufAnswers(() -> protobuf.get().encoder()));
        http = HttpServer.start(config.bind(), config.tls(), handler);
        try {
            Bootstrap bootstrap = new Bootstrap(
                    verbs.internal(),
                    addresses.first(),
                    config.advertiseAddress(),
                    http.address().getPort());
            bootstrap.run();
            security.bootstrap().accept(verbs.internal());
            bootstrap.keep(feed.timer());
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        ready.set(true);
    }

    private Map<String, Verbs.Subresource> subresources(Map<String, Verbs.Subresource> posts) {
        Map<String, Verbs.Subresource> all = new HashMap<>(proxies.all());
        all.putAll(posts);
        return all;
    }

    /// Starts a server; returns when it is ready.
    ///
    /// @throws IOException when the address cannot be bound
    public static ApiServer start(ServerConfig config, Security.Factory security) throws IOException {
        return new ApiServer(config, security);
    }

    private Documents documents(ServerConfig config, Publication publication, Metrics metrics) {
        return new Documents(publication::discovery, publication::openApi, checks(config), metrics);
    }

    private static String address(ServerConfig config) {
        return config.advertiseAddress().orElse("127.0.0.1") + ":"
                + config.bind().getPort();
    }

    private List<HealthCheck> checks(ServerConfig config) {
        return List.of(
                HealthCheck.of("ping", Optional::empty),
                HealthCheck.of("log", Optional::empty),
                HealthCheck.of("etcd", () -> storeFailure(config)),
                HealthCheck.of(
                        "poststarthook/start-apiserver",
                        () -> ready.get() ? Optional.empty() : Optional.of("not finished")));
    }

    private static Optional<String> storeFailure(ServerConfig config) {
        try {
            config.store().compactedRevision();
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static <T> Supplier<T> once(Supplier<T> make) {
        return Lazy.of(make);
    }

    /// Where it listens.
    public InetSocketAddress address() {
        return http.address();
    }

    /// Stops serving. The store stays open.
    @Override
    public void close() {
        ready.set(false);
        http.close();
        proxies.close();
        definitions.close();
        configured.close();
        feed.close();
    }
}
