package io.gantry.apiserver.admission.quota;

import io.gantry.api.Json;
import io.gantry.api.KubernetesObject;
import io.gantry.api.StatusException;
import io.gantry.api.core.v1.resourcequota.ResourceQuota;
import io.gantry.api.core.v1.resourcequota.ResourceQuotaKind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.quota.DeviceObjects;
import io.gantry.api.quota.QuotaEvaluator;
import io.gantry.api.resource.Quantity;
import io.gantry.apiserver.admission.AdmissionAttributes;
import io.gantry.apiserver.admission.AdmissionPlugin;
import io.gantry.apiserver.admission.PluginConfigs;
import io.gantry.apiserver.objects.CacheReader;
import io.gantry.apiserver.registry.ResourceStorage;
import io.gantry.apiserver.registry.Resources;
import io.gantry.apiserver.registry.ServedResource;
import io.gantry.apiserver.registry.Stored;
import io.gantry.store.Range;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Keeps namespaces within their quotas: what a request uses is charged to every quota's status before the object is
/// written, by compare-and-set. The controller recounts what came of it. The last plugin, so that nothing is charged
/// for what another one refuses.
public final class QuotaAdmission implements AdmissionPlugin {
    private static final int ATTEMPTS = 10;
    private static final int LOCKS = 64;
    private static final Set<String> IGNORED = Set.of("events");

    private final Resources resources;
    private final ResourceStorage quotas;
    private final InstantSource clock;
    private final LimitedResources limited;
    private final DeviceObjects devices;

    /// Requests of one namespace take turns, so that they do not take each other's revision away.
    private final List<ReentrantLock> locks =
            IntStream.range(0, LOCKS).mapToObj(i -> new ReentrantLock()).toList();

    /// @throws IllegalArgumentException for a configuration that is none
    public QuotaAdmission(Resources resources, InstantSource clock, PluginConfigs configs) {
        this.limited = LimitedResources.of(configs);
        this.resources = resources;
        this.devices = new StoredDevices(new CacheReader(resources));
        this.quotas = resources.storage(ResourceQuotaKind.KIND);
        this.clock = clock;
    }

    @Override
    public String name() {
        return "ResourceQuota";
    }

    @Override
    public void validate(AdmissionAttributes attributes, ObjectNode object, Optional<ObjectNode> old) {
        if (attributes.namespace().isEmpty() || IGNORED.contains(attributes.resource())) {
            return;
        }
        QuotaEvaluator evaluator = QuotaEvaluator.of(attributes.group(), attributes.resource(), devices);
        boolean handled = evaluator.handles(attributes.operation().name(), attributes.subresource());
        if (!handled && (old.isEmpty() || !isUpdate(attributes))) {
            return;
        }
        List<String> keys = keys(attributes.namespace());
        ServedResource resource = resources.find(attributes.group(), attributes.version(), attributes.resource());
        if (keys.isEmpty() && limited.isEmpty()
                || resource == null
                || resource.storage().isEmpty()) {
            return;
        }
        KubernetesObject now = typed(resource, object);
        Optional<KubernetesObject> before = old.map(o -> typed(resource, o));
        if (!handled && !evaluator.movesScope(before.orElseThrow(), now)) {
            return;
        }
        QuotaCharge charge = new QuotaCharge(evaluator, now, before, clock.instant());
        ReentrantLock lock = locks.get(Math.floorMod(attributes.namespace().hashCode(), LOCKS));
        lock.lock();
        try {
            if (handled && !limited.isEmpty()) {
                limited.check(
                        attributes, charge, keys.stream().flatMap(this::quota).toList());
            }
            charge(attributes, charge, keys);
        } finally {
            lock.unlock();
        }
    }

    /// Only pods move between scopes.
    private static boolean isUpdate(AdmissionAttributes attributes) {
        return attributes.operation().name().equals("UPDATE")
                && attributes.subresource().isEmpty()
                && attributes.group().isEmpty()
                && attributes.resource().equals("pods");
    }

    private List<String> keys(String namespace) {
        if (!limited.isEmpty()) {
            return stored(namespace);
        }
        quotas.cache().load();
        List<String> keys = new ArrayList<>();
        String prefix = namespace + "/";
        quotas.cache().snapshot().objects().range("", prefix).forEach(quota -> keys.add(quota.key()));
        return keys;
    }

    /// The cache may not know a quota yet, and what is limited would be refused though there is one.
    private List<String> stored(String namespace) {
        Range below = Range.prefix(quotas.prefix() + namespace + "/");
        return quotas.store().range(below).entries().stream()
                .map(entry -> entry.key().substring(quotas.prefix().length()))
                .toList();
    }

    private KubernetesObject typed(ServedResource resource, ObjectNode object) {
        Optional<KindDefinition<?>> definition = resources.definition(resource);
        return definition.isPresent()
                ? Json.MAPPER.treeToValue(object, definition.get().kind().type())
                : new Custom(null, null, ObjectMetaBuilder.builder().build());
    }

    /// An object of which nothing but its existence counts.
    private record Custom(
            @Nullable String apiVersion, @Nullable String kind, ObjectMeta metadata) implements KubernetesObject {}

    /// A quota that is to be written.
    private record Pending(Stored read, Map<String, Quantity> used) {}

    /// Checks all quotas before any is charged; those that somebody else wrote meanwhile are checked again.
    private void charge(AdmissionAttributes attributes, QuotaCharge charge, List<String> keys) {
        List<String> open = keys;
        for (int attempt = 1; attempt <= ATTEMPTS && !open.isEmpty(); attempt++) {
            List<Pending> pending = open.stream()
                    .flatMap(key -> pending(attributes, charge, key))
                    .toList();
            if (attributes.dryRun()) {
                return;
            }
            open = pending.stream()
                    .filter(quota -> !write(quota))
                    .map(quota -> quota.read().key())
                    .toList();
        }
        if (!open.isEmpty()) {
            String name = open.getFirst().substring(open.getFirst().indexOf('/') + 1);
            throw StatusException.conflict(
                    "",
                    "resourcequotas",
                    name,
                    "the object has been modified; please apply your changes to the latest version and try again");
        }
    }

    private Stream<ResourceQuota> quota(String key) {
        return quotas.read(key).stream().map(read -> Json.MAPPER.treeToValue(read.object(), ResourceQuota.class));
    }

    private Stream<Pending> pending(AdmissionAttributes attributes, QuotaCharge charge, String key) {
        Optional<Stored> read = quotas.read(key);
        if (read.isEmpty()) {
            return Stream.empty();
        }
        ResourceQuota quota = Json.MAPPER.treeToValue(read.get().object(), ResourceQuota.class);
        return switch (charge.against(quota)) {
            case QuotaCharge.Verdict.Unaffected unaffected -> Stream.empty();
            case QuotaCharge.Verdict.Refused refused ->
                throw StatusException.forbidden(
                        attributes.group(), attributes.resource(), attributes.name(), refused.why());
            case QuotaCharge.Verdict.Charged charged -> Stream.of(new Pending(read.get(), charged.used()));
        };
    }

    private boolean write(Pending quota) {
        ObjectNode changed = quota.read().object().deepCopy();
        ObjectNode used = changed.withObject("status").putObject("used");
        quota.used().forEach((name, amount) -> used.put(name, amount.canonical()));
        return quotas.update(quota.read(), changed, 0).isPresent();
    }
}
