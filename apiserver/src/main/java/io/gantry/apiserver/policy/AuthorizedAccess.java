package io.gantry.apiserver.policy;

import io.gantry.apiserver.authn.UserInfo;
import io.gantry.apiserver.authz.Attributes;
import io.gantry.apiserver.authz.Authorizer;
import io.gantry.apiserver.authz.Decision;
import io.gantry.cel.library.Access;
import io.gantry.cel.library.AuthorizerValues.ResourceCheck;

/// What the authorizer lets a user do, for expressions.
record AuthorizedAccess(UserInfo user, Authorizer authorizer) implements Access {
    @Override
    public Answer decide(ResourceCheck check, String verb) {
        return answer(new Attributes(
                user,
                verb,
                check.namespace(),
                check.group(),
                "*",
                check.resource(),
                check.subresource(),
                check.name(),
                true,
                "",
                check.fieldSelector(),
                check.labelSelector()));
    }

    @Override
    public Answer decide(String path, String verb) {
        return answer(Attributes.nonResource(user, verb, path));
    }

    @Override
    public Access ofServiceAccount(String namespace, String name) {
        UserInfo account = UserInfo.of(
                "system:serviceaccount:" + namespace + ":" + name,
                "system:serviceaccounts",
                "system:serviceaccounts:" + namespace,
                UserInfo.AUTHENTICATED_GROUP);
        return new AuthorizedAccess(account, authorizer);
    }

    private Answer answer(Attributes attributes) {
        Decision decision = authorizer.decide(attributes);
        return new Answer(decision.allowed(), decision.reason());
    }
}
