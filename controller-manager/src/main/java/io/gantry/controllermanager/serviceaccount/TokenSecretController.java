package io.gantry.controllermanager.serviceaccount;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.StatusException;
import io.gantry.api.authentication.v1.tokenrequest.BoundObjectReference;
import io.gantry.api.authentication.v1.tokenrequest.TokenRequest;
import io.gantry.api.authentication.v1.tokenrequest.TokenRequestBuilder;
import io.gantry.api.authentication.v1.tokenrequest.TokenRequestSpecBuilder;
import io.gantry.api.core.v1.secret.Secret;
import io.gantry.api.core.v1.secret.SecretKind;
import io.gantry.api.core.v1.serviceaccount.ServiceAccount;
import io.gantry.api.core.v1.serviceaccount.ServiceAccountKind;
import io.gantry.client.ApiClient;
import io.gantry.client.Deletion;
import io.gantry.client.ObjectKey;
import io.gantry.client.Patch;
import io.gantry.client.Resource;
import io.gantry.client.informer.Informer;
import io.gantry.client.informer.InformerHandler;
import io.gantry.client.informer.Selection;
import io.gantry.client.work.Reconciler;
import io.gantry.client.work.Result;
import io.gantry.client.work.WorkQueue;
import io.gantry.controllermanager.Controller;
import io.gantry.controllermanager.ControllerContext;
import io.gantry.controllermanager.ControllerOptions;
import io.gantry.controllermanager.QueueController;
import io.gantry.controllermanager.common.Owners;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Fills Secrets of type `kubernetes.io/service-account-token` with a token of the account that their
/// annotation names, and removes those whose account is gone (upstream
/// `pkg/controller/serviceaccount/tokens_controller.go`). The token is bound to the Secret: it ends with
/// it.
public final class TokenSecretController {
    private static final String TYPE = "kubernetes.io/service-account-token";
    private static final String ACCOUNT_NAME = "kubernetes.io/service-account.name";
    private static final String ACCOUNT_UID = "kubernetes.io/service-account.uid";

    /// Legacy tokens do not run out; this is as near as a token request comes.
    private static final long SECONDS = Duration.ofDays(3650).toSeconds();

    private TokenSecretController() {}

    public static Controller create(ControllerContext context) {
        Informer<Secret> secrets = context.informers().informer(SecretKind.KIND, Selection.ofFields("type=" + TYPE));
        WorkQueue<ObjectKey> queue = new WorkQueue<>();
        secrets.addHandler(InformerHandler.onAny(secret -> queue.add(ObjectKey.of(secret))));
        Informer<ServiceAccount> accounts = context.informers().informer(ServiceAccountKind.KIND);
        accounts.addHandler(InformerHandler.onAny(account ->
                secrets.lister().inNamespace(ObjectKey.of(account).namespace()).stream()
                        .filter(secret ->
                                accountName(secret).equals(ObjectKey.of(account).name()))
                        .forEach(secret -> queue.add(ObjectKey.of(secret)))));
        Worker worker = new Worker(secrets, context.client(), context.options());
        return new QueueController<>("serviceaccount-token-controller", queue, 1, worker);
    }

    private static String accountName(Secret secret) {
        return text(secret.metadata().annotations().get(ACCOUNT_NAME));
    }

    private static final class Worker implements Reconciler<ObjectKey> {
        private final Informer<Secret> secrets;
        private final Resource<Secret> resource;
        private final Resource<ServiceAccount> accounts;
        private final ControllerOptions options;

        Worker(Informer<Secret> secrets, ApiClient client, ControllerOptions options) {
            this.secrets = secrets;
            this.resource = client.resource(SecretKind.KIND);
            this.accounts = client.resource(ServiceAccountKind.KIND);
            this.options = options;
        }

        @Override
        public Result reconcile(ObjectKey key) throws IOException {
            Optional<Secret> found = secrets.lister()
                    .get(key.namespace(), key.name())
                    .filter(s -> TYPE.equals(s.type()) && s.metadata().deletionTimestamp() == null);
            if (found.isEmpty() || accountName(found.get()).isEmpty()) {
                return Result.done();
            }
            Secret secret = found.get();
            Optional<ServiceAccount> account = accounts.find(key.namespace(), accountName(secret));
            String uid = text(secret.metadata().annotations().get(ACCOUNT_UID));
            if (account.isEmpty() || !uid.isEmpty() && !uid.equals(Owners.uid(account.get()))) {
                remove(secret);
                return Result.done();
            }
            Map<String, Object> data = missing(secret, account.get());
            if (!data.isEmpty() || uid.isEmpty()) {
                Map<String, Object> metadata = Map.of(
                        "resourceVersion",
                        text(secret.metadata().resourceVersion()),
                        "annotations",
                        Map.of(ACCOUNT_UID, Owners.uid(account.get())));
                resource.patch(key.namespace(), key.name(), Patch.merge(Map.of("metadata", metadata, "data", data)));
            }
            return Result.done();
        }

        private Map<String, Object> missing(Secret secret, ServiceAccount account) throws IOException {
            Map<String, Object> data = new LinkedHashMap<>();
            if (!secret.data().containsKey("token")) {
                data.put("token", base64(token(secret, account).getBytes(StandardCharsets.UTF_8)));
            }
            if (!secret.data().containsKey("namespace")) {
                data.put("namespace", base64(ObjectKey.of(secret).namespace().getBytes(StandardCharsets.UTF_8)));
            }
            if (!secret.data().containsKey("ca.crt") && options.rootCa().isPresent()) {
                data.put("ca.crt", base64(Files.readAllBytes(options.rootCa().get())));
            }
            return data;
        }

        private String token(Secret secret, ServiceAccount account) {
            ObjectKey key = ObjectKey.of(account);
            TokenRequest request = TokenRequestBuilder.builder()
                    .apiVersion("authentication.k8s.io/v1")
                    .kind("TokenRequest")
                    .spec(TokenRequestSpecBuilder.builder()
                            .expirationSeconds(SECONDS)
                            .boundObjectRef(new BoundObjectReference(
                                    "v1", "Secret", ObjectKey.of(secret).name(), Owners.uid(secret)))
                            .build())
                    .build();
            TokenRequest answer = accounts.post(key.namespace(), key.name(), "token", request, TokenRequest.class);
            return text(answer.status().token());
        }

        private static String base64(byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }

        private void remove(Secret secret) {
            ObjectKey key = ObjectKey.of(secret);
            try {
                resource.delete(key.namespace(), key.name(), Deletion.defaults().withUid(Owners.uid(secret)));
            } catch (StatusException e) {
                if (!e.isNotFound() && !e.isConflict()) {
                    throw e;
                }
            }
        }
    }
}
