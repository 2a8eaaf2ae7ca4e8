package io.gantry.apiserver;

import io.gantry.apiserver.admission.AdmissionPlugin;
import io.gantry.apiserver.authn.Authenticator;
import io.gantry.apiserver.authn.UserInfo;
import io.gantry.apiserver.authz.Authorizer;
import io.gantry.apiserver.endpoint.Verbs;
import java.util.List;
import java.util.Map;

/// Who may do what, and what is admitted.
///
/// @param subresources answers of subresources and of resources that are only posted (`serviceaccounts/token`,
///     `tokenreviews.authentication.k8s.io`)
public record Security(
        Authenticator authenticator,
        Authorizer authorizer,
        List<AdmissionPlugin> admission,
        Map<String, Verbs.Subresource> subresources) {
    public Security {
        admission = List.copyOf(admission);
        subresources = Map.copyOf(subresources);
    }

    /// Everybody is an administrator: for tests in one process.
    public static Security none() {
        return new Security(
                (head, certificates) -> UserInfo.of("admin", UserInfo.MASTERS_GROUP, UserInfo.AUTHENTICATED_GROUP),
                Authorizer.allowAll(),
                List.of(),
                Map.of());
    }

    /// Makes the security of a server from what it serves.
    public interface Factory {
        Security create(ServerObjects objects);
    }
}
