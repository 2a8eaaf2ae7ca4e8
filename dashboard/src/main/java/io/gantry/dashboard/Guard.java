package io.gantry.dashboard;

import io.gantry.api.StatusException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/// Who may use this server: a browser that came with the printed token, from the server's own page, under a name of
/// loopback.
///
/// The token is exchanged for a cookie, so that it is in no address that a page or a log could keep. A request under
/// another name than loopback's is of a site whose name was made to point here (DNS rebinding); one with another Origin
/// was made by a page of somebody else.
final class Guard {
    private static final int SECRET_BYTES = 32;
    private static final Pattern LOOPBACK = Pattern.compile("(127\\.0\\.0\\.1|localhost|\\[::1\\])(:\\d{1,5})?");

    private final String token = secret();
    private final String session = secret();
    private final String cookie;

    /// @param port of this server: browsers keep cookies by host alone, and several dashboards may run
    Guard(int port) {
        this.cookie = "gantry-dashboard-" + port;
    }

    private static String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// What the printed address carries.
    String token() {
        return token;
    }

    /// The value of `Set-Cookie` for one who came with the token.
    String setCookie() {
        return cookie + "=" + session + "; Path=/; HttpOnly; SameSite=Strict";
    }

    /// Whether the request carries the printed token.
    boolean hasToken(Request request) {
        return request.query().startsWith("token=") && same(request.query().substring("token=".length()), token);
    }

    /// Refuses requests under another name than loopback's, and those that pages of others make.
    ///
    /// @throws StatusException 403
    void checkOrigin(Request request) {
        String host = request.header("host");
        if (!LOOPBACK.matcher(host).matches()) {
            throw refused("this server is reached as 127.0.0.1 or localhost only");
        }
        boolean mayLack = request.isRead() && !request.isWebSocket();
        String origin = request.header("origin");
        if (!origin.equals("http://" + host) && !(mayLack && origin.isEmpty())) {
            throw refused("the request comes from another page");
        }
    }

    /// Refuses those who did not come with the token.
    ///
    /// @throws StatusException 401
    void checkSession(Request request) {
        for (String pair : request.header("cookie").split(";")) {
            String trimmed = pair.strip();
            if (trimmed.startsWith(cookie + "=") && same(trimmed.substring(cookie.length() + 1), session)) {
                return;
            }
        }
        throw StatusException.of(
                401,
                "Unauthorized",
                "Open the address that `gantry dashboard` printed: it carries the token that lets you in.",
                null);
    }

    private static StatusException refused(String why) {
        return StatusException.of(403, "Forbidden", why, null);
    }

    private static boolean same(String given, String expected) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }
}
