package io.gantry.store.etcd;

import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.watch.WatchEvent;
import io.gantry.store.CompactedException;
import io.gantry.store.Entry;
import io.gantry.store.StoreEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Translates etcd's events.
final class EtcdEvents {
    /// @throws CompactedException when a value before an event is already forgotten
    static List<StoreEvent> translate(List<WatchEvent> events) {
        List<StoreEvent> translated = new ArrayList<>(events.size());
        for (WatchEvent event : events) {
            translated.add(translate(event));
        }
        return translated;
    }

    private static StoreEvent translate(WatchEvent event) {
        KeyValue now = event.getKeyValue();
        KeyValue before = event.getPrevKV();
        Optional<Entry> previous =
                before.getModRevision() == 0 ? Optional.empty() : Optional.of(EtcdCalls.entry(before));
        return switch (event.getEventType()) {
            case PUT -> {
                if (now.getVersion() > 1 && previous.isEmpty()) {
                    throw lost(now);
                }
                yield new StoreEvent.Put(EtcdCalls.entry(now), previous);
            }
            case DELETE ->
                new StoreEvent.Delete(
                        now.getKey().toString(StandardCharsets.UTF_8),
                        now.getModRevision(),
                        previous.orElseThrow(() -> lost(now)));
            case UNRECOGNIZED -> throw new IllegalStateException("etcd sent an unknown kind of event");
        };
    }

    private static CompactedException lost(KeyValue now) {
        return new CompactedException(
                "etcd compacted what was before revision " + now.getModRevision(), now.getModRevision() + 1);
    }

    private EtcdEvents() {}
}
