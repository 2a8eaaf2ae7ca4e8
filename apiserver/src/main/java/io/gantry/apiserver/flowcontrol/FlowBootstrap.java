package io.gantry.apiserver.flowcontrol;

import io.gantry.api.StatusException;
import io.gantry.api.flowcontrol.v1.flowschema.FlowSchemaKind;
import io.gantry.api.flowcontrol.v1.prioritylevelconfiguration.PriorityLevelConfigurationKind;
import io.gantry.api.kind.Kind;
import io.gantry.api.schema.GoTimes;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.objects.ObjectWriter;
import io.gantry.apiserver.objects.Trees;
import io.gantry.component.VirtualThreads;
import io.gantry.store.StoreException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes upstream's objects of priority and fairness where they are missing, and says in each FlowSchema's status
/// whether its priority level is there.
public final class FlowBootstrap {
    private static final Logger LOG = LoggerFactory.getLogger(FlowBootstrap.class);

    private final ObjectReader reader;
    private final ObjectWriter writer;
    private final InstantSource clock;
    private final AtomicBoolean asked = new AtomicBoolean();

    public FlowBootstrap(ObjectReader reader, ObjectWriter writer, InstantSource clock) {
        this.reader = reader;
        this.writer = writer;
        this.clock = clock;
    }

    /// Blocks until all is there. Can be run again, and by several servers at a time.
    public void reconcile() {
        Bootstrap.priorityLevels().forEach(level -> ensure(PriorityLevelConfigurationKind.KIND, level));
        Bootstrap.flowSchemas().forEach(schema -> ensure(FlowSchemaKind.KIND, schema));
        reader.list(FlowSchemaKind.KIND, "").forEach(this::tell);
    }

    /// [#reconcile] soon, on a thread of its own; many requests in a row are one.
    public void reconcileSoon() {
        if (asked.compareAndSet(false, true)) {
            VirtualThreads.background().name("flow-control").start(() -> {
                asked.set(false);
                try {
                    reconcile();
                } catch (StatusException | StoreException e) {
                    LOG.warn("the objects of priority and fairness are not written: {}", e.getMessage());
                }
            });
        }
    }

    private void ensure(Kind<?> kind, ObjectNode wanted) {
        if (reader.get(kind, "", Trees.name(wanted)).isPresent()) {
            return;
        }
        try {
            ObjectNode made = writer.create(kind, wanted);
            if (kind.name().equals("FlowSchema")) {
                tell(made);
            }
        } catch (StatusException e) {
            if (!e.isAlreadyExists()) {
                throw e;
            }
            LOG.debug("another server made {} {}", kind.name(), Trees.name(wanted));
        }
    }

    private void tell(ObjectNode schema) {
        Optional<ObjectNode> told = withStatus(
                schema,
                level -> reader.get(PriorityLevelConfigurationKind.KIND, "", level)
                        .isPresent(),
                clock.instant());
        if (told.isEmpty()) {
            return;
        }
        try {
            writer.updateStatus(FlowSchemaKind.KIND, told.get());
        } catch (StatusException e) {
            LOG.debug("the status of FlowSchema {} was not written: {}", Trees.name(schema), e.getMessage());
        }
    }

    /// Whether a priority level is there.
    interface Levels {
        boolean has(String name);
    }

    /// The schema with the condition `Dangling` as it should be; empty when it is.
    static Optional<ObjectNode> withStatus(ObjectNode schema, Levels levels, Instant now) {
        String level = Trees.text(schema, "spec", "priorityLevelConfiguration", "name");
        boolean found = levels.has(level);
        String status = found ? "False" : "True";
        for (JsonNode condition : Trees.list(schema, "status", "conditions")) {
            if (Trees.text(condition, "type").equals("Dangling")
                    && Trees.text(condition, "status").equals(status)) {
                return Optional.empty();
            }
        }
        ObjectNode told = schema.deepCopy();
        ObjectNode condition = Trees.empty().put("type", "Dangling").put("status", status);
        condition.put("lastTransitionTime", GoTimes.seconds(now));
        condition.put("reason", found ? "Found" : "NotFound");
        condition.put(
                "message",
                "This FlowSchema references the PriorityLevelConfiguration object named \"" + level + "\" and "
                        + (found ? "it exists" : "there is no such object"));
        Trees.object(told, "status").putArray("conditions").addAll(List.of(condition));
        return Optional.of(told);
    }
}
