package io.gantry.controllermanager;

import io.gantry.client.work.ControllerRunner;
import java.util.ArrayList;
import java.util.List;

/// One controller: started once its informers have synced, closed once. [#close] returns when its workers have stopped.
public interface Controller extends AutoCloseable {
    void start();

    @Override
    void close();

    /// The queues with their workers, for simulations that run them step by step.
    default List<ControllerRunner<?>> runners() {
        return List.of();
    }

    /// Several that are started and closed as one.
    static Controller of(Controller... parts) {
        List<Controller> all = List.of(parts);
        return new Controller() {
            @Override
            public void start() {
                all.forEach(Controller::start);
            }

            @Override
            public void close() {
                all.forEach(Controller::close);
            }

            @Override
            public List<ControllerRunner<?>> runners() {
                List<ControllerRunner<?>> runners = new ArrayList<>();
                all.forEach(c -> runners.addAll(c.runners()));
                return runners;
            }
        };
    }
}
