package io.gantry.controllermanager.statefulset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.KubernetesObject;
import io.gantry.api.StatusException;
import io.gantry.api.apps.v1.statefulset.StatefulSet;
import io.gantry.api.core.v1.endpoints.ObjectReference;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.client.event.EventSink;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SetEventsTest {
    private static StatefulSet set(String whenDeleted) {
        return Json.MAPPER.readValue(
                "{\"metadata\":{\"name\":\"db\",\"uid\":\"s\"},\"spec\":{\"persistentVolumeClaimRetentionPolicy\":"
                        + "{\"whenDeleted\":\"" + whenDeleted + "\",\"whenScaled\":\"Retain\"}}}",
                StatefulSet.class);
    }

    @Test
    void theWordsAreUpstreams() {
        List<String> told = new ArrayList<>();
        SetEvents events = new SetEvents(new EventSink() {
            @Override
            public void event(KubernetesObject regarding, String type, String reason, String message) {
                told.add(type + " " + reason + ": " + message);
            }

            @Override
            public void event(ObjectReference regarding, String type, String reason, String message) {
                throw new AssertionError("not of a reference");
            }
        });
        StatefulSet set = set("Retain");
        events.pod(set, SetEvents.Verb.CREATE, "db-0");
        events.podFailed(set, SetEvents.Verb.DELETE, "db-0", StatusException.unavailable("no"));
        events.claimMade(set, "data-db-0", "db-0");
        events.claimFailed(set, "data-db-0", "db-0", StatusException.unavailable("no"));
        assertEquals(
                List.of(
                        "Normal SuccessfulCreate: Create Pod db-0 in StatefulSet db successful",
                        "Warning FailedDelete: Delete Pod db-0 in StatefulSet db failed error: no",
                        "Normal SuccessfulCreate: Create Claim data-db-0 Pod db-0 in StatefulSet db success",
                        "Warning FailedCreate: Create Claim data-db-0 for Pod db-0 in StatefulSet db failed error: no"),
                told);
    }

    @ParameterizedTest
    @CsvSource({
        "Delete, apps/v1, StatefulSet, db,    s, true,  false",
        "Delete, apps/v1, StatefulSet, db,    x, true,  true",
        "Delete, v1,      Pod,         db-0,  p, true,  false",
        "Delete, v1,      ConfigMap,   other, c, true,  true",
        "Delete, v1,      ConfigMap,   other, c, false, false",
        "Retain, v1,      ConfigMap,   other, c, true,  false"
    })
    void claimsThatSomethingElseControls(
            String whenDeleted, String version, String kind, String name, String uid, boolean controls, boolean told) {
        PersistentVolumeClaim claim =
                Json.MAPPER.readValue("""
                {"metadata":{"name":"data-db-0","ownerReferences":[{"apiVersion":"%s","kind":"%s","name":"%s",
                "uid":"%s","controller":%s}]}}""".formatted(version, kind, name, uid, controls), PersistentVolumeClaim.class);
        Pod pod = Json.MAPPER.readValue("{\"metadata\":{\"name\":\"db-0\",\"uid\":\"p\"}}", Pod.class);
        assertEquals(told, ClaimRetention.isForeign(set(whenDeleted), claim, pod));
    }

    @ParameterizedTest
    @CsvSource({"Delete, db-0, true", "Delete, db-1, false", "Retain, db-0, false"})
    void aClaimThatGoesWithItsFormerPodIsWaitedFor(String whenScaled, String owner, boolean stale) {
        StatefulSet set = Json.MAPPER.readValue(
                "{\"spec\":{\"persistentVolumeClaimRetentionPolicy\":{\"whenScaled\":\"" + whenScaled + "\"}}}",
                StatefulSet.class);
        PersistentVolumeClaim claim = Json.MAPPER.readValue(
                "{\"metadata\":{\"ownerReferences\":[{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"name\":\"" + owner
                        + "\",\"uid\":\"p\"}]}}",
                PersistentVolumeClaim.class);
        assertEquals(stale, ClaimRetention.isOfFormerPod(set, claim, "db-0"));
    }
}
