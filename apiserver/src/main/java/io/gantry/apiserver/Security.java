package io.gantry.apiserver;

import io.gantry.apiserver.admission.AdmissionPlugin;
import io.gantry.apiserver.audit.Audit;
import io.gantry.apiserver.authn.Authenticator;
import io.gantry.apiserver.authn.UserInfo;
import io.gantry.apiserver.authz.Authorizer;
import io.gantry.apiserver.endpoint.Posts;
import io.gantry.apiserver.http.Response;
import io.gantry.apiserver.objects.ObjectWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Who may do what, and what is admitted.
///
/// @param posts answers of what is only posted (`serviceaccounts/token`, `tokenreviews.authentication.k8s.io`)
/// @param documents answers of paths that are no resources, by path
/// @param bootstrap makes the objects that security needs, with the server running
/// @param refresh looks every few seconds whether the files that it is made of changed; does not block for long
/// @param audit logs requests; closed with the server
/// @param inflight how many requests are worked on at a time, for priority and fairness; empty without limit
public record Security(
        Authenticator authenticator,
        Authorizer authorizer,
        List<AdmissionPlugin> admission,
        Map<String, Posts.Post> posts,
        Map<String, Supplier<Response>> documents,
        Consumer<ObjectWriter> bootstrap,
        Consumer<ObjectWriter> refresh,
        Optional<Integer> inflight,
        Optional<Audit> audit) {
    public Security {
        admission = List.copyOf(admission);
        posts = Map.copyOf(posts);
        documents = Map.copyOf(documents);
    }

    /// Everybody is an administrator: for tests in one process.
    public static Security none() {
        return new Security(
                (head, certificates) -> UserInfo.of("admin", UserInfo.MASTERS_GROUP, UserInfo.AUTHENTICATED_GROUP),
                Authorizer.allowAll(),
                List.of(),
                Map.of(),
                Map.of(),
                writer -> {},
                writer -> {},
                Optional.empty(),
                Optional.empty());
    }

    /// Makes the security of a server from what it serves.
    public interface Factory {
        Security create(ServerObjects objects);
    }
}
