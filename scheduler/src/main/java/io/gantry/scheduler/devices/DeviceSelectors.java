package io.gantry.scheduler.devices;

import io.gantry.api.resource.v1.deviceclass.CELDeviceSelector;
import io.gantry.api.resource.v1.deviceclass.DeviceSelector;
import io.gantry.cel.CompileException;
import io.gantry.cel.DeviceExpressions;
import io.gantry.cel.Expression;
import io.gantry.cel.eval.Activation;
import io.gantry.cel.eval.Evaluation;
import io.gantry.cel.value.CelError;
import io.gantry.cel.value.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Says which devices CEL expressions mean (upstream `dynamic-resource-allocation/cel`). Remembers compiled
/// expressions. Owned by the scheduling thread; the first expression loads the classes of CEL.
public final class DeviceSelectors {
    private static final int MAX_EXPRESSIONS = 256;
    private static final float LOAD = 0.75f;

    private final Map<String, Expression> compiled = new LinkedHashMap<>(16, LOAD, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Expression> eldest) {
            return size() > MAX_EXPRESSIONS;
        }
    };

    /// Whether all selectors mean the device.
    ///
    /// @param whose `class NAME` or `claim NAMESPACE/NAME`, for messages
    /// @throws AllocationException when an expression is malformed or fails
    boolean match(String whose, List<DeviceSelector> selectors, Chosen device) {
        for (int i = 0; i < selectors.size(); i++) {
            CELDeviceSelector cel = selectors.get(i).cel();
            if (cel == null) {
                throw new AllocationException(
                        whose + ", selector #" + i + ": CEL expression empty (unsupported selector type?)");
            }
            if (!matches(whose + ": selector #" + i, cel.expression(), device)) {
                return false;
            }
        }
        return true;
    }

    private boolean matches(String where, String expression, Chosen device) {
        Object value;
        try {
            value = DeviceValue.of(device.id().driver(), device.device());
        } catch (CelError malformed) {
            throw new AllocationException(where + ": CEL runtime error: " + malformed.text());
        }
        Activation variables = Activation.of(Map.of(DeviceExpressions.VARIABLE, value));
        Evaluation evaluation = compile(where, expression).evaluate(variables);
        if (evaluation.failed()) {
            throw new AllocationException(where + ": CEL runtime error: " + evaluation.error());
        }
        Object result = evaluation.value().orElseThrow();
        if (!(result instanceof Boolean)) {
            throw new AllocationException(where + ": CEL runtime error: CEL result of type " + Values.typeName(result)
                    + " could not be converted to bool");
        }
        return evaluation.isTrue();
    }

    private Expression compile(String where, String source) {
        Expression known = compiled.get(source);
        if (known != null) {
            return known;
        }
        try {
            Expression fresh = DeviceExpressions.compile(source);
            compiled.put(source, fresh);
            return fresh;
        } catch (CompileException e) {
            throw new AllocationException(where + ": CEL compile error: " + e.getMessage());
        }
    }
}
