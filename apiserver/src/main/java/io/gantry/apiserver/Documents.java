package io.gantry.apiserver;

import io.gantry.api.StatusException;
import io.gantry.apiserver.authn.UserInfo;
import io.gantry.apiserver.discovery.Discovery;
import io.gantry.apiserver.http.Answer;
import io.gantry.apiserver.http.Headers;
import io.gantry.apiserver.http.Request;
import io.gantry.apiserver.http.RequestHead;
import io.gantry.apiserver.http.Response;
import io.gantry.apiserver.negotiation.Document;
import io.gantry.apiserver.openapi.OpenApi;
import io.gantry.apiserver.openapi.OpenApiRequest;
import io.gantry.component.HealthCheck;
import io.gantry.component.HealthReport;
import io.gantry.component.Metrics;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Answers paths that are no resources: discovery, OpenAPI, version, health and metrics. What is costly is made at its
/// first use.
final class Documents implements ApiHandler.Paths {
    private static final String TEXT = "text/plain; charset=utf-8";

    /// The sorts of health.
    static final List<String> HEALTH = List.of("healthz", "livez", "readyz");

    private static final Set<String> ONLY_READY = Set.of("shutdown", "informer-sync");

    private final Supplier<Discovery> discovery;
    private final Supplier<OpenApi> openApi;
    private final OpenApi.Elsewhere elsewhere;
    private final List<HealthCheck> checks;
    private final Metrics metrics;
    private final Predicate<String> builtIn;
    private final HealthMetrics health = new HealthMetrics();

    /// @param elsewhere what other servers document
    /// @param checks of readiness; liveness runs none but the first
    /// @param builtIn whether a group is this server's own
    Documents(
            Supplier<Discovery> discovery,
            Supplier<OpenApi> openApi,
            OpenApi.Elsewhere elsewhere,
            List<HealthCheck> checks,
            Metrics metrics,
            Predicate<String> builtIn) {
        this.builtIn = builtIn;
        this.elsewhere = elsewhere;
        this.discovery = discovery;
        this.openApi = openApi;
        this.checks = List.copyOf(checks);
        this.metrics = metrics;
        metrics.lookUp(health::text);
    }

    @Override
    public Optional<Answer> answer(Request request, UserInfo user) {
        RequestHead head = request.head();
        String path = head.path();
        if (!head.method().equals("GET") && !head.method().equals("HEAD")) {
            return Optional.of(Answer.later(() -> changed(head)));
        }
        if (path.equals("/version") || path.equals("/version/")) {
            return Optional.of(Answer.now(Response.json(Version.json())));
        }
        if (path.equals("/metrics") || path.equals("/metrics/slis")) {
            Supplier<String> text = path.equals("/metrics") ? metrics::scrape : health::text;
            return Optional.of(Answer.later(() -> Response.of(
                    200, "text/plain; version=0.0.4; charset=utf-8", text.get().getBytes(StandardCharsets.UTF_8))));
        }
        if (path.startsWith("/openapi")) {
            return Optional.of(Answer.later(() -> openApi.get()
                    .answer(openApiRequest(head), elsewhere)
                    .<Response>map(Documents::document)
                    .orElseGet(Documents::noPage)));
        }
        if (path.startsWith("/api")) {
            return Optional.of(Answer.later(() -> discovered(head)));
        }
        // A check may ask a store in another machine.
        return Optional.of(Answer.later(() -> isHealth(path) ? health(head) : index(path)));
    }

    /// The answer to another method than GET: documents have no other (upstream's routes of go-restful), but those
    /// that its aggregator answers do not look at it.
    private Response changed(RequestHead head) {
        String path = head.path();
        String plain = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        if (plain.equals("/version") || plain.equals("/api")) {
            throw StatusException.methodNotAllowed();
        }
        if (plain.matches("/apis(/[^/]+)?")) {
            return discovered(head);
        }
        if (!isOwn(plain)) {
            return index(path);
        }
        throw discovery.get().has(plain) ? StatusException.methodNotAllowed() : StatusException.noSuchPath();
    }

    /// Whether a path below `/api` and `/apis` is of built-in groups, whatever is there or not.
    private boolean isOwn(String path) {
        String[] parts = path.split("/");
        return parts.length == 3 && parts[1].equals("api")
                || (parts.length == 3 || parts.length == 4) && parts[1].equals("apis") && builtIn.test(parts[2]);
    }

    private Response index(String path) {
        return RootPaths.answer(path, discovery.get().versions(), checks);
    }

    private Response discovered(RequestHead head) {
        return discovery
                .get()
                .answer(
                        head.path(),
                        head.header("accept").orElse(""),
                        head.header("if-none-match").orElse(""))
                .<Response>map(Documents::document)
                .orElseGet(() -> {
                    if (isOwn(head.path())) {
                        throw StatusException.noSuchPath();
                    }
                    return noPage();
                });
    }

    private static OpenApiRequest openApiRequest(RequestHead head) {
        return new OpenApiRequest(
                head.path(),
                head.query().text("hash"),
                head.header("accept").orElse(""),
                head.header("accept-encoding").orElse(""),
                head.header("if-none-match").orElse(""));
    }

    static Response document(Document document) {
        Headers.Builder headers = new Headers.Builder();
        document.headers().forEach(headers::add);
        return new Response.Whole(document.status(), headers.build(), Unpooled.wrappedBuffer(document.body()));
    }

    static Response noPage() {
        return text(404, "404 page not found\n");
    }

    /// The check, which also says in metrics how it came out.
    private HealthCheck counted(String sort, HealthCheck check) {
        return HealthCheck.of(check.name(), () -> {
            Optional<String> failure = check.failure();
            health.note(sort, check.name(), failure.isEmpty());
            return failure;
        });
    }

    private static boolean isHealth(String path) {
        String[] parts = path.split("/");
        return parts.length > 1 && HEALTH.contains(parts[1]);
    }

    /// The checks of a sort of health.
    static List<HealthCheck> chosen(String sort, List<HealthCheck> checks) {
        return checks.stream()
                .filter(check -> sort.equals("readyz") || !ONLY_READY.contains(check.name()))
                .toList();
    }

    private Response health(RequestHead head) {
        String[] parts = head.path().split("/", 3);
        String sort = parts[1];
        boolean all = parts.length < 3;
        String wanted = all ? "" : parts[2];
        List<String> excluded = head.query().all("exclude");
        List<HealthCheck> chosen = chosen(sort, checks).stream()
                .filter(check -> !excluded.contains(check.name()))
                .filter(check -> all || check.name().equals(wanted))
                .toList();
        if (!all && chosen.isEmpty()) {
            return noPage();
        }
        HealthReport report = HealthReport.of(
                sort,
                chosen.stream().map(check -> counted(sort, check)).toList(),
                head.query().get("verbose") != null);
        return text(report.healthy() ? 200 : 500, report.text());
    }

    /// Browsers shall not take it for anything but text.
    private static Response text(int status, String text) {
        return Response.of(status, TEXT, text.getBytes(StandardCharsets.UTF_8))
                .with("x-content-type-options", "nosniff");
    }
}
