package io.gantry.scheduler.devices;

import io.gantry.api.resource.v1.resourceslice.Device;
import io.gantry.api.resource.v1.resourceslice.DeviceAttribute;
import io.gantry.cel.DeviceExpressions;
import io.gantry.cel.library.CelQuantity;
import io.gantry.cel.library.CelSemver;
import io.gantry.cel.value.CelError;
import io.gantry.cel.value.MapValue;
import io.gantry.cel.value.StructValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A device as CEL sees it: attributes and capacities by domain and name.
final class DeviceValue {
    private DeviceValue() {}

    /// @param driver the domain of names without one
    /// @throws CelError when an attribute has no value that is supported
    static Object of(String driver, Device device) {
        Map<String, Map<String, Object>> attributes = new HashMap<>();
        device.attributes().forEach((name, attribute) -> put(attributes, driver, name, value(name, attribute)));
        Map<String, Map<String, Object>> capacity = new HashMap<>();
        device.capacity().forEach((name, amount) -> put(capacity, driver, name, new CelQuantity(amount.value())));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("driver", driver);
        fields.put("allowMultipleAllocations", Boolean.TRUE.equals(device.allowMultipleAllocations()));
        fields.put("attributes", new Domains(attributes));
        fields.put("capacity", new Domains(capacity));
        return new StructValue(DeviceExpressions.TYPE, fields);
    }

    private static void put(Map<String, Map<String, Object>> domains, String driver, String name, Object value) {
        int slash = name.indexOf('/');
        String domain = slash < 0 ? driver : name.substring(0, slash);
        domains.computeIfAbsent(domain, d -> new HashMap<>()).put(name.substring(slash + 1), value);
    }

    private static Object value(String name, DeviceAttribute attribute) {
        if (attribute.int_() != null) {
            return attribute.int_();
        } else if (attribute.bool() != null) {
            return attribute.bool();
        } else if (attribute.string() != null) {
            return attribute.string();
        } else if (attribute.version() != null) {
            return CelSemver.of(attribute.version());
        }
        throw new CelError("attribute " + name + ": unsupported attribute value");
    }

    /// A domain that is not there has no names.
    private record Domains(Map<String, Map<String, Object>> domains) implements MapValue {
        @Override
        public Optional<Object> find(Object key) {
            return Optional.of(new Names(domains.getOrDefault(String.valueOf(key), Map.of())));
        }

        @Override
        public Collection<Object> keys() {
            List<Object> keys = new ArrayList<>(domains.keySet());
            return keys;
        }

        @Override
        public int size() {
            return domains.size();
        }
    }

    private record Names(Map<String, Object> values) implements MapValue {
        @Override
        public Optional<Object> find(Object key) {
            return Optional.ofNullable(values.get(String.valueOf(key)));
        }

        @Override
        public Collection<Object> keys() {
            List<Object> keys = new ArrayList<>(values.keySet());
            return keys;
        }

        @Override
        public int size() {
            return values.size();
        }
    }
}
