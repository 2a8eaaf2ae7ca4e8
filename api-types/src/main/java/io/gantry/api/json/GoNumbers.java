package io.gantry.api.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Iterator;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BigIntegerNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.ObjectNode;

/// Numbers as Go reads and writes them where no type says what they are (`encoding/json`), as in custom
/// resources, in YAML and in maps: what is no `int64` is a `float64`, whose whole values below 1e21 have no
/// fraction. A client that reads `1.0` into an integer fails.
public final class GoNumbers {
    private static final BigDecimal WITH_EXPONENT = new BigDecimal("1e21");

    private GoNumbers() {}

    /// Changes containers in place. What comes of it is equal to what is read from its JSON.
    ///
    /// @return what stands for `node`, which may be itself
    public static JsonNode canonical(JsonNode node) {
        switch (node) {
            case ObjectNode object -> {
                Iterator<Map.Entry<String, JsonNode>> entries =
                        object.properties().iterator();
                while (entries.hasNext()) {
                    Map.Entry<String, JsonNode> entry = entries.next();
                    entry.setValue(canonical(entry.getValue()));
                }
            }
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    array.set(i, canonical(array.get(i)));
                }
            }
            default -> {
                return holds(node) ? node : number(node.doubleValue());
            }
        }
        return node;
    }

    /// Whether [#canonical] would change nothing.
    public static boolean holds(JsonNode node) {
        if (node.isContainer()) {
            for (JsonNode element : node.values()) {
                if (!holds(element)) {
                    return false;
                }
            }
            return true;
        }
        return !node.isFloatingPointNumber() && !node.isBigInteger()
                || number(node.doubleValue()).equals(node);
    }

    private static JsonNode number(double value) {
        BigDecimal shortest = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        if (shortest.scale() > 0 || shortest.abs().compareTo(WITH_EXPONENT) >= 0) {
            return DoubleNode.valueOf(value);
        }
        BigInteger whole = shortest.toBigIntegerExact();
        if (whole.bitLength() < Integer.SIZE) {
            return IntNode.valueOf(whole.intValue());
        }
        return whole.bitLength() < Long.SIZE ? LongNode.valueOf(whole.longValue()) : BigIntegerNode.valueOf(whole);
    }
}
