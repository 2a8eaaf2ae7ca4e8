package io.gantry.store;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps what a watch delivers.
class Recorder implements WatchListener {
    final List<StoreEvent> events = new CopyOnWriteArrayList<>();
    volatile Optional<StoreException> closed = Optional.empty();
    volatile long progress;

    @Override
    public void onEvents(List<StoreEvent> delivered) {
        events.addAll(delivered);
    }

    @Override
    public void onClosed(StoreException cause) {
        closed = Optional.of(cause);
    }

    @Override
    public void onProgress(long revision) {
        progress = revision;
    }

    List<StoreEvent> awaitEvents(int count) {
        await().atMost(Duration.ofSeconds(20)).until(() -> events.size() >= count);
        return List.copyOf(events);
    }

    StoreException awaitClosed() {
        await().atMost(Duration.ofSeconds(20)).until(() -> closed.isPresent());
        return closed.orElseThrow();
    }

    /// One word an event: `put /a 2`, `delete /a 3`.
    List<String> words() {
        return events.stream()
                .map(event ->
                        (event instanceof StoreEvent.Put ? "put " : "delete ") + event.key() + " " + event.revision())
                .toList();
    }
}
