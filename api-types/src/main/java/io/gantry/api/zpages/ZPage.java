package io.gantry.api.zpages;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.negotiation.MediaType;
import io.gantry.api.negotiation.YamlWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/// A page in the forms that it has: text, or `application/json;as=Statusz;g=config.k8s.io;v=v1beta1`.
public sealed interface ZPage permits Statusz, Flagz {
    String GROUP = "config.k8s.io";
    String JSON = "application/json";
    String YAML = "application/yaml";
    String TEXT = "text/plain";

    /// In the order in which a wildcard is taken for them.
    List<String> TYPES = List.of(JSON, YAML, TEXT);

    Set<String> VERSIONS = Set.of("v1beta1", "v1alpha1");
    String OLD_VERSION = "v1alpha1";

    /// They change from answer to answer, so that nobody parses the text.
    List<String> SEPARATORS = List.of(":", ": ", "=", " ");

    /// A page as it is sent.
    ///
    /// @param headers by lower-case name, `content-type` among them
    /// @param body shared: not to be changed
    record Page(Map<String, String> headers, byte[] body) {
        public Page {
            headers = Map.copyOf(headers);
        }

        private static Page of(String type, byte[] body) {
            return new Page(Map.of("content-type", type), body);
        }

        private Page with(String name, String value) {
            Map<String, String> more = new HashMap<>(headers);
            more.put(name, value);
            return new Page(more, body);
        }
    }

    /// `Statusz` or `Flagz`.
    String kind();

    /// What it is about.
    String component();

    /// The fields of the object beside its metadata.
    ObjectNode fields();

    /// The lines below the heading.
    String lines(String separator);

    /// The answer to a request.
    ///
    /// @param accept the header, empty where there is none
    /// @throws StatusException 406 when nothing fits
    default Page answer(String accept, RandomGenerator random) {
        if (accept.isBlank()) {
            return text(random);
        }
        for (MediaType clause : MediaType.clauses(accept)) {
            Optional<String> type = TYPES.stream()
                    .filter(each -> clause.allows(each) && takes(each, clause))
                    .findFirst();
            if (type.isPresent()) {
                return type.get().equals(TEXT) ? text(random) : object(type.get(), clause.parameter("v"));
            }
        }
        throw StatusException.notAcceptable(TYPES);
    }

    /// Text is asked for as such, an object by its kind, group and version.
    private boolean takes(String type, MediaType clause) {
        if (!clause.parameter("stream").isEmpty() || !clause.parameter("sv").isEmpty()) {
            return false;
        }
        Set<String> names = clause.parameters().keySet();
        if (type.equals(TEXT)) {
            return !names.contains("as") && !names.contains("g") && !names.contains("v");
        }
        return clause.parameter("as").equals(kind())
                && clause.parameter("g").equals(GROUP)
                && VERSIONS.contains(clause.parameter("v"));
    }

    private Page text(RandomGenerator random) {
        String heading = "\n" + component() + " " + name()
                + "\nWarning: This endpoint is not meant to be machine parseable, has no formatting compatibility"
                + " guarantees and is for debugging purposes only.\n";
        String body = heading + lines(SEPARATORS.get(random.nextInt(SEPARATORS.size())));
        return Page.of("text/plain; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
    }

    private Page object(String type, String version) {
        ObjectNode object = Json.MAPPER.createObjectNode();
        object.put("kind", kind()).put("apiVersion", GROUP + "/" + version);
        object.putObject("metadata").put("name", component());
        object.setAll(fields());
        byte[] body = type.equals(YAML) ? YamlWriter.write(object) : (object + "\n").getBytes(StandardCharsets.UTF_8);
        Page page = Page.of(type, body);
        return version.equals(OLD_VERSION)
                ? page.with(
                        "warning",
                        "299 - \"This version of the " + name()
                                + " endpoint is deprecated. Please use a newer version.\"")
                : page;
    }

    private String name() {
        return kind().toLowerCase(Locale.ROOT);
    }
}
