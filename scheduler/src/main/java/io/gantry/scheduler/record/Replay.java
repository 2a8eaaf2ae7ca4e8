package io.gantry.scheduler.record;

import io.gantry.api.Json;
import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.policy.v1.poddisruptionbudget.PodDisruptionBudget;
import io.gantry.scheduler.config.SchedulerConfiguration;
import io.gantry.scheduler.cycle.Decision;
import io.gantry.scheduler.cycle.DisruptionBudgets;
import io.gantry.scheduler.cycle.Nominations;
import io.gantry.scheduler.cycle.SchedulingCycle;
import io.gantry.scheduler.framework.Permits;
import io.gantry.scheduler.framework.PostFilterPlugin;
import io.gantry.scheduler.framework.Profile;
import io.gantry.scheduler.framework.Profiles;
import io.gantry.scheduler.plugins.ClaimBinding;
import io.gantry.scheduler.plugins.PluginCatalog;
import io.gantry.scheduler.plugins.PluginContext;
import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Snapshot;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Decides again what a [DecisionLog] recorded. Nothing is remembered from cycle to cycle but what the file
/// says, so that a difference points either to a changed algorithm or to a finding that was remembered
/// wrongly.
public final class Replay {
    private final RecordedView view = new RecordedView();
    private final SeededRandom random = new SeededRandom(0);
    private final Nominations nominations = new Nominations();
    private final Map<String, PodInfo> pods = new HashMap<>();
    private final Map<String, NodeInfo> nodes = new LinkedHashMap<>();
    private final List<PodInfo> promised = new ArrayList<>();
    private final List<Difference> differences = new ArrayList<>();
    private DisruptionBudgets budgets = new DisruptionBudgets(List.of());
    private Map<String, Profile> profiles = Map.of();
    private int cycles;

    /// A cycle that was decided otherwise.
    ///
    /// @param cycle its number, from 1
    public record Difference(int cycle, String pod, String recorded, String now) {}

    /// What came of it.
    public record Result(int cycles, List<Difference> differences) {
        public Result {
            differences = List.copyOf(differences);
        }
    }

    private Replay() {}

    /// @throws IOException when the file cannot be read
    public static Result of(Path file) throws IOException {
        Replay replay = new Replay();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                replay.take(Json.MAPPER.readTree(line));
            }
        }
        return new Result(replay.cycles, replay.differences);
    }

    private void take(JsonNode line) {
        if (line.has("configuration")) {
            configure(line.get("configuration").asString());
        } else if (line.has("question")) {
            view.learn(line.get("question").asString(), line.get("answer"));
        } else if (line.has("pod")) {
            PodInfo pod = new PodInfo(Json.MAPPER.treeToValue(line.get("pod"), Pod.class));
            pods.put(pod.uid(), pod);
        } else if (line.has("nodes")) {
            order(line.get("nodes"));
        } else if (line.has("on")) {
            node(line);
        } else if (line.has("promises")) {
            promise(line.get("promises"));
        } else if (line.has("budgets")) {
            List<PodDisruptionBudget> all = new ArrayList<>();
            line.get("budgets").forEach(budget -> all.add(Json.MAPPER.treeToValue(budget, PodDisruptionBudget.class)));
            budgets = new DisruptionBudgets(all);
        } else if (line.has("cycle")) {
            cycle(line);
        }
    }

    private void configure(String text) {
        SchedulerConfiguration configuration = text.isEmpty()
                ? SchedulerConfiguration.defaults(Profiles.DEFAULT_NAME)
                : SchedulerConfiguration.parse(text, PluginCatalog.upstream());
        profiles = new HashMap<>();
        configuration
                .profiles(new PluginContext(
                        view, new NoBinding(), (pod, node) -> {}, new Permits(), nominations, () -> budgets, random))
                .all()
                .forEach(profile -> profiles.put(profile.schedulerName(), profile));
    }

    private void order(JsonNode names) {
        Map<String, NodeInfo> before = new HashMap<>(nodes);
        nodes.clear();
        names.forEach(name -> {
            NodeInfo known = before.get(name.asString());
            nodes.put(name.asString(), known == null ? NodeInfo.of(emptyNode(name.asString())) : known);
        });
    }

    private static Node emptyNode(String name) {
        return Json.MAPPER.convertValue(Map.of("metadata", Map.of("name", name)), Node.class);
    }

    private void node(JsonNode line) {
        String name = line.get("on").asString();
        Node node = line.has("node")
                ? Json.MAPPER.treeToValue(line.get("node"), Node.class)
                : Objects.requireNonNull(nodes.get(name)).node();
        NodeInfo fresh = NodeInfo.of(node);
        for (JsonNode uid : line.get("pods")) {
            fresh = fresh.with(pod(uid));
        }
        nodes.put(name, fresh);
    }

    private PodInfo pod(JsonNode uid) {
        return Objects.requireNonNull(pods.get(uid.asString()), () -> "no pod " + uid);
    }

    private void promise(JsonNode promises) {
        promised.forEach(nominations::remove);
        promised.clear();
        promises.properties()
                .forEach(entry -> entry.getValue().forEach(uid -> {
                    nominations.nominate(pod(uid), entry.getKey());
                    promised.add(pod(uid));
                }));
    }

    private void cycle(JsonNode line) {
        cycles++;
        PodInfo pod = pod(line.get("cycle"));
        Profile profile =
                Objects.requireNonNull(profiles.get(line.get("profile").asString()));
        random.state(Long.parseLong(line.get("random").asString()));
        Snapshot snapshot = Snapshot.of(List.copyOf(nodes.values()));
        SchedulingCycle cycle = new SchedulingCycle(profile, nominations, random);
        cycle.startAt(line.get("start").asInt());
        Decision decision = cycle.decide(pod, snapshot);
        Optional<PostFilterPlugin.Result> result = decision instanceof Decision.Unschedulable unschedulable
                ? unschedulable.postFilter(profile, pod, snapshot)
                : Optional.empty();
        String now = CycleRecorder.text(decision, result);
        String recorded = line.get("decision").asString();
        if (!now.equals(recorded)) {
            differences.add(new Difference(cycles, pod.fullName(), recorded, now));
        }
    }

    /// Nothing is bound in a replay.
    private static final class NoBinding implements ClaimBinding {
        @Override
        public PersistentVolumeClaim provisionOn(PersistentVolumeClaim claim, String node) {
            return claim;
        }

        @Override
        public void reserve(PersistentVolume volume, PersistentVolumeClaim claim) {}

        @Override
        public void awaitBound(List<PersistentVolumeClaim> claims, Duration limit) {}
    }
}
