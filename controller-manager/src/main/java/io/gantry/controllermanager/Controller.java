package io.gantry.controllermanager;

import java.util.List;

/// One controller: started once its informers have synced, closed once. [#close] returns when its workers have stopped.
public interface Controller extends AutoCloseable {
    void start();

    @Override
    void close();

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
        };
    }
}
