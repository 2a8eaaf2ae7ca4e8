package io.gantry.apiserver.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.apiserver.authn.UserInfo;
import io.gantry.apiserver.authz.Attributes;
import io.gantry.apiserver.authz.Decision;
import io.gantry.cel.library.AuthorizerValues;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// What an authorizer is asked when an expression asks.
class AuthorizedAccessTest {
    @Test
    void selectorsAreAskedAbout() {
        UserInfo jane = UserInfo.of("jane", "devs");
        AtomicReference<Attributes> asked = new AtomicReference<>();
        AuthorizedAccess access = new AuthorizedAccess(jane, attributes -> {
            asked.set(attributes);
            return Decision.allow("");
        });
        access.decide(
                new AuthorizerValues.ResourceCheck(
                        new AuthorizerValues.Asking(access), "apps", "deployments", "scale", "ns", "d", "f=1", "l=1"),
                "list");
        assertEquals(
                new Attributes(jane, "list", "ns", "apps", "*", "deployments", "scale", "d", true, "", "f=1", "l=1"),
                asked.get());
    }
}
