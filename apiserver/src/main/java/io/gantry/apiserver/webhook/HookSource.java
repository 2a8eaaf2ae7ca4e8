package io.gantry.apiserver.webhook;

import io.gantry.api.kind.Kind;
import io.gantry.apiserver.objects.ObjectListener;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.objects.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/// The webhooks of all configurations of a kind, by the configurations' names, as they change. Thread-safe.
final class HookSource implements ObjectListener {
    private final TreeMap<String, List<Hook>> configurations = new TreeMap<>();
    private volatile List<Hook> hooks = List.of();

    private final ObjectReader reader;
    private final Kind<?> kind;
    private volatile boolean followed;

    HookSource(ObjectReader reader, Kind<?> kind) {
        this.reader = reader;
        this.kind = kind;
    }

    /// All webhooks, in the order in which they are called. The first call blocks until the configurations that there
    /// are have been read.
    List<Hook> hooks() {
        if (!followed) {
            follow();
        }
        return hooks;
    }

    /// Whether it is known that there are none.
    boolean isEmpty() {
        return followed && hooks.isEmpty();
    }

    private synchronized void follow() {
        if (!followed) {
            reader.watch(kind, this);
            followed = true;
        }
    }

    @Override
    public synchronized void replaced(List<ObjectNode> all) {
        configurations.clear();
        all.forEach(configuration -> configurations.put(Trees.name(configuration), read(configuration)));
        publish();
    }

    @Override
    public synchronized void put(ObjectNode now) {
        configurations.put(Trees.name(now), read(now));
        publish();
    }

    @Override
    public synchronized void deleted(ObjectNode last) {
        configurations.remove(Trees.name(last));
        publish();
    }

    private static List<Hook> read(ObjectNode configuration) {
        List<Hook> read = new ArrayList<>();
        for (ObjectNode webhook : Trees.objects(configuration, "webhooks")) {
            read.add(Hook.of(Trees.name(configuration), read.size(), webhook));
        }
        return read;
    }

    private void publish() {
        hooks = configurations.values().stream().flatMap(List::stream).toList();
    }
}
