package io.gantry.scheduler.framework;

/// Told how long all plugins of an extension point took for one pod. Thread-safe.
@FunctionalInterface
public interface ExtensionTimes {
    ExtensionTimes NONE = (point, status, nanos) -> {};

    String SUCCESS = "Success";
    String UNSCHEDULABLE = "Unschedulable";
    String ERROR = "Error";

    /// @param status upstream's name of what it came to, e.g. [#SUCCESS]
    void took(ExtensionPoint point, String status, long nanos);
}
