package io.gantry.kubelet.server;

import io.gantry.api.authentication.v1.tokenreview.TokenReview;
import io.gantry.api.authentication.v1.tokenreview.TokenReviewBuilder;
import io.gantry.api.authentication.v1.tokenreview.TokenReviewKind;
import io.gantry.api.authentication.v1.tokenreview.TokenReviewSpec;
import io.gantry.api.authentication.v1.tokenreview.UserInfo;
import io.gantry.api.authorization.v1.subjectaccessreview.ResourceAttributesBuilder;
import io.gantry.api.authorization.v1.subjectaccessreview.SubjectAccessReview;
import io.gantry.api.authorization.v1.subjectaccessreview.SubjectAccessReviewBuilder;
import io.gantry.api.authorization.v1.subjectaccessreview.SubjectAccessReviewKind;
import io.gantry.api.authorization.v1.subjectaccessreview.SubjectAccessReviewSpecBuilder;
import io.gantry.client.ApiClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Asks the API server, and remembers its answers as long as upstream's kubelet does. Thread-safe.
public final class ApiReviews implements Access.Reviews {
    private static final Duration OWNER = Duration.ofMinutes(2);
    private static final Duration ALLOWED = Duration.ofMinutes(5);
    private static final Duration DENIED = Duration.ofSeconds(30);
    private static final int MAX_REMEMBERED = 1000;

    private record Question(Client client, String verb, String subresource) {}

    private record Remembered<T>(T answer, Instant until) {}

    private final ApiClient client;
    private final String node;
    private final InstantSource clock;
    private final Map<String, Remembered<Client>> owners = new ConcurrentHashMap<>();
    private final Map<Question, Remembered<Boolean>> answers = new ConcurrentHashMap<>();

    public ApiReviews(ApiClient client, String node, InstantSource clock) {
        this.client = client;
        this.node = node;
        this.clock = clock;
    }

    @Override
    public Optional<Client> owner(String token) {
        Remembered<Client> known = owners.get(token);
        if (known != null && clock.instant().isBefore(known.until())) {
            return Optional.of(known.answer());
        }
        TokenReview review = client.resource(TokenReviewKind.KIND)
                .create(TokenReviewBuilder.builder()
                        .apiVersion("authentication.k8s.io/v1")
                        .kind("TokenReview")
                        .spec(new TokenReviewSpec(token, List.of()))
                        .build());
        UserInfo user = review.status().user();
        if (!Boolean.TRUE.equals(review.status().authenticated()) || user == null) {
            return Optional.empty();
        }
        Client owner = new Client(
                Objects.requireNonNullElse(user.username(), ""),
                Objects.requireNonNullElse(user.uid(), ""),
                user.groups(),
                user.extra());
        remember(owners, token, owner, OWNER);
        return Optional.of(owner);
    }

    @Override
    public boolean allows(Client asking, String verb, String subresource) {
        Question question = new Question(asking, verb, subresource);
        Remembered<Boolean> known = answers.get(question);
        if (known != null && clock.instant().isBefore(known.until())) {
            return known.answer();
        }
        SubjectAccessReview review = client.resource(SubjectAccessReviewKind.KIND)
                .create(SubjectAccessReviewBuilder.builder()
                        .apiVersion("authorization.k8s.io/v1")
                        .kind("SubjectAccessReview")
                        .spec(SubjectAccessReviewSpecBuilder.builder()
                                .user(asking.user())
                                .uid(asking.uid())
                                .groups(asking.groups())
                                .extra(asking.extra())
                                .resourceAttributes(ResourceAttributesBuilder.builder()
                                        .verb(verb)
                                        .version("v1")
                                        .resource("nodes")
                                        .subresource(subresource)
                                        .name(node)
                                        .build())
                                .build())
                        .build());
        boolean allowed = Boolean.TRUE.equals(review.status().allowed());
        remember(answers, question, allowed, allowed ? ALLOWED : DENIED);
        return allowed;
    }

    private <K, V> void remember(Map<K, Remembered<V>> answered, K key, V answer, Duration time) {
        if (answered.size() >= MAX_REMEMBERED) {
            answered.clear();
        }
        answered.put(key, new Remembered<>(answer, clock.instant().plus(time)));
    }
}
