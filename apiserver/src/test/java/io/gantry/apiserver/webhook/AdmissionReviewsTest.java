package io.gantry.apiserver.webhook;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// What an answer of a webhook must say of itself: in v1 everything, in v1beta1 nothing.
class AdmissionReviewsTest {
    private static ObjectNode json(String text) {
        return (ObjectNode) Json.MAPPER.readTree(text.replace('\'', '"'));
    }

    private static ObjectNode request(String version) {
        return json("{'apiVersion':'admission.k8s.io/" + version + "','kind':'AdmissionReview','request':{'uid':'u'}}");
    }

    @Test
    void anOldAnswerNeedNotSayWhatItIs() throws Exception {
        ObjectNode answer = json("{'response':{'allowed':true,'patch':'W10='}}");
        AdmissionReviews.Verdict verdict = AdmissionReviews.verdict(request("v1beta1"), answer, true);
        assertTrue(verdict.allowed());
        assertTrue(verdict.patch().isPresent());
    }

    @Test
    void aNewOneMust() {
        ObjectNode answer = json("{'response':{'uid':'u','allowed':true}}");
        assertThrows(WebhookException.class, () -> AdmissionReviews.verdict(request("v1"), answer, true));
    }
}
