package io.gantry.controllermanager;

/// One controller: started once its informers have synced, closed once. [#close] returns when its workers have stopped.
public interface Controller extends AutoCloseable {
    void start();

    @Override
    void close();
}
