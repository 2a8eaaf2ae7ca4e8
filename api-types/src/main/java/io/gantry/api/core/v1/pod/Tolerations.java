package io.gantry.api.core.v1.pod;

import static io.gantry.api.validation.References.text;

import io.gantry.api.core.v1.node.Taint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How tolerations match taints (upstream `core/v1 Toleration.ToleratesTaint`), for whatever time. Pure.
public final class Tolerations {
    private Tolerations() {}

    /// Whether one of the tolerations takes the taint.
    public static boolean tolerate(List<Toleration> tolerations, Taint taint) {
        for (Toleration toleration : tolerations) {
            if (tolerates(toleration, taint)) {
                return true;
            }
        }
        return false;
    }

    public static boolean tolerates(Toleration toleration, Taint taint) {
        String effect = toleration.effect();
        if (effect != null && !effect.isEmpty() && !effect.equals(taint.effect())) {
            return false;
        }
        String key = toleration.key();
        if (key != null && !key.isEmpty() && !key.equals(taint.key())) {
            return false;
        }
        return switch (text(toleration.operator())) {
            case "", "Equal" -> text(toleration.value()).equals(text(taint.value()));
            case "Exists" -> true;
            case "Lt" -> compare(taint.value(), toleration.value()) < 0;
            case "Gt" -> compare(taint.value(), toleration.value()) > 0;
            default -> false;
        };
    }

    /// Compares as whole numbers (KEP-5471); 0 when either is none, which matches neither operator.
    private static int compare(@Nullable String taint, @Nullable String toleration) {
        try {
            return Long.compare(Long.parseLong(text(taint)), Long.parseLong(text(toleration)));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
