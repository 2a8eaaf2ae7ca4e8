package io.gantry.apiserver.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DispatcherErrorTest {
    record Case(String name, Handler handler) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case("at once", request -> {
                    throw new NoClassDefFoundError("gone");
                }),
                new Case(
                        "later",
                        request -> Answer.later(() -> {
                            throw new NoClassDefFoundError("gone");
                        })));
    }

    /// A client that gets no answer waits for ever.
    @ParameterizedTest
    @MethodSource("cases")
    void anErrorIsAnsweredToo(Case given) throws Exception {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (HttpServer server = HttpServer.start(any, Optional.empty(), given.handler());
                HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + server.address().getPort() + "/x");
            HttpRequest request =
                    HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build();
            assertEquals(
                    500,
                    client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode());
        }
    }
}
