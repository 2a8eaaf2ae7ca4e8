package io.gantry.apiserver;

import io.gantry.apiserver.authn.UserInfo;
import io.gantry.apiserver.http.Answer;
import io.gantry.apiserver.http.Request;
import io.gantry.apiserver.http.Response;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Paths that security answers, before all others.
final class SecurityDocuments implements ApiHandler.Paths {
    private final Map<String, Supplier<Response>> documents;
    private final ApiHandler.Paths others;

    SecurityDocuments(Map<String, Supplier<Response>> documents, ApiHandler.Paths others) {
        this.documents = documents;
        this.others = others;
    }

    @Override
    public Optional<Answer> answer(Request request, UserInfo user) {
        Supplier<Response> document = documents.get(request.head().path());
        return document != null && request.head().method().equals("GET")
                ? Optional.of(Answer.now(document.get()))
                : others.answer(request, user);
    }
}
