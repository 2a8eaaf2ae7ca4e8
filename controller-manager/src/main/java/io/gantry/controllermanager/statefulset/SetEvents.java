package io.gantry.controllermanager.statefulset;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.apps.v1.statefulset.StatefulSet;
import io.gantry.client.event.EventSink;

/// What a StatefulSet tells of its pods and claims, in upstream's words (`stateful_pod_control.go`).
final class SetEvents {
    /// What was done.
    enum Verb {
        CREATE("Create"),
        UPDATE("Update"),
        DELETE("Delete");

        private final String word;

        Verb(String word) {
            this.word = word;
        }
    }

    private final EventSink events;

    SetEvents(EventSink events) {
        this.events = events;
    }

    void pod(StatefulSet set, Verb verb, String pod) {
        events.event(
                set,
                EventSink.NORMAL,
                "Successful" + verb.word,
                verb.word + " Pod " + pod + " in StatefulSet " + name(set) + " successful");
    }

    void podFailed(StatefulSet set, Verb verb, String pod, RuntimeException why) {
        events.event(
                set,
                EventSink.WARNING,
                "Failed" + verb.word,
                verb.word + " Pod " + pod + " in StatefulSet " + name(set) + " failed error: " + why.getMessage());
    }

    void claimMade(StatefulSet set, String claim, String pod) {
        events.event(
                set,
                EventSink.NORMAL,
                "SuccessfulCreate",
                "Create Claim " + claim + " Pod " + pod + " in StatefulSet " + name(set) + " success");
    }

    void claimFailed(StatefulSet set, String claim, String pod, RuntimeException why) {
        events.event(
                set,
                EventSink.WARNING,
                "FailedCreate",
                "Create Claim " + claim + " for Pod " + pod + " in StatefulSet " + name(set) + " failed error: "
                        + why.getMessage());
    }

    /// Something else controls the claim, so that nothing deletes it on the set's account.
    void claimConflicts(StatefulSet set, String claim) {
        events.event(
                set,
                EventSink.WARNING,
                "ConflictingController",
                "PersistentVolumeClaim " + claim
                        + " has a conflicting OwnerReference that acts as a manging controller,"
                        + " the retention policy is ignored for this claim");
    }

    private static String name(StatefulSet set) {
        return text(set.metadata().name());
    }
}
