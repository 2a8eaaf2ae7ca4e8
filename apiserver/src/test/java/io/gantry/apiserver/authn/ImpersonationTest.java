package io.gantry.apiserver.authn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.StatusException;
import io.gantry.apiserver.authz.Attributes;
import io.gantry.apiserver.authz.Authorizer;
import io.gantry.apiserver.authz.Decision;
import io.gantry.apiserver.http.Headers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Who may act as whom, and in which mode. The request is always a list of pods.
class ImpersonationTest {
    private static final UserInfo ANNA = UserInfo.of("anna", "system:authenticated");
    private static final UserInfo AGENT = new UserInfo(
            "system:serviceaccount:kube-system:agent",
            "",
            List.of(),
            Map.of("authentication.kubernetes.io/node-name", List.of("n1")));
    private static final String ON_USER = "impersonate-on:user-info:list";
    private static final String BERT = "impersonate:user-info auth/users bert";
    private static final String IN_AUTH = " in API group \"authentication.k8s.io\" at the cluster scope: ";

    /// @param rights `verb group/resource name`, or `verb` of the request
    /// @param headers names and values, separated by spaces
    /// @param expected mode, name and groups; or the refusal
    private record Case(String what, UserInfo user, Set<String> rights, String headers, String expected) {}

    private static Authorizer authorizer(Set<String> rights) {
        return attributes -> rights.contains(right(attributes)) ? Decision.allow("") : Decision.deny("");
    }

    private static String right(Attributes attributes) {
        if (attributes.resource().equals("pods")) {
            return attributes.verb();
        }
        String sub = attributes.subresource().isEmpty() ? "" : "/" + attributes.subresource();
        String where = attributes.namespace().isEmpty() ? "" : attributes.namespace() + ":";
        String group = attributes.group().replace("authentication.k8s.io", "auth");
        return attributes.verb() + " " + group + "/" + attributes.resource() + sub + " " + where + attributes.name();
    }

    private static Attributes pods(UserInfo user) {
        return Attributes.resource(user, "list", "", "v1", "pods", "default", "");
    }

    private static Headers headers(String text) {
        Headers headers = Headers.NONE;
        String[] words = text.split(" ");
        for (int i = 0; i + 1 < words.length; i += 2) {
            headers = headers.with("impersonate-" + words[i], words[i + 1]);
        }
        return headers;
    }

    private static String outcome(Impersonation impersonation, UserInfo user, String headers) {
        try {
            Identity identity = impersonation.apply(user, headers(headers), ImpersonationTest::pods);
            String mode = identity.impersonator()
                    .map(Identity.Impersonator::constraint)
                    .map(text -> text.isEmpty() ? "impersonate" : text)
                    .orElse("nobody");
            return mode + " " + identity.user().name() + " " + identity.user().groups();
        } catch (StatusException refused) {
            return refused.code() + " " + refused.getMessage();
        }
    }

    private static String refusedOn(String user, String mode) {
        return "403 pods is forbidden: User \"" + user + "\" cannot impersonate-on:" + mode
                + ":list resource \"pods\" in API group \"\" in the namespace \"default\"";
    }

    @TestFactory
    Stream<DynamicTest> modes() {
        return Stream.of(
                        new Case("nobody", ANNA, Set.of(), "", "nobody anna [system:authenticated]"),
                        new Case(
                                "a user for what he may",
                                ANNA,
                                Set.of(ON_USER, BERT),
                                "user bert",
                                "impersonate:user-info bert [system:authenticated]"),
                        new Case(
                                "not for another verb",
                                ANNA,
                                Set.of("impersonate-on:user-info:get", BERT),
                                "user bert",
                                refusedOn("anna", "user-info")),
                        new Case(
                                "the old right is enough",
                                ANNA,
                                Set.of("impersonate /users bert", "impersonate /groups dev"),
                                "user bert group dev",
                                "impersonate bert [dev, system:authenticated]"),
                        new Case(
                                "masters by the old right alone",
                                ANNA,
                                Set.of(ON_USER, BERT, "impersonate:user-info auth/groups system:masters"),
                                "user bert group system:masters",
                                "403 groups.authentication.k8s.io \"system:masters\" is forbidden: User \"anna\" cannot"
                                        + " impersonate:user-info resource \"groups\"" + IN_AUTH
                                        + "impersonating the system:masters group is not allowed"),
                        new Case(
                                "many groups at once",
                                ANNA,
                                Set.of(ON_USER, BERT, "impersonate:user-info auth/groups *"),
                                "user bert group a group b group c group d",
                                "impersonate:user-info bert [a, b, c, d, system:authenticated]"),
                        new Case(
                                "extra and uid",
                                ANNA,
                                Set.of(
                                        ON_USER,
                                        BERT,
                                        "impersonate:user-info auth/uids 7",
                                        "impersonate:user-info auth/userextras/acme.io/scope read"),
                                "user bert uid 7 extra-acme.io%2fscope read",
                                "impersonate:user-info bert [system:authenticated]"),
                        new Case(
                                "extra without a domain",
                                ANNA,
                                Set.of(ON_USER, BERT),
                                "user bert extra-scope read",
                                "403 userextras.authentication.k8s.io is forbidden: User \"anna\" cannot"
                                        + " impersonate:user-info resource \"userextras\"" + IN_AUTH
                                        + "impersonating an invalid key in extra is not allowed: extra.key: Invalid"
                                        + " value: \"scope\": must be a domain-prefixed path (such as \"acme.io/foo\")"),
                        new Case(
                                "a service account",
                                ANNA,
                                Set.of(
                                        "impersonate-on:serviceaccount:list",
                                        "impersonate:serviceaccount auth/serviceaccounts ns:robot"),
                                "user system:serviceaccount:ns:robot",
                                "impersonate:serviceaccount system:serviceaccount:ns:robot [system:serviceaccounts,"
                                        + " system:serviceaccounts:ns, system:authenticated]"),
                        new Case(
                                "a service account is no user",
                                ANNA,
                                Set.of(ON_USER, "impersonate:user-info auth/users system:serviceaccount:ns:robot"),
                                "user system:serviceaccount:ns:robot",
                                refusedOn("anna", "serviceaccount")),
                        new Case(
                                "any node",
                                ANNA,
                                Set.of(
                                        "impersonate-on:arbitrary-node:list",
                                        "impersonate:arbitrary-node auth/nodes n1"),
                                "user system:node:n1",
                                "impersonate:arbitrary-node system:node:n1 [system:nodes, system:authenticated]"),
                        new Case(
                                "the node of the pod",
                                AGENT,
                                Set.of(
                                        "impersonate-on:associated-node:list",
                                        "impersonate:associated-node auth/nodes *"),
                                "user system:node:n1",
                                "impersonate:associated-node system:node:n1 [system:nodes, system:authenticated]"),
                        new Case(
                                "another node than the pod's",
                                AGENT,
                                Set.of(
                                        "impersonate-on:associated-node:list",
                                        "impersonate:associated-node auth/nodes *"),
                                "user system:node:n2",
                                refusedOn("system:serviceaccount:kube-system:agent", "arbitrary-node")),
                        new Case(
                                "a group without a user",
                                ANNA,
                                Set.of(),
                                "group dev",
                                "400 requested &user.DefaultInfo{Name:\"\", UID:\"\", Groups:[]string{\"dev\"},"
                                        + " Extra:map[string][]string(nil)} without impersonating a user name"))
                .map(test -> DynamicTest.dynamicTest(
                        test.what,
                        () -> assertEquals(
                                test.expected,
                                outcome(new Impersonation(authorizer(test.rights)), test.user, test.headers))));
    }

    /// Who has used one mode is told what he lacks in it.
    @Test
    void theModeThatWorkedIsTriedFirst() {
        Impersonation impersonation = new Impersonation(authorizer(Set.of("impersonate /users bert")));
        assertEquals(refusedOn("anna", "user-info"), outcome(impersonation, ANNA, "user carla"));
        assertEquals("impersonate bert [system:authenticated]", outcome(impersonation, ANNA, "user bert"));
        assertEquals(
                "403 users \"carla\" is forbidden: User \"anna\" cannot impersonate resource \"users\" in API group \"\""
                        + " at the cluster scope",
                outcome(impersonation, ANNA, "user carla"));
    }
}
