package io.gantry.apiserver;

import io.gantry.api.apiregistration.v1.apiservice.APIServiceKind;
import io.gantry.api.kind.KindCatalog;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.protobuf.ProtobufDecoder;
import io.gantry.apiserver.aggregation.Aggregation;
import io.gantry.apiserver.audit.Audit;
import io.gantry.apiserver.discovery.BuiltInDiscovery;
import io.gantry.apiserver.discovery.DiscoveryVersion;
import io.gantry.apiserver.encryption.Encryption;
import io.gantry.apiserver.endpoint.InternalWrites;
import io.gantry.apiserver.flowcontrol.FlowBootstrap;
import io.gantry.apiserver.flowcontrol.FlowControl;
import io.gantry.apiserver.flowcontrol.FlowMetrics;
import io.gantry.apiserver.http.HttpServer;
import io.gantry.apiserver.http.ServerTls;
import io.gantry.apiserver.objects.CacheReader;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.openapi.OpenApi;
import io.gantry.apiserver.registry.Resources;
import io.gantry.apiserver.resourcemetrics.ResourceMetrics;
import io.gantry.apiserver.watch.CacheFeed;
import io.gantry.component.HealthCheck;
import io.gantry.component.HostName;
import io.gantry.component.Metrics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// A running API server: in its own process ([ApiServerMain]) or in a test.
public final class ApiServer implements AutoCloseable {
    /// How soon renewed certificates, and other files that changed, are used.
    private static final Duration FILE_REFRESH = Duration.ofSeconds(20);

    private final CacheFeed feed;
    private final ResourceApi api;
    private final Aggregation aggregation;
    private final HttpServer http;
    private final Bootstrap bootstrap;
    private final IdentityLease identity;
    private final Duration shutdownDelay;
    private final Optional<Audit> audit;
    private final Optional<Encryption> encryption;
    private final Readiness readiness = new Readiness();

    private ApiServer(ServerConfig config, CacheFeed feed, Security.Factory securityFactory) throws IOException {
        this.feed = feed;
        List<KindDefinition<?>> kinds = KindCatalog.all();
        List<KindDefinition<?>> served = new ArrayList<>(kinds);
        served.addAll(ResourceMetrics.kinds());
        Resources resources = new Resources(config.store(), feed);
        resources.addAll(served);
        ObjectReader reader = new CacheReader(resources);
        ServerObjects objects = new ServerObjects(resources, feed, config.clock());
        Security security = securityFactory.create(objects);
        audit = security.audit();
        encryption = config.options().encryption();
        Supplier<ProtobufDecoder> protobuf = Lazy.of(() -> new ProtobufDecoder(kinds));
        api = new ResourceApi(config, objects, security, protobuf);
        InternalWrites writes = api.verbs().internal();
        aggregation = aggregation(config, resources, BuiltInDiscovery.versions(kinds));
        Metrics metrics = new Metrics();
        api.describe(metrics);
        metrics.lookUp(security.authorizer()::metrics);
        audit.ifPresent(log -> metrics.lookUp(log::metrics));
        encryption.ifPresent(keys -> metrics.lookUp(keys::metrics));
        Optional<FlowControl> flowControl = security.inflight()
                .map(seats -> FlowControl.follow(reader, seats, new FlowMetrics(metrics), feed.timer()));
        Publication publication = new Publication(served, api.customs(), aggregation, address(config));
        ApiHandler handler = new ApiHandler(
                access(security, flowControl, resources),
                resources,
                api.verbs(),
                paths(config, security, publication, metrics, resources),
                aggregation::answer,
                new RequestMetrics(metrics),
                new EncodedAnswers(() -> protobuf.get().encoder()));
        http = HttpServer.start(
                config.bind(),
                config.tls(),
                BrowserHandler.around(handler, config.options().browsers()),
                config.options().shutdown().goawayChance());
        shutdownDelay = config.options().shutdown().delay();
        bootstrap = new Bootstrap(
                writes,
                config.store(),
                api.firstAddress(),
                config.serviceCidr(),
                config.advertiseAddress(),
                http.address().getPort());
        identity = new IdentityLease(writes, reader, config.clock(), HostName.read());
        try {
            begin(security, writes, config.tls());
        } catch (RuntimeException e) {
            end();
            throw e;
        }
        readiness.started();
        flowControl.ifPresent(control -> keepFlows(control, new FlowBootstrap(reader, writes, config.clock())));
    }

    private static ApiHandler.Access access(Security security, Optional<FlowControl> flowControl, Resources resources) {
        return new ApiHandler.Access(
                security.authenticator(),
                security.authorizer(),
                security.audit(),
                flowControl.map(control -> new FlowGate(control, resources)));
    }

    private static void keepFlows(FlowControl control, FlowBootstrap flows) {
        control.whenChanged(flows::reconcileSoon);
        flows.reconcileSoon();
    }

    private Aggregation aggregation(ServerConfig config, Resources resources, List<DiscoveryVersion> builtIn) {
        CachedObjects cached = new CachedObjects(resources);
        return new Aggregation(
                new Aggregation.Parts(
                        new CacheReader(resources),
                        api.verbs().internal(),
                        resources.storage(APIServiceKind.KIND),
                        cached,
                        cached,
                        config.options().frontProxy(),
                        config.clock(),
                        config.kubelets()),
                builtIn,
                api.customs()::discovery);
    }

    /// What is answered at paths that are no resources: of security, then of the process, then the store's dump, then
    /// documents.
    private ApiHandler.Paths paths(
            ServerConfig config, Security security, Publication publication, Metrics metrics, Resources resources) {
        List<HealthCheck> checks = new ArrayList<>(readiness.checks(config.store()));
        encryption.ifPresent(keys -> checks.addAll(keys.checks()));
        Documents documents = new Documents(
                publication::discovery,
                publication::openApi,
                new OpenApi.Elsewhere(aggregation::openApi, aggregation::openApiV2),
                checks,
                metrics,
                resources::builtIn);
        ProcessPages pages = new ProcessPages(
                config.clock(),
                RootPaths.of(List.of(), checks),
                config.options().flags(),
                new StoreDumpPath(config.store(), documents));
        return new SecurityDocuments(security.documents(), pages);
    }

    /// Makes what every cluster has and registers this server, and keeps it so. Blocks until it is there.
    private void begin(Security security, InternalWrites writes, Optional<ServerTls> tls) {
        bootstrap.run();
        identity.begin();
        security.bootstrap().accept(writes);
        bootstrap.keep(feed.timer());
        identity.keep(feed.timer());
        refresh(() -> security.refresh().accept(writes));
        tls.ifPresent(files -> refresh(files::refresh));
        aggregation.start();
    }

    private void refresh(Runnable files) {
        feed.timer()
                .scheduleWithFixedDelay(files, FILE_REFRESH.toMillis(), FILE_REFRESH.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Starts a server; returns when it is ready.
    ///
    /// @throws IOException when the address cannot be bound
    public static ApiServer start(ServerConfig config, Security.Factory security) throws IOException {
        CacheFeed feed = new CacheFeed(config.store());
        try {
            feed.start();
            return new ApiServer(config, feed, security);
        } catch (IOException | RuntimeException refused) {
            // It would go on asking a store that its owner closes.
            feed.close();
            throw refused;
        }
    }

    private static String address(ServerConfig config) {
        return config.advertiseAddress().orElse("127.0.0.1") + ":"
                + config.bind().getPort();
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
        if (!readiness.stop()) {
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
        api.close();
        aggregation.close();
        audit.ifPresent(Audit::close);
        feed.close();
        encryption.ifPresent(Encryption::close);
    }
}
