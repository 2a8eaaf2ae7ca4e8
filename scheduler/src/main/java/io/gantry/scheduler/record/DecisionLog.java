package io.gantry.scheduler.record;

import io.gantry.api.Json;
import io.gantry.scheduler.cycle.Decision;
import io.gantry.scheduler.cycle.DisruptionBudgets;
import io.gantry.scheduler.cycle.Nominations;
import io.gantry.scheduler.framework.PostFilterPlugin;
import io.gantry.scheduler.framework.Profile;
import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes everything that decisions depend on to a file, one JSON object a line: nodes with their pods,
/// promises, budgets and answers of the cluster view whenever they change, and each cycle with the state of
/// the random numbers and what was decided. [Replay] decides it all again. Owned by the scheduling thread.
public final class DecisionLog implements CycleRecorder {
    private static final Logger LOG = LoggerFactory.getLogger(DecisionLog.class);
    /// Recording ends when the file has so many characters.
    private static final long MAX_CHARACTERS = 1L << 30;

    private final Writer out;
    private final SeededRandom random;
    private final Nominations nominations;
    private final Map<String, PodInfo> written = new HashMap<>();
    private final Map<String, Optional<?>> answers = new HashMap<>();
    private final Map<String, Object> nodes = new HashMap<>();
    private @Nullable Snapshot snapshot;
    private long seen;
    private Map<String, List<PodInfo>> promises = Map.of();
    private DisruptionBudgets budgets = new DisruptionBudgets(List.of());
    private Map<String, Object> cycle = Map.of();
    private @Nullable Thread owner;
    private long characters;

    /// @param configuration the scheduler's, as text; empty for the defaults
    /// @throws UncheckedIOException when the file cannot be written
    public DecisionLog(Path file, String configuration, Answers view, SeededRandom random, Nominations nominations) {
        this.random = random;
        this.nominations = nominations;
        try {
            this.out = Files.newBufferedWriter(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        view.listen(this::answered);
        line(Map.of("configuration", configuration));
    }

    private void answered(String question, Optional<?> answer) {
        if (Objects.equals(owner, Thread.currentThread()) && !answer.equals(answers.put(question, answer))) {
            Map<String, @Nullable Object> line = new LinkedHashMap<>();
            line.put("question", question);
            line.put("answer", answer.orElse(null));
            line(line);
        }
    }

    /// What post-filter plugins were told of budgets.
    public DisruptionBudgets told(DisruptionBudgets now) {
        if (!now.equals(budgets)) {
            budgets = now;
            line(Map.of("budgets", now.budgets()));
        }
        return now;
    }

    @Override
    public void begin(Profile profile, PodInfo pod, Snapshot now, int start) {
        owner = Thread.currentThread();
        writePods(List.of(pod));
        writeNodes(now);
        writePromises();
        cycle = new LinkedHashMap<>();
        cycle.put("cycle", pod.uid());
        cycle.put("profile", profile.schedulerName());
        cycle.put("random", Long.toString(random.state()));
        cycle.put("start", start);
    }

    @Override
    public void end(Decision decision, Optional<PostFilterPlugin.Result> result) {
        owner = null;
        cycle.put("decision", CycleRecorder.text(decision, result));
        line(cycle);
        try {
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void writeNodes(Snapshot now) {
        BitSet changed = new BitSet();
        boolean known = now.equals(snapshot) && now.changesSince(seen, changed::set);
        if (!known) {
            changed.set(0, now.size());
            line(Map.of("nodes", now.nodes().stream().map(NodeInfo::name).toList()));
        }
        snapshot = now;
        seen = now.changed();
        for (int at = changed.nextSetBit(0); at >= 0; at = changed.nextSetBit(at + 1)) {
            writeNode(now.nodes().get(at));
        }
    }

    private void writeNode(NodeInfo node) {
        writePods(node.pods());
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("on", node.name());
        line.put("pods", node.pods().stream().map(PodInfo::uid).toList());
        if (!node.node().equals(nodes.put(node.name(), node.node()))) {
            line.put("node", node.node());
        }
        line(line);
    }

    @SuppressWarnings("ReferenceEquality")
    private void writePods(List<PodInfo> pods) {
        for (PodInfo pod : pods) {
            PodInfo before = written.put(pod.uid(), pod);
            if (before == null || before.pod() != pod.pod()) {
                line(Map.of("pod", pod.pod()));
            }
        }
    }

    private void writePromises() {
        Map<String, List<PodInfo>> now = nominations.all();
        if (!now.equals(promises)) {
            promises = now;
            Map<String, List<String>> uids = new LinkedHashMap<>();
            now.forEach((node, pods) -> {
                writePods(pods);
                uids.put(node, pods.stream().map(PodInfo::uid).toList());
            });
            line(Map.of("promises", uids));
        }
    }

    private void line(Map<String, ?> line) {
        if (characters > MAX_CHARACTERS) {
            return;
        }
        try {
            String text = Json.MAPPER.writeValueAsString(line);
            characters += text.length() + 1;
            out.write(text);
            out.write('\n');
            if (characters > MAX_CHARACTERS) {
                LOG.warn("the record of decisions is full; it ends here");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            LOG.warn("the record of decisions was not closed", e);
        }
    }
}
