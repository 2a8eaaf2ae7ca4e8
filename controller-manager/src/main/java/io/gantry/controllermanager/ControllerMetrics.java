package io.gantry.controllermanager;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/// What single controllers count under upstream's names, besides the queues that all of them have. It goes with the set
/// of controllers: the next leader counts from nothing, as upstream's next process. Thread-safe.
public final class ControllerMetrics {
    private final List<Supplier<String>> texts = new CopyOnWriteArrayList<>();

    /// Adds to each scrape.
    ///
    /// @param text lines of Prometheus' text format, each with its end
    public void lookUp(Supplier<String> text) {
        texts.add(text);
    }

    /// All of it.
    String text() {
        StringBuilder all = new StringBuilder();
        texts.forEach(text -> all.append(text.get()));
        return all.toString();
    }
}
