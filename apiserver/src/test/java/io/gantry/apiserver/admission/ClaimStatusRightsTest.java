package io.gantry.apiserver.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.apiserver.authn.UserInfo;
import io.gantry.apiserver.authz.Decision;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/// Who may write which part of a claim's status.
class ClaimStatusRightsTest {
    private static final UserInfo ANNA = UserInfo.of("anna");
    private static final UserInfo DRIVER = new UserInfo(
            "system:serviceaccount:kube-system:driver",
            "",
            List.of(),
            Map.of("authentication.kubernetes.io/node-name", List.of("n1")));
    private static final String ON_N1 = "'allocation':{'nodeSelector':{'nodeSelectorTerms':[{'matchFields':"
            + "[{'key':'metadata.name','operator':'In','values':['n1']}]}]}}";
    private static final String ANYWHERE = "'allocation':{}";
    private static final String DEVICE = "'devices':[{'driver':'d.test','pool':'p','device':'a','data':%s}]";
    private static final String SAYS_1 = DEVICE.formatted(1);
    private static final String SAYS_2 = DEVICE.formatted(2);

    /// @param rights `verb part namespace name`
    /// @param expected empty where it is allowed
    record Case(UserInfo user, Set<String> rights, String before, String now, String expected) {}

    static List<Case> cases() {
        String ofDriver =
                "status.devices: Forbidden: changing status.devices requires resource=\"resourceclaims/driver\","
                        + " verb=\"[%s]\" permission: resourceclaims.resource.k8s.io \"d.test\" is forbidden: User \"%s\" cannot"
                        + " %s resource \"resourceclaims/driver\" in API group \"resource.k8s.io\" in the namespace \"n\"";
        return List.of(
                new Case(ANNA, Set.of(), "", "", ""),
                new Case(ANNA, Set.of(), "", "'conditions':[]", ""),
                new Case(
                        ANNA,
                        Set.of(),
                        "",
                        ANYWHERE,
                        "status.allocation: Forbidden: changing status.allocation or status.reservedFor requires"
                                + " resource=\"resourceclaims/binding\", verb=\"patch\" permission:"
                                + " resourceclaims.resource.k8s.io is forbidden: User \"anna\" cannot patch resource"
                                + " \"resourceclaims/binding\" in API group \"resource.k8s.io\" at the cluster scope"),
                new Case(ANNA, Set.of("patch binding  "), "", ANYWHERE + ",'reservedFor':[{'uid':'u'}]", ""),
                new Case(ANNA, Set.of("patch binding  "), ANYWHERE + "," + SAYS_1, "", ""),
                new Case(ANNA, Set.of("arbitrary-node:patch driver n d.test"), ON_N1, ON_N1 + "," + SAYS_1, ""),
                new Case(
                        ANNA,
                        Set.of("associated-node:patch driver n d.test"),
                        ON_N1,
                        ON_N1 + "," + SAYS_1,
                        ofDriver.formatted("arbitrary-node:patch", "anna", "arbitrary-node:patch")),
                new Case(
                        DRIVER,
                        Set.of("associated-node:patch driver n d.test"),
                        ON_N1 + "," + SAYS_1,
                        ON_N1 + "," + SAYS_2,
                        ""),
                new Case(
                        DRIVER,
                        Set.of("associated-node:patch driver n other.test"),
                        ON_N1 + "," + SAYS_1,
                        ON_N1,
                        ofDriver.formatted(
                                "associated-node:patch arbitrary-node:patch",
                                "system:serviceaccount:kube-system:driver",
                                "associated-node:patch")),
                new Case(
                        DRIVER,
                        Set.of("associated-node:patch driver n d.test"),
                        ANYWHERE,
                        ANYWHERE + "," + SAYS_1,
                        ofDriver.formatted(
                                "arbitrary-node:patch",
                                "system:serviceaccount:kube-system:driver",
                                "arbitrary-node:patch")),
                new Case(DRIVER, Set.of(), ON_N1 + "," + SAYS_1, ON_N1 + "," + SAYS_1, ""));
    }

    private static ObjectNode claim(String status) {
        return (ObjectNode) Json.MAPPER.readTree(("{'status':{" + status + "}}").replace('\'', '"'));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void eachPartHasARightOfItsOwn(Case test) {
        ClaimStatusRights plugin = new ClaimStatusRights(attributes -> test.rights.contains(String.join(
                        " ", attributes.verb(), attributes.subresource(), attributes.namespace(), attributes.name()))
                ? Decision.allow("")
                : Decision.deny(""));
        AdmissionAttributes attributes = new AdmissionAttributes(
                AdmissionAttributes.Operation.UPDATE,
                "patch",
                "resource.k8s.io",
                "v1",
                "ResourceClaim",
                "resourceclaims",
                "status",
                "n",
                "c",
                test.user,
                false,
                Json.MAPPER.createObjectNode(),
                warning -> {},
                new AdmissionNotes());
        String answer = "";
        try {
            plugin.validate(attributes, claim(test.now), Optional.of(claim(test.before)));
        } catch (StatusException refused) {
            answer = String.valueOf(refused.getMessage());
        }
        assertEquals(
                test.expected.isEmpty() ? "" : "ResourceClaim.resource.k8s.io \"c\" is invalid: " + test.expected,
                answer);
    }
}
