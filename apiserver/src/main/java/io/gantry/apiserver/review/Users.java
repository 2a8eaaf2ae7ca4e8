package io.gantry.apiserver.review;

import io.gantry.apiserver.authn.UserInfo;
import org.jspecify.annotations.Nullable;

/// Users as the API shows them.
public final class Users {
    private Users() {}

    public static io.gantry.api.authentication.v1.tokenreview.UserInfo toApi(UserInfo user) {
        return new io.gantry.api.authentication.v1.tokenreview.UserInfo(
                user.name(), emptyToNull(user.uid()), user.groups(), user.extra());
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
