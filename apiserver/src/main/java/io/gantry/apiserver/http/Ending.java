package io.gantry.apiserver.http;

/// The end of a request's answer.
public interface Ending {
    /// Runs the action once, when the answer has left or the client has: at once when that has happened already.
    void whenEnded(Runnable action);

    /// For requests that no client waits for.
    Ending AT_ONCE = Runnable::run;
}
