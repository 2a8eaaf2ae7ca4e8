package io.gantry.apiserver.registry;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `events.k8s.io/v1` events as core events, which is how they are stored (upstream `apis/events/v1/conversion.go`).
final class EventConversion implements Conversion {
    private static final String[][] RENAMED = {
        {"regarding", "involvedObject"},
        {"note", "message"},
        {"deprecatedSource", "source"},
        {"deprecatedFirstTimestamp", "firstTimestamp"},
        {"deprecatedLastTimestamp", "lastTimestamp"},
        {"deprecatedCount", "count"},
        {"reportingController", "reportingComponent"},
    };

    @Override
    public ObjectNode toStored(ObjectNode served) {
        rename(served, 0, 1);
        served.put("apiVersion", "v1");
        return served;
    }

    @Override
    public ObjectNode toServed(ObjectNode stored) {
        rename(stored, 1, 0);
        stored.put("apiVersion", "events.k8s.io/v1");
        return stored;
    }

    @Override
    public String storedField(String served) {
        for (String[] names : RENAMED) {
            if (served.equals(names[0]) || served.startsWith(names[0] + ".")) {
                return names[1] + served.substring(names[0].length());
            }
        }
        return served;
    }

    private static void rename(ObjectNode object, int from, int to) {
        for (String[] names : RENAMED) {
            JsonNode value = object.remove(names[from]);
            if (value != null) {
                object.set(names[to], value);
            }
        }
    }
}
