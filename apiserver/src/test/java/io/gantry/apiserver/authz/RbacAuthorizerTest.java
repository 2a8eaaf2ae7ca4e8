package io.gantry.apiserver.authz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.rbac.v1.clusterrole.ClusterRoleKind;
import io.gantry.api.rbac.v1.clusterrolebinding.ClusterRoleBindingKind;
import io.gantry.api.rbac.v1.role.RoleKind;
import io.gantry.api.rbac.v1.rolebinding.RoleBindingKind;
import io.gantry.apiserver.authn.UserInfo;
import io.gantry.apiserver.authz.rbac.RbacAuthorizer;
import io.gantry.apiserver.authz.rbac.RbacPolicy;
import io.gantry.apiserver.objects.FakeObjects;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RbacAuthorizerTest {
    private static final FakeObjects OBJECTS = objects();
    private static final Authorizer RBAC = new RbacAuthorizer(RbacPolicy.follow(OBJECTS));

    private static FakeObjects objects() {
        return new FakeObjects()
                .put(
                        ClusterRoleKind.KIND,
                        json("{'metadata':{'name':'reader'},'rules':["
                                + "{'verbs':['get','list'],'apiGroups':[''],'resources':['pods','*/scale']},"
                                + "{'verbs':['get'],'nonResourceURLs':['/metrics','/logs/*']}]}"))
                .put(
                        ClusterRoleKind.KIND,
                        json("{'metadata':{'name':'all','labels':{'to':'all'}},'rules':["
                                + "{'verbs':['*'],'apiGroups':['apps'],'resources':['*']}]}"))
                .put(
                        ClusterRoleKind.KIND,
                        json("{'metadata':{'name':'sum'},'aggregationRule':{"
                                + "'clusterRoleSelectors':[{'matchLabels':{'to':'all'}}]},'rules':[]}"))
                .put(
                        RoleKind.KIND,
                        json("{'metadata':{'namespace':'n','name':'one'},'rules':["
                                + "{'verbs':['get'],'apiGroups':[''],'resources':['secrets'],'resourceNames':['s']}]}"))
                .put(
                        ClusterRoleBindingKind.KIND,
                        json("{'metadata':{'name':'g'},'subjects':[{'kind':'Group',"
                                + "'name':'readers'}],'roleRef':{'kind':'ClusterRole','name':'reader'}}"))
                .put(
                        RoleBindingKind.KIND,
                        json("{'metadata':{'namespace':'n','name':'u'},'subjects':[{'kind':'User',"
                                + "'name':'anna'},{'kind':'ServiceAccount','name':'sa'}],"
                                + "'roleRef':{'kind':'ClusterRole','name':'sum'}}"))
                .put(
                        RoleBindingKind.KIND,
                        json("{'metadata':{'namespace':'n','name':'s'},'subjects':[{'kind':'User',"
                                + "'name':'anna'}],'roleRef':{'kind':'Role','name':'one'}}"));
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    /// `user verb group/resource/subresource namespace name`; `-` stands for nothing.
    record Case(String asked, boolean allowed) {}

    static List<Case> cases() {
        return List.of(
                new Case("r list -/pods/- - -", true),
                new Case("r list -/pods/- n -", true),
                new Case("r watch -/pods/- n -", false),
                new Case("r get -/pods/log n p", false),
                new Case("r get -/deployments/scale n p", true),
                new Case("r get apps/pods/- n p", false),
                new Case("anna create apps/deployments/- n -", true),
                new Case("anna create apps/deployments/status n -", true),
                new Case("anna create apps/deployments/- m -", false),
                new Case("anna create apps/deployments/- - -", false),
                new Case("anna get -/secrets/- n s", true),
                new Case("anna get -/secrets/- n t", false),
                new Case("anna list -/secrets/- n -", false),
                new Case("system:serviceaccount:n:sa delete apps/daemonsets/- n d", true),
                new Case("system:serviceaccount:m:sa delete apps/daemonsets/- n d", false));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void rulesDecide(Case test) {
        String[] words = test.asked().replace("-/", "/").replace("/-", "/").split(" ");
        String[] path = words[2].split("/", -1);
        UserInfo user = words[0].equals("r") ? UserInfo.of("r", "readers") : UserInfo.of(words[0]);
        Attributes attributes = new Attributes(
                user, words[1], blank(words[3]), path[0], "v1", path[1], path[2], blank(words[4]), true, "", "");
        assertEquals(test.allowed(), RBAC.decide(attributes).allowed(), test.asked());
    }

    private static String blank(String word) {
        return word.equals("-") ? "" : word;
    }

    @Test
    void pathsMatchByPrefix() {
        UserInfo user = UserInfo.of("r", "readers");
        assertTrue(RBAC.decide(Attributes.nonResource(user, "get", "/logs/x/y")).allowed());
        assertTrue(RBAC.decide(Attributes.nonResource(user, "get", "/metrics")).allowed());
        assertFalse(RBAC.decide(Attributes.nonResource(user, "get", "/metrics/slis"))
                .allowed());
        assertFalse(
                RBAC.decide(Attributes.nonResource(user, "post", "/metrics")).allowed());
    }

    @Test
    void aRevokedRightIsGoneAtOnce() {
        FakeObjects objects = objects();
        Authorizer rbac = new RbacAuthorizer(RbacPolicy.follow(objects));
        Attributes asked = Attributes.resource(UserInfo.of("r", "readers"), "get", "", "v1", "pods", "n", "p");
        assertTrue(rbac.decide(asked).allowed());
        objects.delete(ClusterRoleBindingKind.KIND, "", "g");
        assertFalse(rbac.decide(asked).allowed());
    }
}
