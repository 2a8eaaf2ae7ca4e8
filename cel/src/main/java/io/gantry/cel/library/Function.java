package io.gantry.cel.library;

/// A function of CEL.
public interface Function {
    /// @param arguments the target first
    /// @throws io.gantry.cel.value.CelError when there is no such overload or no result
    Object apply(Object... arguments);
}
