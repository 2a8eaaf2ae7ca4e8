package io.gantry.controllermanager.bootstrap;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.secret.Secret;
import io.gantry.api.core.v1.secret.SecretKind;
import io.gantry.client.Deletion;
import io.gantry.client.ObjectKey;
import io.gantry.client.Resource;
import io.gantry.client.informer.Informer;
import io.gantry.client.informer.InformerHandler;
import io.gantry.client.informer.Selection;
import io.gantry.client.work.Result;
import io.gantry.client.work.WorkQueue;
import io.gantry.controllermanager.Controller;
import io.gantry.controllermanager.ControllerContext;
import io.gantry.controllermanager.QueueController;
import io.gantry.controllermanager.common.Owners;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Deletes bootstrap tokens when they expire.
public final class TokenCleanerController {
    private TokenCleanerController() {}

    public static Controller create(ControllerContext context) {
        Informer<Secret> secrets = context.informers()
                .informer(SecretKind.KIND, new Selection(BootstrapToken.NAMESPACE, "", "type=" + BootstrapToken.TYPE));
        Resource<Secret> resource = context.client().resource(SecretKind.KIND);
        WorkQueue<ObjectKey> queue = new WorkQueue<>();
        secrets.addHandler(InformerHandler.onAny(secret -> queue.add(ObjectKey.of(secret))));
        Clock clock = context.clock();
        return new QueueController<>("token-cleaner", queue, 1, key -> {
            Optional<Secret> secret = secrets.lister().get(key.namespace(), key.name());
            Optional<Instant> expiration = secret.flatMap(BootstrapToken::of).flatMap(BootstrapToken::expiration);
            if (secret.isEmpty() || expiration.isEmpty()) {
                return Result.done();
            }
            Duration left = Duration.between(clock.instant(), expiration.get());
            if (left.isPositive()) {
                return Result.requeueAfter(left);
            }
            delete(resource, key, secret.get());
            return Result.done();
        });
    }

    private static void delete(Resource<Secret> resource, ObjectKey key, Secret secret) {
        try {
            resource.delete(key.namespace(), key.name(), Deletion.defaults().withUid(Owners.uid(secret)));
        } catch (StatusException e) {
            if (!e.isNotFound() && !e.isConflict()) {
                throw e;
            }
        }
    }
}
