package io.gantry.kubelet.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AccessTest {
    /// Knows one token, whose owner may get metrics and proxy.
    private static final Access.Reviews REVIEWS = new Access.Reviews() {
        @Override
        public Optional<Client> owner(String token) {
            return Optional.of(client("prometheus")).filter(owner -> token.equals("good"));
        }

        @Override
        public boolean allows(Client client, String verb, String subresource) {
            return client.user().equals("prometheus")
                    && verb.equals("get")
                    && List.of("metrics", "proxy").contains(subresource);
        }
    };

    private static Client client(String user) {
        return new Client(user, "", List.of(), Map.of());
    }

    /// @param certified empty without a certificate
    record Case(String certified, String token, String method, String path, int status) {}

    static List<Case> cases() {
        return List.of(
                new Case("", "", "GET", "/metrics", 401),
                new Case("", "bad", "GET", "/metrics", 401),
                new Case("", "good", "GET", "/metrics/cadvisor", 200),
                new Case("", "good", "GET", "/healthz", 200),
                new Case("", "good", "GET", "/pods", 200),
                new Case("", "good", "GET", "/stats/summary", 403),
                new Case("", "good", "GET", "/logs/a", 403),
                new Case("", "good", "GET", "/statusz", 403),
                new Case("", "good", "GET", "/flagz", 403),
                new Case("", "good", "POST", "/exec/a/b/c", 403),
                new Case("somebody", "good", "GET", "/metrics", 403),
                new Case("kube-apiserver-kubelet-client", "", "POST", "/exec/a/b/c", 200));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theApiServerDecides(Case it) {
        Map<String, List<String>> headers =
                it.token().isEmpty() ? Map.of() : Map.of("authorization", List.of("Bearer " + it.token()));
        HttpRequest request = HttpRequest.of(it.method(), it.path(), headers);
        Optional<Client> certified = it.certified().isEmpty() ? Optional.empty() : Optional.of(client(it.certified()));
        int status = 200;
        try {
            new Access(REVIEWS).check(request, certified);
        } catch (HttpFailure failure) {
            status = failure.status();
        }
        assertEquals(it.status(), status);
    }
}
