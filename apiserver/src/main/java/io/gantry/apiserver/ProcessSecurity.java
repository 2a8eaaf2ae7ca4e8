package io.gantry.apiserver;

import io.gantry.api.Json;
import io.gantry.api.KubernetesObject;
import io.gantry.api.authentication.v1.selfsubjectreview.SelfSubjectReviewKind;
import io.gantry.api.authentication.v1.tokenrequest.TokenRequest;
import io.gantry.api.authentication.v1.tokenrequest.TokenRequestKind;
import io.gantry.api.authentication.v1.tokenreview.TokenReviewKind;
import io.gantry.api.authorization.v1.localsubjectaccessreview.LocalSubjectAccessReviewKind;
import io.gantry.api.authorization.v1.selfsubjectaccessreview.SelfSubjectAccessReviewKind;
import io.gantry.api.authorization.v1.selfsubjectrulesreview.SelfSubjectRulesReviewKind;
import io.gantry.api.authorization.v1.subjectaccessreview.SubjectAccessReviewKind;
import io.gantry.api.kind.Kind;
import io.gantry.api.schema.Schemas;
import io.gantry.apiserver.audit.Audit;
import io.gantry.apiserver.authn.Authenticator;
import io.gantry.apiserver.authn.BearerTokens;
import io.gantry.apiserver.authn.BootstrapTokens;
import io.gantry.apiserver.authn.Impersonation;
import io.gantry.apiserver.authn.RequestAuthenticator;
import io.gantry.apiserver.authn.StaticTokens;
import io.gantry.apiserver.authn.TokenAuthenticator;
import io.gantry.apiserver.authz.Authorizer;
import io.gantry.apiserver.authz.Decision;
import io.gantry.apiserver.authz.node.NodeAuthorizer;
import io.gantry.apiserver.authz.node.NodeGraph;
import io.gantry.apiserver.authz.rbac.FixedRules;
import io.gantry.apiserver.authz.rbac.RbacAuthorizer;
import io.gantry.apiserver.authz.rbac.RbacPolicy;
import io.gantry.apiserver.authz.rbac.RuleListing;
import io.gantry.apiserver.authz.webhook.AuthorizerChain;
import io.gantry.apiserver.authz.webhook.AuthorizerEntry;
import io.gantry.apiserver.bootstrap.BootstrapObjects;
import io.gantry.apiserver.endpoint.Posts;
import io.gantry.apiserver.http.Response;
import io.gantry.apiserver.objects.CacheReader;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.review.AccessReviews;
import io.gantry.apiserver.review.Reviews;
import io.gantry.apiserver.review.RulesReviews;
import io.gantry.apiserver.review.TokenReviews;
import io.gantry.apiserver.token.IssuerDocuments;
import io.gantry.apiserver.token.LegacyTokens;
import io.gantry.apiserver.token.ServiceAccountTokens;
import io.gantry.apiserver.token.TokenCodec;
import io.gantry.apiserver.token.TokenIssuer;
import io.gantry.apiserver.webhook.WebhookClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The security of the server's process: certificates, tokens, RBAC, the node authorizer, admission.
final class ProcessSecurity {
    private static final List<Kind<? extends KubernetesObject>> REVIEWS = List.of(
            TokenReviewKind.KIND,
            SelfSubjectReviewKind.KIND,
            SubjectAccessReviewKind.KIND,
            SelfSubjectAccessReviewKind.KIND,
            LocalSubjectAccessReviewKind.KIND,
            SelfSubjectRulesReviewKind.KIND);

    private ProcessSecurity() {}

    /// Everything is allowed when nothing says who may come.
    ///
    /// @throws IllegalArgumentException when something says so without the authority of clients
    static Security create(ServerFlags flags, ServerObjects objects) {
        AuthenticationFlags authentication = flags.authentication();
        if (authentication.clientCa().isEmpty()) {
            if (authentication.tokens().isPresent() || flags.authorization().restricts()) {
                // Left out, it would switch off what the other flags ask for.
                throw new IllegalArgumentException("--token-auth-file and --authorization-mode need --client-ca-file");
            }
            return Security.none();
        }
        ObjectReader reader = new CacheReader(objects.resources());
        InstantSource clock = objects.clock();
        ServiceAccountFlags accounts = authentication.serviceAccounts();
        List<String> audiences = accounts.audiences();
        Optional<TokenCodec> codec = accounts.codec();
        TokenAuthenticator tokens = tokens(authentication, codec, reader, clock);
        RbacPolicy policy = RbacPolicy.follow(reader);
        WebhookClient webhooks = new WebhookClient(new CachedObjects(objects.resources()));
        Authorizer authorizer = flags.authorization()
                .authorizer(new AuthorizerChain(mode -> authorizer(mode, reader, policy), webhooks, clock));
        TrustFiles trust = new TrustFiles(authentication.clientCa().get(), authentication.frontProxy(), clock);
        Authenticator authenticator = new ImpersonatingAuthenticator(
                new RequestAuthenticator(
                        tokens, audiences, authentication.oidc().anonymousPaths(), trust.proxies()),
                new Impersonation(authorizer));
        Reviews reviews = new Reviews(
                new TokenReviews(tokens, audiences),
                new AccessReviews(authorizer),
                new RulesReviews(new RuleListing(policy)));
        return new Security(
                authenticator,
                authorizer,
                AdmissionPlugins.all(
                        reader, policy, authorizer, flags.admission().configs()),
                posts(reviews, codec.map(c -> new TokenIssuer(c, reader, accounts.limits(), clock))),
                documents(flags.serving(), accounts, codec),
                writer -> {
                    new BootstrapObjects(reader, writer).reconcile();
                    trust.publish(reader, writer);
                },
                writer -> trust.refresh(reader, writer),
                flags.inflight(),
                audit(flags.audit(), webhooks, clock));
    }

    private static TokenAuthenticator tokens(
            AuthenticationFlags flags, Optional<TokenCodec> codec, ObjectReader reader, InstantSource clock) {
        List<TokenAuthenticator> sorts = new ArrayList<>();
        codec.ifPresent(c -> sorts.add(new ServiceAccountTokens(c, reader, clock)));
        codec.ifPresent(c -> sorts.add(new LegacyTokens(c, reader)));
        sorts.add(new BootstrapTokens(reader, clock));
        flags.tokens().map(ProcessSecurity::staticTokens).ifPresent(sorts::add);
        flags.oidc().tokens(clock).ifPresent(sorts::add);
        return new BearerTokens(sorts, clock);
    }

    private static Authorizer authorizer(AuthorizerEntry.Mode mode, ObjectReader reader, RbacPolicy policy) {
        return switch (mode) {
            case Node -> new NodeAuthorizer(NodeGraph.followSoon(reader), new FixedRules(BootstrapObjects.nodeRules()));
            case RBAC -> new RbacAuthorizer(policy);
            case AlwaysAllow -> Authorizer.allowAll();
            case AlwaysDeny -> attributes -> Decision.noOpinion("Everything is forbidden.");
            case Webhook -> throw new IllegalArgumentException("a webhook is not built in");
        };
    }

    private static TokenAuthenticator staticTokens(Path file) {
        try {
            return StaticTokens.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException("--token-auth-file: cannot read " + file, e);
        }
    }

    private static Optional<Audit> audit(AuditFlags flags, WebhookClient webhooks, InstantSource clock) {
        if (flags.policy().isEmpty() || flags.log().isEmpty() && flags.webhook().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Audit.open(flags.policy().get(), flags.log(), flags.webhook(), webhooks, clock));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open the audit log: " + e.getMessage(), e);
        }
    }

    private static Map<String, Posts.Post> posts(Reviews reviews, Optional<TokenIssuer> issuer) {
        Map<String, Posts.Post> posts = new HashMap<>();
        REVIEWS.forEach(kind -> posts.put(
                kind.groupResource(),
                new Posts.Post(
                        Schemas.of(kind),
                        (user, namespace, name, body, warnings) ->
                                reviews.answer(kind.name(), namespace, user, body))));
        issuer.ifPresent(tokens -> posts.put(
                "serviceaccounts/token",
                new Posts.Post(
                        Schemas.of(TokenRequestKind.KIND),
                        (user, namespace, name, body, warnings) -> Json.MAPPER.valueToTree(tokens.issue(
                                namespace, name, Json.MAPPER.treeToValue(body, TokenRequest.class), warnings)))));
        return posts;
    }

    private static Map<String, Supplier<Response>> documents(
            ServingFlags serving, ServiceAccountFlags accounts, Optional<TokenCodec> codec) {
        if (codec.isEmpty()) {
            return Map.of();
        }
        String own = "https://" + serving.advertiseAddress() + ":" + serving.securePort() + IssuerDocuments.KEYS_PATH;
        IssuerDocuments documents =
                new IssuerDocuments(codec.get(), accounts.keysUri().orElse(own));
        return Map.of(
                IssuerDocuments.CONFIGURATION_PATH,
                () -> Response.json(documents.configuration()).with("cache-control", IssuerDocuments.CACHED),
                IssuerDocuments.KEYS_PATH,
                () -> Response.of(200, IssuerDocuments.KEYS_CONTENT_TYPE, documents.keys())
                        .with("cache-control", IssuerDocuments.CACHED));
    }
}
