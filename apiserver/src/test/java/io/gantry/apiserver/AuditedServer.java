package io.gantry.apiserver;

import io.gantry.apiserver.audit.Audit;
import io.gantry.apiserver.authn.Authenticator;
import io.gantry.apiserver.authn.UserInfo;
import io.gantry.apiserver.authz.Authorizer;
import io.gantry.apiserver.webhook.WebhookClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An API server that audits what `jane` does, who may do everything.
final class AuditedServer {
    private AuditedServer() {}

    /// @param directory gets the policy
    /// @param flags of auditing, but for the policy
    static LocalServer start(Path directory, String policy, String... flags) throws Exception {
        Path file = Files.writeString(directory.resolve("policy.yaml"), policy);
        AuditFlags parsed = ServerFlags.parse(flags).audit();
        WebhookClient client = new WebhookClient((namespace, name, port) -> {
            throw new IllegalStateException("audit webhooks are no Services");
        });
        Audit audit = Audit.open(file, parsed.log(), parsed.webhook(), client, InstantSource.system());
        Authenticator authenticator =
                (head, certificates) -> UserInfo.of("jane", UserInfo.MASTERS_GROUP, UserInfo.AUTHENTICATED_GROUP);
        return new LocalServer(objects -> new Security(
                authenticator,
                Authorizer.allowAll(),
                List.of(),
                Map.of(),
                Map.of(),
                writer -> {},
                writer -> {},
                Optional.empty(),
                Optional.of(audit)));
    }
}
