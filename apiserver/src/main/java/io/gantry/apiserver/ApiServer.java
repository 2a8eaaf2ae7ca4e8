package io.gantry.apiserver;

import io.gantry.api.apiextensions.v1.customresourcedefinition.CustomResourceDefinitionKind;
import io.gantry.api.apiregistration.v1.apiservice.APIServiceKind;
import io.gantry.api.certificates.v1.certificatesigningrequest.CertificateSigningRequestKind;
import io.gantry.api.kind.KindCatalog;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.protobuf.ProtobufDecoder;
import io.gantry.apiserver.admission.AdmissionMetrics;
import io.gantry.apiserver.aggregation.Aggregation;
import io.gantry.apiserver.audit.Audit;
import io.gantry.apiserver.cel.rules.LazyRuleCompiler;
import io.gantry.apiserver.customresource.CustomResources;
import io.gantry.apiserver.customresource.DefinitionLifecycle;
import io.gantry.apiserver.customresource.DefinitionWrites;
import io.gantry.apiserver.customresource.SchemaRules;
import io.gantry.apiserver.discovery.BuiltInDiscovery;
import io.gantry.apiserver.endpoint.AdmissionChain;
import io.gantry.apiserver.endpoint.Bodies;
import io.gantry.apiserver.endpoint.Posts;
import io.gantry.apiserver.endpoint.Verbs;
import io.gantry.apiserver.endpoint.WriteHook;
import io.gantry.apiserver.endpoint.WriteSteps;
import io.gantry.apiserver.flowcontrol.FlowBootstrap;
import io.gantry.apiserver.flowcontrol.FlowControl;
import io.gantry.apiserver.flowcontrol.FlowMetrics;
import io.gantry.apiserver.http.HttpServer;
import io.gantry.apiserver.objects.CacheReader;
import io.gantry.apiserver.objects.ObjectWriter;
import io.gantry.apiserver.openapi.OpenApi;
import io.gantry.apiserver.policy.PolicyStatus;
import io.gantry.apiserver.policy.PolicyWrites;
import io.gantry.apiserver.registry.Resources;
import io.gantry.apiserver.resourcemetrics.ResourceMetrics;
import io.gantry.apiserver.service.ServiceAddresses;
import io.gantry.apiserver.watch.CacheFeed;
import io.gantry.component.HealthCheck;
import io.gantry.component.Metrics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// A running API server: in its own process ([ApiServerMain]) or in a test.
public final class ApiServer implements AutoCloseable {
    /// How soon renewed certificates are used.
    private static final Duration TLS_REFRESH = Duration.ofSeconds(20);

    private final CacheFeed feed;
    private final HttpServer http;
    private final ProxySubresources proxies;
    private final DefinitionLifecycle definitions;
    private final ConfiguredAdmission configured;
    private final Bootstrap bootstrap;
    private final IdentityLease identity;
    private final Duration shutdownDelay;
    private final Aggregation aggregation;
    private final Optional<Audit> audit;
    private final MetricsApi usage;
    private final AtomicBoolean ready = new AtomicBoolean();
    private final AtomicBoolean stopping = new AtomicBoolean();

    private ApiServer(ServerConfig config, Security.Factory securityFactory) throws IOException {
        List<KindDefinition<?>> kinds = KindCatalog.all();
        List<KindDefinition<?>> served = new ArrayList<>(kinds);
        served.addAll(ResourceMetrics.kinds());
        feed = new CacheFeed(config.store());
        feed.start();
        Resources resources = new Resources(config.store(), feed);
        resources.addAll(served);
        Security security = securityFactory.create(new ServerObjects(resources, feed, config.clock()));
        audit = security.audit();
        ServiceAddresses addresses = new ServiceAddresses(
                config.serviceCidr(), config.nodePorts(), resources, config.store(), feed, config.clock());
        Supplier<ProtobufDecoder> protobuf = once(() -> new ProtobufDecoder(kinds));
        SchemaRules.Compiler rules = new LazyRuleCompiler();
        AdmissionMetrics admissions = new AdmissionMetrics();
        AtomicReference<ObjectWriter> writer = new AtomicReference<>();
        configured = new ConfiguredAdmission(
                resources,
                security.authorizer(),
                config.clock(),
                admissions,
                () -> Objects.requireNonNull(writer.get()),
                config.options().admission());
        CustomResources customs = new CustomResources(resources, rules, configured.webhooks());
        AdmissionChain admission = new AdmissionChain(configured.after(security.admission()), admissions);
        proxies = new ProxySubresources(resources, config.kubelets(), new ConnectAdmission(admission));
        PolicyStatus policies =
                new PolicyStatus(new CacheReader(resources), resources, () -> Objects.requireNonNull(writer.get()));
        Map<String, WriteHook> hooks = new HashMap<>(PolicyWrites.hooks(config.store(), feed, policies));
        hooks.put("services", addresses);
        CertificateMetrics certificates = new CertificateMetrics();
        hooks.put(CertificateSigningRequestKind.KIND.groupResource(), certificates);
        hooks.put(CustomResourceDefinitionKind.KIND.groupResource(), new DefinitionWrites(config.store(), feed, rules));
        WriteSteps steps = new WriteSteps(admission, hooks, new Bodies(protobuf));
        Map<String, Verbs.Subresource> posts = Posts.of(security.posts(), steps);
        Verbs verbs = new Verbs(resources, config.store(), feed, steps, config.clock(), posts, subresources(posts));
        writer.set(verbs.internal());
        usage = new MetricsApi(resources, config, feed.timer());
        usage.serve(verbs);
        definitions = new DefinitionLifecycle(customs, verbs.internal(), config.clock(), feed.timer());
        customs.follow(new CacheReader(resources), definitions::changed);
        CachedObjects cached = new CachedObjects(resources);
        aggregation = new Aggregation(
                new Aggregation.Parts(
                        new CacheReader(resources),
                        verbs.internal(),
                        resources.storage(APIServiceKind.KIND),
                        cached,
                        cached,
                        config.options().frontProxy(),
                        config.clock(),
                        config.kubelets()),
                BuiltInDiscovery.versions(kinds),
                customs::discovery);
        Metrics metrics = new Metrics();
        metrics.lookUp(admissions::text);
        metrics.lookUp(certificates::text);
        metrics.lookUp(new StorageMetrics(resources, config.store())::text);
        Optional<FlowControl> flowControl = security.inflight()
                .map(seats ->
                        FlowControl.follow(new CacheReader(resources), seats, new FlowMetrics(metrics), feed.timer()));
        ApiHandler handler = new ApiHandler(
                security.authenticator(),
                security.authorizer(),
                resources,
                verbs,
                new SecurityDocuments(
                        security.documents(),
                        new ProcessPages(
                                config.clock(),
                                RootPaths.of(List.of(), checks(config)),
                                config.options().flags(),
                                new StoreDumpPath(
                                        config.store(),
                                        documents(
                                                config,
                                                new Publication(served, customs, aggregation, address(config)),
                                                metrics)))),
                new RequestMetrics(metrics),
                aggregation::answer,
                security.audit(),
                new EncodedAnswers(() -> protobuf.get().encoder()),
                flowControl.map(control -> new FlowGate(control, resources)));
        http = HttpServer.start(
                config.bind(),
                config.tls(),
                handler,
                config.options().shutdown().goawayChance());
        shutdownDelay = config.options().shutdown().delay();
        bootstrap = new Bootstrap(
                verbs.internal(),
                config.store(),
                addresses.first(),
                config.serviceCidr(),
                config.advertiseAddress(),
                http.address().getPort());
        identity =
                new IdentityLease(verbs.internal(), new CacheReader(resources), config.clock(), ServerIdentity.host());
        try {
            bootstrap.run();
            identity.begin();
            security.bootstrap().accept(verbs.internal());
            bootstrap.keep(feed.timer());
            identity.keep(feed.timer());
            feed.timer()
                    .scheduleWithFixedDelay(
                            () -> security.refresh().accept(verbs.internal()),
                            TLS_REFRESH.toMillis(),
                            TLS_REFRESH.toMillis(),
                            TimeUnit.MILLISECONDS);
            config.tls()
                    .ifPresent(tls -> feed.timer()
                            .scheduleWithFixedDelay(
                                    tls::refresh,
                                    TLS_REFRESH.toMillis(),
                                    TLS_REFRESH.toMillis(),
                                    TimeUnit.MILLISECONDS));
            aggregation.start();
        } catch (RuntimeException e) {
            end();
            throw e;
        }
        ready.set(true);
        FlowBootstrap flows = new FlowBootstrap(new CacheReader(resources), verbs.internal(), config.clock());
        flowControl.ifPresent(control -> {
            control.whenChanged(flows::reconcileSoon);
            flows.reconcileSoon();
        });
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
        return new Documents(
                publication::discovery,
                publication::openApi,
                new OpenApi.Elsewhere(aggregation::openApi, aggregation::openApiV2),
                checks(config),
                metrics);
    }

    private static String address(ServerConfig config) {
        return config.advertiseAddress().orElse("127.0.0.1") + ":"
                + config.bind().getPort();
    }

    private List<HealthCheck> checks(ServerConfig config) {
        List<HealthCheck> checks = new ArrayList<>();
        checks.add(HealthCheck.of("ping", Optional::empty));
        checks.add(HealthCheck.of("log", Optional::empty));
        checks.add(HealthCheck.of("etcd", () -> storeFailure(config)));
        StartChecks.NAMES.forEach(name -> checks.add(HealthCheck.of(
                name, () -> ready.get() || stopping.get() ? Optional.empty() : Optional.of("not finished"))));
        checks.add(HealthCheck.of(
                "shutdown", () -> stopping.get() ? Optional.of("process is shutting down") : Optional.empty()));
        return List.copyOf(checks);
    }

    private static Optional<String> storeFailure(ServerConfig config) {
        try {
            config.store().checkWritable();
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

    /// Stops serving in upstream's order: `/readyz` fails and the server leaves the endpoints of
    /// `kubernetes`; after the shutdown delay, in which everything is still served, it listens no more,
    /// sends GOAWAY, ends watches and lets running requests finish. The store stays open. Blocks.
    @Override
    public void close() {
        if (!stopping.compareAndSet(false, true)) {
            return;
        }
        bootstrap.leave();
        identity.leave();
        try {
            TimeUnit.NANOSECONDS.sleep(shutdownDelay.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        end();
    }

    private void end() {
        http.drain();
        feed.endWatches();
        http.close();
        proxies.close();
        usage.close();
        definitions.close();
        configured.close();
        aggregation.close();
        audit.ifPresent(Audit::close);
        feed.close();
    }
}
