package io.gantry.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What reviews of access may not ask, in upstream's words.
class AccessReviewsTest extends SecureServer {
    private static final String PATH = "/apis/authorization.k8s.io/v1/";
    private static final String WHOLE = "subjectaccessreviews";
    private static final String LOCAL = "namespaces/default/localsubjectaccessreviews";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                WHOLE + "|{'spec':{'user':'u'}}|spec.resourceAttributes"
                        + "|exactly one of nonResourceAttributes or resourceAttributes must be specified",
                WHOLE + "|{'spec':{'user':'u','resourceAttributes':{},'nonResourceAttributes':{}}}"
                        + "|spec.nonResourceAttributes|cannot be specified in combination with resourceAttributes",
                WHOLE + "|{'spec':{'resourceAttributes':{}}}|spec.user|at least one of user or group must be specified",
                WHOLE + "|{'metadata':{'name':'n'},'spec':{'user':'u','resourceAttributes':{}}}|metadata|must be empty",
                WHOLE + "|{'spec':{'user':'u','resourceAttributes':{'labelSelector':{}}}}"
                        + "|spec.resourceAttributes.labelSelector.requirements|requirements or rawSelector is required",
                WHOLE + "|{'spec':{'user':'u','resourceAttributes':{'fieldSelector':{'requirements':["
                        + "{'key':'a','operator':'In'}]}}}}"
                        + "|spec.resourceAttributes.fieldSelector.requirements[0].values|must be specified when",
                WHOLE + "|{'spec':{'user':'u','resourceAttributes':{'labelSelector':{'requirements':["
                        + "{'key':'a/b/c','operator':'Exists'}]}}}}"
                        + "|spec.resourceAttributes.labelSelector.requirements[0].key|a valid label key must",
                "self" + WHOLE + "|{'spec':{}}|spec.resourceAttributes|exactly one of",
                LOCAL + "|{'spec':{'user':'u','resourceAttributes':{'namespace':'other'}}}"
                        + "|spec.resourceAttributes.namespace|must match metadata.namespace",
                LOCAL + "|{'spec':{'user':'u','nonResourceAttributes':{'path':'/'}}}"
                        + "|spec.nonResourceAttributes|disallowed on this kind of request"
            },
            quoteCharacter = '"')
    void isRefused(String resource, String review, String field, String why) throws Exception {
        var refused = call(admin, 422, "POST", PATH + resource, review.replace('\'', '"'));
        var cause = refused.path("details").path("causes").path(0);
        assertEquals(field, cause.path("field").asString());
        assertTrue(cause.path("message").asString().contains(why), refused.toString());
    }

    @ParameterizedTest
    @CsvSource({WHOLE, "self" + WHOLE, LOCAL})
    void isAnswered(String resource) throws Exception {
        String review =
                "{\"metadata\":{\"creationTimestamp\":null},\"spec\":{%s\"resourceAttributes\":{\"namespace\":\"default\",\"verb\":\"get\"}}}";
        call(
                admin,
                201,
                "POST",
                PATH + resource,
                review.formatted(resource.startsWith("self") ? "" : "\"user\":\"u\","));
    }

    /// A policy for everything must not keep everybody out; what configures webhooks it sees.
    @Test
    void policiesDoNotSeeReviews() throws Exception {
        String admission = "/apis/admissionregistration.k8s.io/v1/";
        call(admin, 201, "POST", admission + "validatingadmissionpolicies", """
            {"metadata":{"name":"none"},"spec":{"matchConstraints":{"resourceRules":[{"apiGroups":["*"],
             "apiVersions":["*"],"operations":["CREATE"],"resources":["*"]}]},
             "validations":[{"expression":"false"}]}}\
            """);
        call(admin, 201, "POST", admission + "validatingadmissionpolicybindings", """
            {"metadata":{"name":"none"},"spec":{"policyName":"none","validationActions":["Deny"]}}\
            """);
        String hooks = "{\"metadata\":{\"name\":\"h\"},\"webhooks\":[]}";
        call(admin, 422, "POST", admission + "validatingwebhookconfigurations", hooks);
        isAnswered("self" + WHOLE);
        call(admin, 201, "POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews", "{}");
        call(admin, 200, "DELETE", admission + "validatingadmissionpolicybindings/none", "");
        call(admin, 201, "POST", admission + "validatingwebhookconfigurations", hooks);
    }
}
