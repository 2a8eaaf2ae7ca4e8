package io.gantry.apiserver.authz.rbac;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.rbac.v1.clusterrole.ClusterRoleKind;
import io.gantry.api.rbac.v1.clusterrolebinding.ClusterRoleBindingKind;
import io.gantry.apiserver.admission.AdmissionAttributes;
import io.gantry.apiserver.admission.AdmissionAttributes.Operation;
import io.gantry.apiserver.admission.AdmissionNotes;
import io.gantry.apiserver.authn.UserInfo;
import io.gantry.apiserver.objects.FakeObjects;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/// Who may write which role and binding; what is refused is told in kube-apiserver 1.36.1's words.
class EscalationCheckTest {
    private static final String BIG = "'rules':[{'apiGroups':['*'],'resources':['*'],'verbs':['*']}]";
    private static final String SMALL = "'rules':[{'apiGroups':[''],'resources':['pods'],'verbs':['get']}]";
    private static final String DEPLOYMENTS =
            "'rules':[{'apiGroups':['apps'],'resources':['scale','deployments'],'verbs':['get','delete']},"
                    + "{'nonResourceURLs':['/b','/a'],'verbs':['get']}]";
    private static final String AGGREGATES = "'rules':[],'aggregationRule':{'clusterRoleSelectors':[{}]}";
    private static final String NO_RIGHTS =
            "user \"anna\" (groups=[]) is attempting to grant RBAC permissions not currently held:\n";
    private static final String ALL = "{APIGroups:[\"*\"], Resources:[\"*\"], Verbs:[\"*\"]}";
    private static final String NO_ADMIN = "must have cluster-admin privileges to use the aggregationRule";
    private static final FakeObjects OBJECTS = objects();

    private static FakeObjects objects() {
        return new FakeObjects()
                .put(ClusterRoleKind.KIND, json("{'metadata':{'name':'small'}," + SMALL + "}"))
                .put(ClusterRoleKind.KIND, json("{'metadata':{'name':'big'}," + BIG + "}"))
                .put(
                        ClusterRoleKind.KIND,
                        json("{'metadata':{'name':'escalator'},'rules':[{'apiGroups':['rbac.authorization.k8s.io'],"
                                + "'resources':['roles'],'resourceNames':['r'],'verbs':['escalate']}]}"))
                .put(ClusterRoleBindingKind.KIND, binding("anna", "small"))
                .put(ClusterRoleBindingKind.KIND, binding("eve", "escalator"));
    }

    private static String binding(String user, String role) {
        return json("{'metadata':{'name':'" + user + "'},'subjects':[{'kind':'User','name':'" + user
                + "'}],'roleRef':{'kind':'ClusterRole','name':'" + role + "'}}");
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    /// @param was empty where it is created
    /// @param refused empty where it is allowed
    record Case(String user, String resource, String was, String now, String refused) {}

    static List<Case> roles() {
        return List.of(
                new Case("anna", "roles", "", SMALL, ""),
                new Case("anna", "roles", "", BIG, NO_RIGHTS + ALL),
                new Case(
                        "anna",
                        "clusterroles",
                        "",
                        DEPLOYMENTS,
                        NO_RIGHTS + "{APIGroups:[\"apps\"], Resources:[\"deployments\"], Verbs:[\"get\" \"delete\"]}\n"
                                + "{APIGroups:[\"apps\"], Resources:[\"scale\"], Verbs:[\"get\" \"delete\"]}\n"
                                + "{NonResourceURLs:[\"/a\"], Verbs:[\"get\"]}\n"
                                + "{NonResourceURLs:[\"/b\"], Verbs:[\"get\"]}"),
                new Case("anna", "roles", BIG, label(BIG), NO_RIGHTS + ALL),
                new Case("anna", "clusterroles", BIG, label(BIG), NO_RIGHTS + ALL),
                new Case("anna", "clusterroles", SMALL, label(SMALL), ""),
                new Case("anna", "clusterroles", BIG, collected(BIG), ""),
                new Case("anna", "clusterroles", BIG, SMALL, ""),
                new Case("anna", "clusterroles", "", AGGREGATES, NO_ADMIN),
                new Case("anna", "clusterroles", "", BIG + ",'aggregationRule':{}", NO_RIGHTS + ALL),
                new Case("anna", "clusterroles", "", "'rules':[],'aggregationRule':{}", ""),
                new Case("anna", "clusterroles", AGGREGATES, label(AGGREGATES), NO_ADMIN),
                new Case("anna", "clusterroles", AGGREGATES, "'rules':[]", NO_ADMIN),
                new Case("anna", "clusterroles", AGGREGATES, collected(AGGREGATES), ""),
                new Case(
                        "eve",
                        "roles",
                        "",
                        BIG,
                        "user \"eve\" (groups=[]) is attempting to grant RBAC permissions not currently held:\n" + ALL),
                new Case("eve", "roles", SMALL, BIG, ""));
    }

    static List<Case> bindings() {
        return List.of(
                new Case("anna", "rolebindings", "", to("ClusterRole", "small"), ""),
                new Case("anna", "rolebindings", "", to("ClusterRole", "big"), NO_RIGHTS + ALL),
                new Case("anna", "rolebindings", to("ClusterRole", "big"), to("ClusterRole", "big"), ""),
                new Case("anna", "rolebindings", to("ClusterRole", "big"), collected(to("ClusterRole", "big")), ""),
                new Case("anna", "rolebindings", to("Role", "gone"), collected(to("Role", "gone")), ""),
                new Case(
                        "anna",
                        "rolebindings",
                        to("ClusterRole", "big"),
                        label(to("ClusterRole", "big")),
                        NO_RIGHTS + ALL));
    }

    private static String to(String kind, String role) {
        return "'roleRef':{'apiGroup':'rbac.authorization.k8s.io','kind':'" + kind + "','name':'" + role + "'}";
    }

    private static String label(String object) {
        return object + ",'labels':{'rbac.authorization.k8s.io/aggregate-to-view':'true'}";
    }

    private static String collected(String object) {
        return object + ",'finalizers':['a.b/c']";
    }

    @ParameterizedTest
    @MethodSource({"roles", "bindings"})
    void nobodyGrantsWhatHeHasNot(Case test) {
        String expected = test.refused().isEmpty()
                ? ""
                : test.resource() + ".rbac.authorization.k8s.io \"r\" is forbidden: " + test.refused();
        assertEquals(expected, answer(test));
    }

    @ParameterizedTest
    @MethodSource("absent")
    void anAbsentRoleIsToldOfAsTheBindingIs(Case test) {
        assertEquals(test.refused(), answer(test));
    }

    static List<Case> absent() {
        String gone = ".rbac.authorization.k8s.io \"gone\" not found";
        return List.of(
                new Case("anna", "rolebindings", "", to("Role", "gone"), "rolebindings" + gone),
                new Case("anna", "rolebindings", "", to("ClusterRole", "gone"), "rolebindings" + gone),
                new Case("anna", "clusterrolebindings", "", to("ClusterRole", "gone"), "clusterrolebindings" + gone));
    }

    private static String answer(Case test) {
        RbacPolicy policy = RbacPolicy.follow(OBJECTS);
        Optional<ObjectNode> was =
                Optional.of(test.was()).filter(text -> !text.isEmpty()).map(EscalationCheckTest::object);
        try {
            new EscalationCheck(policy, new RbacAuthorizer(policy))
                    .validate(attributes(test, was.isPresent()), object(test.now()), was);
            return "";
        } catch (StatusException e) {
            return e.getMessage();
        }
    }

    private static AdmissionAttributes attributes(Case test, boolean update) {
        return new AdmissionAttributes(
                update ? Operation.UPDATE : Operation.CREATE,
                update ? "patch" : "create",
                "rbac.authorization.k8s.io",
                "v1",
                "",
                test.resource(),
                "",
                test.resource().startsWith("cluster") ? "" : "n",
                "r",
                UserInfo.of(test.user()),
                false,
                Json.MAPPER.createObjectNode(),
                warning -> {},
                new AdmissionNotes());
    }

    /// Labels and finalizers of the text go where they belong.
    private static ObjectNode object(String text) {
        ObjectNode object = (ObjectNode) Json.MAPPER.readTree(json("{'metadata':{'name':'r'}," + text + "}"));
        ObjectNode metadata = (ObjectNode) object.path("metadata");
        for (String field : List.of("labels", "finalizers")) {
            Optional.ofNullable(object.remove(field)).ifPresent(value -> metadata.set(field, value));
        }
        return object;
    }
}
