package io.gantry.apiserver.flowcontrol;

import io.gantry.apiserver.http.Ending;
import io.gantry.apiserver.http.Headers;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// A request's right to be worked on. Give it back once; a second time does nothing.
public final class Seat implements AutoCloseable {
    private final Flow flow;
    private final int width;
    private final Optional<LargeLists.Place> place;
    private final AtomicBoolean back = new AtomicBoolean();

    Seat(Flow flow, int width, Optional<LargeLists.Place> place) {
        this.flow = flow;
        this.width = width;
        this.place = place;
    }

    /// Gives the seat back when the answer is made; a large list keeps its place until it has left.
    public void close(Ending ending) {
        release();
        place.ifPresent(kept -> {
            kept.closeInTime();
            ending.whenEnded(kept::close);
        });
    }

    /// Gives everything back: there is no answer to wait for.
    @Override
    public void close() {
        release();
        place.ifPresent(LargeLists.Place::close);
    }

    private void release() {
        if (back.compareAndSet(false, true)) {
            flow.level().release(width);
        }
    }

    /// What an answer tells about its flow.
    public Headers headers() {
        return flow.headers();
    }
}
