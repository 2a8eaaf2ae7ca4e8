package io.gantry.controllermanager.resourceclaim;

import java.util.LinkedHashMap;
import java.util.Map;

/// The uids of the pods that were seen going last: of those nobody need be asked whether they are gone. Thread-safe.
final class DeletedPods {
    private static final int MOST = 500;

    private final Map<String, Boolean> uids = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST;
        }
    };

    synchronized void add(String uid) {
        uids.put(uid, true);
    }

    synchronized boolean has(String uid) {
        return uids.containsKey(uid);
    }
}
