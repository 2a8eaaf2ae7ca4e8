package io.gantry.apiserver.cel.library;

/// A function of CEL.
public interface Function {
    /// @param arguments the target first
    /// @throws io.gantry.apiserver.cel.value.CelError when there is no such overload or no result
    Object apply(Object... arguments);
}
