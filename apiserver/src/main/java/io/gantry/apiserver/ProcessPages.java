package io.gantry.apiserver;

import io.gantry.api.zpages.Flagz;
import io.gantry.api.zpages.Statusz;
import io.gantry.api.zpages.ZPage;
import io.gantry.apiserver.authn.UserInfo;
import io.gantry.apiserver.http.Answer;
import io.gantry.apiserver.http.Request;
import io.gantry.apiserver.negotiation.Document;
import io.gantry.component.BuildVersion;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// `/statusz` and `/flagz` of the server.
final class ProcessPages implements ApiHandler.Paths {
    static final String STATUSZ = "/statusz";
    static final String FLAGZ = "/flagz";

    private static final String COMPONENT = "apiserver";

    private final InstantSource clock;
    private final Instant started;
    private final List<String> listed;
    private final Flagz flags;
    private final ApiHandler.Paths others;

    /// @param paths that the server has
    /// @param flags with their values
    ProcessPages(InstantSource clock, Collection<String> paths, Map<String, String> flags, ApiHandler.Paths others) {
        this.clock = clock;
        this.started = ProcessHandle.current().info().startInstant().orElseGet(clock::instant);
        this.listed = Statusz.firstParts(paths);
        this.flags = Flagz.of(COMPONENT, flags);
        this.others = others;
    }

    @Override
    public Optional<Answer> answer(Request request, UserInfo user) {
        return switch (request.head().path()) {
            case STATUSZ ->
                page(
                        request,
                        new Statusz(
                                COMPONENT,
                                started,
                                clock.instant(),
                                BuildVersion.GIT.substring(1),
                                BuildVersion.API,
                                listed));
            case FLAGZ -> page(request, flags);
            default -> others.answer(request, user);
        };
    }

    private static Optional<Answer> page(Request request, ZPage page) {
        String accept = request.head().header("accept").orElse("");
        ZPage.Page answer = page.answer(accept, RandomGenerator.getDefault());
        return Optional.of(Answer.now(Documents.document(new Document(200, answer.headers(), answer.body()))));
    }
}
