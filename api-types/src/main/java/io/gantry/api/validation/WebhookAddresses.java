package io.gantry.api.validation;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.Names;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where webhooks are (upstream `k8s.io/apiserver/pkg/util/webhook/validation.go`).
public final class WebhookAddresses {
    private static final String FORM = "; desired format: https://host[/path]";
    /// Scheme, user, host, path, query and fragment, as Go's `url.Parse` splits them.
    private static final Pattern PARTS = Pattern.compile(
            "(?:([a-zA-Z][a-zA-Z0-9+.-]*):)?(?://(?:([^/?#]*)@)?([^/?#]*))?([^?#]*)(?:\\?([^#]*))?(?:#(.*))?",
            Pattern.DOTALL);

    private WebhookAddresses() {}

    /// Faults of a URL.
    public static void url(String url, String path, FieldErrors errors) {
        Matcher parts = PARTS.matcher(url);
        if (url.chars().anyMatch(Character::isISOControl) || !parts.matches()) {
            errors.required(path, "url must be a valid URL: net/url: invalid control character in URL" + FORM);
            return;
        }
        if (!text(parts.group(1)).equalsIgnoreCase("https")) {
            errors.invalid(path, text(parts.group(1)), "'https' is the only allowed URL scheme" + FORM);
        }
        if (text(parts.group(3)).isEmpty()) {
            errors.invalid(path, "", "host must be specified" + FORM);
        }
        if (parts.group(2) != null) {
            errors.invalid(path, parts.group(2), "user information is not permitted in the URL");
        }
        if (!text(parts.group(6)).isEmpty()) {
            errors.invalid(path, parts.group(6), "fragments are not permitted in the URL");
        }
        if (!text(parts.group(5)).isEmpty()) {
            errors.invalid(path, parts.group(5), "query parameters are not permitted in the URL");
        }
    }

    /// Faults of a service. Upstream's callers change name and namespace about: each is missed at the other's path.
    ///
    /// @param at the path of the service
    public static void service(
            @Nullable String name,
            @Nullable String namespace,
            @Nullable String path,
            @Nullable Integer port,
            String at,
            FieldErrors errors) {
        References.required(namespace, at + ".name", errors);
        References.required(name, at + ".namespace", errors);
        if (port != null) {
            TextForms.portNumber(port).forEach(m -> errors.invalid(at + ".port", port, "port is not valid: " + m));
        }
        segments(text(path), at + ".path", errors);
    }

    /// A path of names; the last may be empty.
    private static void segments(String value, String path, FieldErrors errors) {
        if (value.isEmpty() || value.equals("/")) {
            return;
        }
        if (value.equals("//")) {
            errors.invalid(path, value, "segment[0] may not be empty");
            return;
        }
        if (!value.startsWith("/")) {
            errors.invalid(path, value, "must start with a '/'");
        }
        String names =
                value.endsWith("/") && value.length() > 1 ? value.substring(1, value.length() - 1) : value.substring(1);
        List<String> segments = List.of(names.split("/", -1));
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            String where = "segment[" + i + "]";
            if (segment.isEmpty()) {
                errors.invalid(path, value, where + " may not be empty");
            } else {
                Names.subdomain(segment).forEach(m -> errors.invalid(path, value, where + ": " + m));
            }
        }
    }
}
