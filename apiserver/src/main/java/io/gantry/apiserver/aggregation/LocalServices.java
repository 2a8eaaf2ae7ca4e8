package io.gantry.apiserver.aggregation;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.apiextensions.v1.customresourcedefinition.CustomResourceDefinitionKind;
import io.gantry.api.apiregistration.v1.apiservice.APIServiceKind;
import io.gantry.apiserver.discovery.DiscoveryVersion;
import io.gantry.apiserver.objects.ObjectListener;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.objects.ObjectWriter;
import io.gantry.apiserver.objects.Trees;
import io.gantry.apiserver.registry.ResourceStorage;
import io.gantry.component.VirtualThreads;
import io.gantry.store.StoreException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// Keeps an APIService for every group version that this server serves itself (upstream
/// `kube-aggregator/pkg/controllers/autoregister`): once at the start for built-in ones, and as definitions come and go
/// for custom ones.
final class LocalServices {
    private static final Logger LOG = LoggerFactory.getLogger(LocalServices.class);
    private static final String MANAGED = "kube-aggregator.kubernetes.io/automanaged";
    private static final String OWN_GROUP = "apiregistration.k8s.io";
    private static final int FIRST_PRIORITY = 18_000;
    private static final int CUSTOM_PRIORITY = 1000;

    private final ObjectReader reader;
    private final ObjectWriter writer;
    private final ResourceStorage storage;
    private final Collection<DiscoveryVersion> builtIn;
    private final Supplier<List<DiscoveryVersion>> customs;
    private final BlockingQueue<Boolean> wakeUps = new ArrayBlockingQueue<>(1);

    /// @param builtIn in discovery's order
    /// @param customs what custom resources serve now
    LocalServices(
            ObjectReader reader,
            ObjectWriter writer,
            ResourceStorage storage,
            Collection<DiscoveryVersion> builtIn,
            Supplier<List<DiscoveryVersion>> customs) {
        this.reader = reader;
        this.writer = writer;
        this.storage = storage;
        this.builtIn = List.copyOf(builtIn);
        this.customs = customs;
    }

    /// Makes those of the built-in groups. Blocks.
    void start() {
        int rank = 0;
        String group = "";
        for (DiscoveryVersion version : builtIn) {
            rank += version.group().equals(group) ? 0 : 1;
            group = version.group();
            if (!group.equals(OWN_GROUP)) {
                ensure(version, FIRST_PRIORITY - 100 * rank, versionPriority(version), "onstart");
            }
        }
    }

    /// The newest version first, as upstream's table has them.
    private static int versionPriority(DiscoveryVersion version) {
        return version.group().isEmpty() ? 1 : version.version().equals("v2") ? 30 : 15;
    }

    /// Follows the definitions of custom resources until its thread is interrupted.
    Thread follow() {
        reader.watch(CustomResourceDefinitionKind.KIND, new ObjectListener() {
            @Override
            public void replaced(List<ObjectNode> all) {
                if (!all.isEmpty()) {
                    wakeUps.offer(true);
                }
            }

            @Override
            public void put(ObjectNode now) {
                wakeUps.offer(true);
            }

            @Override
            public void deleted(ObjectNode last) {
                wakeUps.offer(true);
            }
        });
        return VirtualThreads.background().name("apiservice-registration").start(this::run);
    }

    private void run() {
        try {
            while (true) {
                wakeUps.take();
                try {
                    reconcile();
                } catch (StatusException | StoreException e) {
                    LOG.warn("cannot register the groups of custom resources: {}", e.getMessage());
                } catch (RuntimeException bug) {
                    LOG.error("registering the groups of custom resources broke, it is tried again", bug);
                }
            }
        } catch (InterruptedException e) {
            // Closed.
            Thread.currentThread().interrupt();
        }
    }

    private void reconcile() {
        Map<String, DiscoveryVersion> wanted = new HashMap<>();
        customs.get().forEach(version -> wanted.put(version.version() + "." + version.group(), version));
        wanted.values().forEach(version -> ensure(version, CUSTOM_PRIORITY, 100, "true"));
        for (ObjectNode object : reader.list(APIServiceKind.KIND, "")) {
            boolean own = Trees.text(object, "metadata", "labels", MANAGED).equals("true");
            if (own && !wanted.containsKey(Trees.name(object))) {
                storage.read(Trees.name(object)).ifPresent(storage::delete);
            }
        }
    }

    private void ensure(DiscoveryVersion version, int groupPriority, int versionPriority, String managed) {
        String name = version.version() + "." + version.group();
        if (reader.get(APIServiceKind.KIND, "", name).isPresent()) {
            return;
        }
        ObjectNode object = Json.MAPPER.createObjectNode();
        object.putObject("metadata").put("name", name).putObject("labels").put(MANAGED, managed);
        object.putObject("spec")
                .put("group", version.group())
                .put("version", version.version())
                .put("groupPriorityMinimum", groupPriority)
                .put("versionPriority", versionPriority);
        try {
            writer.create(APIServiceKind.KIND, object);
        } catch (StatusException e) {
            if (!e.isAlreadyExists()) {
                throw e;
            }
        }
    }
}
