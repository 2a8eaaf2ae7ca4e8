package io.gantry.apiserver;

import io.gantry.api.apiextensions.v1.customresourcedefinition.CustomResourceDefinitionKind;
import io.gantry.api.certificates.v1.certificatesigningrequest.CertificateSigningRequestKind;
import io.gantry.api.protobuf.ProtobufDecoder;
import io.gantry.apiserver.admission.AdmissionMetrics;
import io.gantry.apiserver.admission.AdmissionPlugin;
import io.gantry.apiserver.cel.rules.LazyRuleCompiler;
import io.gantry.apiserver.customresource.CustomResources;
import io.gantry.apiserver.customresource.DefinitionLifecycle;
import io.gantry.apiserver.customresource.DefinitionWrites;
import io.gantry.apiserver.customresource.SchemaRules;
import io.gantry.apiserver.endpoint.AdmissionChain;
import io.gantry.apiserver.endpoint.Bodies;
import io.gantry.apiserver.endpoint.Posts;
import io.gantry.apiserver.endpoint.Verbs;
import io.gantry.apiserver.endpoint.WriteHook;
import io.gantry.apiserver.endpoint.WriteSteps;
import io.gantry.apiserver.objects.CacheReader;
import io.gantry.apiserver.objects.ObjectWriter;
import io.gantry.apiserver.policy.PolicyStatus;
import io.gantry.apiserver.policy.PolicyWrites;
import io.gantry.apiserver.registry.Resources;
import io.gantry.apiserver.service.ServiceAddresses;
import io.gantry.apiserver.watch.CacheFeed;
import io.gantry.component.Metrics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// All that a request for a resource meets once it is allowed: admission, what kinds do beside their writes, and the
/// verbs, of built-in and custom resources.
final class ResourceApi implements AutoCloseable {
    private final ServerConfig config;
    private final Resources resources;
    private final CacheFeed feed;
    private final AtomicReference<ObjectWriter> writer = new AtomicReference<>();
    private final SchemaRules.Compiler rules = new LazyRuleCompiler();
    private final AdmissionMetrics admissions = new AdmissionMetrics();
    private final CertificateMetrics certificates = new CertificateMetrics();
    private final ServiceAddresses addresses;
    private final ConfiguredAdmission configured;
    private final List<AdmissionPlugin> plugins;
    private final CustomResources customs;
    private final ProxySubresources proxies;
    private final Verbs verbs;
    private final MetricsApi usage;
    private final DefinitionLifecycle definitions;

    ResourceApi(ServerConfig config, ServerObjects objects, Security security, Supplier<ProtobufDecoder> protobuf) {
        this.config = config;
        this.resources = objects.resources();
        this.feed = objects.feed();
        addresses = new ServiceAddresses(
                config.serviceCidr(), config.nodePorts(), resources, config.store(), feed, config.clock());
        configured = new ConfiguredAdmission(
                resources,
                security.authorizer(),
                config.clock(),
                admissions,
                this::writer,
                config.options().admission());
        customs = new CustomResources(resources, rules, configured.webhooks());
        plugins = configured.after(security.admission());
        AdmissionChain admission = new AdmissionChain(plugins, admissions);
        proxies = new ProxySubresources(resources, config.kubelets(), new ConnectAdmission(admission));
        WriteSteps steps = new WriteSteps(admission, hooks(), new Bodies(protobuf));
        Map<String, Verbs.Subresource> posts = Posts.of(security.posts(), steps);
        Verbs.Source source = new Verbs.Source(
                resources, config.store(), feed, config.options().watchTimeout());
        verbs = new Verbs(source, steps, config.clock(), posts, subresources(posts));
        writer.set(verbs.internal());
        usage = new MetricsApi(resources, config, feed.timer());
        usage.serve(verbs);
        definitions = new DefinitionLifecycle(customs, verbs.internal(), config.clock(), feed.timer());
        customs.follow(new CacheReader(resources), definitions::changed);
    }

    /// What writes, for those that are made before it; they may not ask before this is made.
    private ObjectWriter writer() {
        return Objects.requireNonNull(writer.get());
    }

    private Map<String, WriteHook> hooks() {
        PolicyStatus policies = new PolicyStatus(new CacheReader(resources), resources, this::writer);
        Map<String, WriteHook> hooks = new HashMap<>(PolicyWrites.hooks(config.store(), feed, policies));
        hooks.put("services", addresses);
        hooks.put(CertificateSigningRequestKind.KIND.groupResource(), certificates);
        hooks.put(CustomResourceDefinitionKind.KIND.groupResource(), new DefinitionWrites(config.store(), feed, rules));
        return hooks;
    }

    private Map<String, Verbs.Subresource> subresources(Map<String, Verbs.Subresource> posts) {
        Map<String, Verbs.Subresource> all = new HashMap<>(proxies.all());
        all.putAll(posts);
        return all;
    }

    Verbs verbs() {
        return verbs;
    }

    CustomResources customs() {
        return customs;
    }

    /// The first address of Services, which is that of `kubernetes`.
    String firstAddress() {
        return addresses.first();
    }

    /// Adds what it counts.
    void describe(Metrics metrics) {
        metrics.lookUp(admissions::text);
        metrics.lookUp(() -> plugins.stream().map(AdmissionPlugin::metrics).collect(Collectors.joining()));
        metrics.lookUp(certificates::text);
        metrics.lookUp(new StorageMetrics(resources, config.store())::text);
    }

    @Override
    public void close() {
        proxies.close();
        usage.close();
        definitions.close();
        configured.close();
    }
}
