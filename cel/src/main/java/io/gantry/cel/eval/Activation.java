package io.gantry.cel.eval;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The variables of an evaluation.
public interface Activation {
    /// The value of a variable; null when there is none of that name.
    ///
    /// @throws io.gantry.cel.value.CelError when its value cannot be had
    @Nullable
    Object resolve(String name);

    static Activation of(Map<String, Object> values) {
        return values::get;
    }
}
