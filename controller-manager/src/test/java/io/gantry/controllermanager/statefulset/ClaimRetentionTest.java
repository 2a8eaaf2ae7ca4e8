package io.gantry.controllermanager.statefulset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.apps.v1.statefulset.StatefulSet;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.meta.v1.OwnerReference;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClaimRetentionTest {
    /// @param had uids of the owners before: `set`, `pod` (the pod's), `old` (a former pod of the name), `else`,
    /// `boss` (which controls the claim)
    record Case(String whenDeleted, String whenScaled, boolean surplus, String had, String expected) {}

    static Stream<Case> owners() {
        return Stream.of(
                new Case("Retain", "Retain", false, "", ""),
                new Case("Retain", "Retain", true, "set pod else", "else"),
                new Case("Delete", "Retain", false, "", "set"),
                new Case("Delete", "Retain", true, "", "set"),
                new Case("Delete", "Retain", false, "else set", "else set"),
                new Case("Retain", "Delete", false, "", ""),
                new Case("Retain", "Delete", true, "set", "pod"),
                new Case("Retain", "Delete", false, "pod", ""),
                new Case("Delete", "Delete", false, "pod", "set"),
                new Case("Delete", "Delete", true, "set", "pod"),
                new Case("Delete", "Delete", true, "old", "old"),
                new Case("Delete", "Delete", false, "old", "old"),
                new Case("Delete", "Retain", false, "boss", "boss"),
                new Case("Retain", "Delete", true, "boss", "boss"),
                new Case("Retain", "Delete", true, "pod boss", "boss"),
                new Case("Retain", "Retain", false, "boss set", "boss"));
    }

    @ParameterizedTest
    @MethodSource
    void owners(Case c) {
        StatefulSet set = Json.MAPPER.readValue("""
                {"metadata":{"name":"s","namespace":"ns","uid":"set"},"spec":{
                 "persistentVolumeClaimRetentionPolicy":{"whenDeleted":"%s","whenScaled":"%s"}}}""".formatted(c.whenDeleted(), c.whenScaled()), StatefulSet.class);
        Pod pod = Json.MAPPER.readValue("{\"metadata\":{\"name\":\"s-0\",\"uid\":\"pod\"}}", Pod.class);
        String owners = Stream.of(c.had().split(" "))
                .filter(uid -> !uid.isEmpty())
                .map(ClaimRetentionTest::owner)
                .collect(Collectors.joining(","));
        PersistentVolumeClaim claim = Json.MAPPER.readValue(
                "{\"metadata\":{\"name\":\"c\",\"ownerReferences\":[" + owners + "]}}", PersistentVolumeClaim.class);
        List<OwnerReference> now = ClaimRetention.owners(set, claim, Optional.of(pod), c.surplus());
        assertEquals(c.expected(), now.stream().map(OwnerReference::uid).collect(Collectors.joining(" ")));
    }

    private static String owner(String uid) {
        String kind = uid.equals("pod") || uid.equals("old") ? "Pod" : uid.equals("set") ? "StatefulSet" : "Other";
        String name = kind.equals("Pod") ? "s-0" : "s";
        String group = kind.equals("Pod") ? "v1" : "apps/v1";
        return "{\"apiVersion\":\"" + group + "\",\"kind\":\"" + kind + "\",\"name\":\"" + name + "\",\"uid\":\"" + uid
                + "\",\"controller\":" + uid.equals("boss") + "}";
    }
}
